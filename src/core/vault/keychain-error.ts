/** Why a keychain cannot be used: there is none, or somebody has to unlock it. */
export type KeychainTrouble = 'absent' | 'locked'

/** The keychain refused. The message is for a person and holds no value. */
export class KeychainError extends Error {
  readonly trouble: KeychainTrouble

  constructor(trouble: KeychainTrouble, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'KeychainError'
    this.trouble = trouble
  }
}
