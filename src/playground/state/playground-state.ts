import type { JWK } from 'jose'

/** What survives a restart of the playground. Times and counts: none. */
export interface PlaygroundState {
  /** Version of the file's layout. */
  version: 1
  /** Private signing keys, one RS256 and one ES256, each with kid, use and alg (RFC 7517). */
  signingKeys: JWK[]
  /** Keys that sign the server's cookies, newest first. */
  cookieKeys: string[]
  /** Client secrets by client_id. */
  clientSecrets: Record<string, string>
}

/** The state without its signing keys: all that is needed to use a playground, and to know one that runs. */
export type PlaygroundSecrets = Omit<PlaygroundState, 'signingKeys'>

/** The name of the state's file in the data folder. */
export const stateFileName = 'playground.json'

/** The layout that this version writes. */
export const stateVersion = 1

/** The clients that have a secret. */
export const clientsWithSecret = ['confidential', 'confidential-post'] as const
