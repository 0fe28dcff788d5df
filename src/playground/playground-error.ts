/** Why a playground did not start or ended by itself. */
export type PlaygroundErrorCode =
  | 'port-taken'
  | 'port-refused'
  | 'bad-option'
  | 'state-file-damaged'
  | 'state-file-newer'
  | 'state-file-unusable'
  | 'worker-ended'

/** An error of the playground; its message names the port or the file in question. */
export class PlaygroundError extends Error {
  readonly code: PlaygroundErrorCode

  constructor(code: PlaygroundErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PlaygroundError'
    this.code = code
  }
}
