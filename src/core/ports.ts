import type { PlaygroundFacts } from '../contract/commands.ts'

/** What a host gives the engine. Everything the outside world is reached through stands here, so tests can set it. */
export interface EnginePorts {
  /** shown in `describe` and written into every run */
  version: string
  host: { name: string; openBrowser: boolean }
  /** holds history, playground state, keys; made when missing, mode 0700 */
  dataFolder: string
  /** the workspace folder; absent: the nearest folder upward from `workingFolder` with grantlab.yaml, else the data folder's own */
  workspaceFolder?: string
  workingFolder: string
  /** environment variables: proxy settings, `GRANTLAB_SECRET_*` */
  environment: Record<string, string | undefined>
  /** `--secret NAME=ENVVAR`: secret name to environment variable */
  secretVariables?: Record<string, string>
  /** `--env-file`: path of a file with `NAME=value` lines */
  environmentFile?: string
  clock: Clock
  random: Random
  vault: Vault
  /** opens an address in the person's browser; absent where there is none */
  openAddress?: (address: string) => Promise<void>
  /** starts the built-in playground once and answers the running one after that */
  playground?: () => Promise<PlaygroundAccess>
}

/** Time, so that tests can set it. */
export interface Clock {
  /** milliseconds since 1970 */
  now(): number
  /** monotonic milliseconds */
  monotonic(): number
}

/** Randomness from a cryptographic source, so that tests can set it. */
export interface Random {
  bytes(length: number): Uint8Array
}

/** Where secrets live. In memory for now; the keychain-backed vault takes the same place. */
export interface Vault {
  get(name: string): Promise<string | undefined>
  set(name: string, value: string): Promise<void>
  remove(name: string): Promise<boolean>
  names(): Promise<string[]>
}

/** What the playground tells its own profile, in memory only. */
export interface PlaygroundAccess extends PlaygroundFacts {
  /** clear secrets by client id */
  clientSecrets: Record<string, string>
  /** clear passwords by user name */
  passwords: Record<string, string>
}
