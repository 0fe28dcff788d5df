import type { TelnyxSwitches } from './telnyx/switches.ts'

/** How a playground is started. Times are in seconds. */
export interface PlaygroundOptions {
  /** Folder for `playground.json`; made when missing. */
  dataFolder: string
  /** Port on 127.0.0.1. Left out: 7420 or, when that is taken, a free one. Given and taken: an error. 0: any free port. */
  port?: number
  /** Life of an access token, 600 when left out. */
  accessTokenSeconds?: number
  /** Life of an authorization code, 60 when left out. */
  codeSeconds?: number
  /** What a client has to bring to register itself; left out: registration is open. A secret. @see RFC 7591 §3 */
  initialAccessToken?: string
  /** Life of the secret of a client that registered; left out: it lasts. @see RFC 7591 §3.2.1 */
  clientSecretSeconds?: number
  /** Switches of the Telnyx emulator that are not as usual. */
  telnyx?: Partial<TelnyxSwitches>
  /** False when it ends with a command: others do not find it then, and so never lose it in the middle of a flow. */
  joinable?: boolean
  /** Aborting it stops a playground that runs, and ends a start that is under way. */
  signal?: AbortSignal
  /** False runs it in this thread (for tests); otherwise in a worker of its own. */
  inWorker?: boolean
}

/** A registered client, in the words of RFC 7591 §2. */
export interface PlaygroundClient {
  client_id: string
  client_secret?: string
  token_endpoint_auth_method: 'none' | 'client_secret_basic' | 'client_secret_post'
  grant_types: string[]
  /** Examples: every http loopback redirect URI is accepted, whatever its port, path and query. */
  redirect_uris: string[]
  title: string
}

/** A resource owner with the password that the sign-in page shows as well. */
export interface PlaygroundUser {
  username: string
  password: string
  name: string
  email: string
}

/** A protected API: its resource indicator (RFC 8707), where it listens and the scope that it wants. */
export interface PlaygroundApi {
  resource: string
  url: string
  scope: string
}

/** All that is needed to use the Telnyx emulator. Holds secrets: not for logs. */
export interface PlaygroundTelnyx {
  /** Address of the API. */
  base_url: string
  issuer: string
  /** Bearer of the management operations. */
  api_key: string
  /** A public client that signs users in. */
  client_id: string
  /** Its redirect URI; every port of it is taken. */
  redirect_uri: string
  /** A confidential client with client credentials. */
  machine_client_id: string
  machine_client_secret: string
}

/** All that is needed to use a running playground. Holds client secrets: not for logs. */
export interface PlaygroundInfo {
  issuer: string
  port: number
  clients: PlaygroundClient[]
  users: PlaygroundUser[]
  apis: PlaygroundApi[]
  telnyx: PlaygroundTelnyx
}

/** A playground that listens. It keeps no process alive: whoever only serves it has to stay awake by itself. */
export interface Playground {
  info: PlaygroundInfo
  /** Closes all connections and ends the worker; one that was joined is left and runs on. Safe to call again. */
  stop(): Promise<void>
  /**
   * Settles when it no longer runs: with nothing after `stop()` or an abort, with the error when it ended by itself. Of one
   * that was joined only `stop()` settles it.
   */
  ended: Promise<Error | undefined>
  /** Of one that was joined, and may end at any time: asks whether it still runs. Never rejects. */
  answers?: () => Promise<boolean>
}
