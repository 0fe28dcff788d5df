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

/** All that is needed to use a running playground. Holds client secrets: not for logs. */
export interface PlaygroundInfo {
  issuer: string
  port: number
  clients: PlaygroundClient[]
  users: PlaygroundUser[]
  apis: PlaygroundApi[]
}
