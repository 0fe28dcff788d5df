import type { TokenKind } from './token-kind.ts'

/** Where secrets and tokens are kept: sealed under a key in the keychain, under a passphrase, or in memory only. */
export type VaultStore = 'keychain' | 'passphrase' | 'memory'

/**
 * How the vault stands. `ready`: values can be read and written and last; `locked`: there is a vault, and its key cannot
 * be had until somebody unlocks it; `absent`: there is no keychain here, values last as long as this process.
 */
export interface VaultFacts {
  state: 'ready' | 'locked' | 'absent'
  store: VaultStore
  /** one sentence for a person: where values are, or why they are not kept */
  detail: string
  /** what a person can do about it, most likely first */
  whatToDo: string[]
}

/** A secret without its value. */
export interface SecretSummary {
  name: string
  /** `vault`, `environment variable X`, `environment file`; `memory` while there is no keychain */
  from: string
  /** profiles that refer to it */
  usedBy: string[]
  /** origins the value may be sent to; empty while it was not yet used with a profile, and for values of the environment */
  origins: string[]
  /** ISO time; absent for values of the environment */
  savedAt?: string
}

/** A kept token without its value. */
export interface KeptTokenSummary {
  kind: TokenKind
  fingerprint: string
  /** the grant it belongs to; all generations of a refresh share it */
  family: string
  /** 1 for the first answer, one more for each refresh */
  generation: number
  profile: string | null
  issuer: string
  client_id: string
  scope: string
  /** the test user or subject; empty for the client itself or whoever signed in */
  user: string
  /** resource indicators and audience it was asked for */
  resource: string[]
  receivedAt: string
  expiresAt?: string
  /** the server refused the family's refresh token as invalid_grant: only a new sign-in helps */
  dead?: boolean
}

/** A valid token with its value, for the person who asked for it by name. */
export interface TokenValue {
  kind: TokenKind
  value: string
  profile: string
  user: string
  scope: string
  expiresAt?: string
  /** the run that got or refreshed it now; absent when the kept one was still good */
  runId?: string
}
