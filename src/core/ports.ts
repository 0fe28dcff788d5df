import type { PlaygroundFacts } from '../contract/commands.ts'
import type { VaultFacts, VaultStore } from '../contract/kept.ts'
import type { ResetPart } from '../contract/settings.ts'
import type { ProblemError } from './problems/problem-error.ts'

/** What a host gives the engine. Everything the outside world is reached through stands here, so tests can set it. */
export interface EnginePorts {
  /** shown in `describe` and written into every run */
  version: string
  host: { name: string; openBrowser: boolean }
  /** holds history, playground state, keys; made when missing, mode 0700 */
  dataFolder: string
  /** the workspace folder; absent: the nearest folder upward from `workingFolder` with grantlab.yaml, else the data folder's own */
  workspaceFolder?: string
  /** a window opens the workspace that was opened last where nothing else says which; the command line never does */
  reopensWorkspace?: boolean
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
  /** asks the person for a folder in a dialog of the system; undefined when they gave none. Absent where there is none */
  chooseFolder?: () => Promise<string | undefined>
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

/** Where a secret may go, and how the connection there is made. */
export interface SecretBinding {
  /** scheme, host and port, as `URL.origin` gives them; empty: not used yet */
  origins: string[]
  /** digest of the profile's proxy, CA, client certificate and verification settings; empty: the usual ones */
  connection: string
  /** the endpoints of the issuer at the first use are among the origins; a later one is a new place to ask about */
  settled?: boolean
}

/** A secret with its value. */
export interface StoredSecret extends SecretBinding {
  name: string
  value: string
  /** ISO time */
  savedAt: string
}

/**
 * Where secrets live. Reading one that is sealed under a key that cannot be had rejects with a ProblemError
 * `vault-locked`; a record that was tampered with or cut, with `vault-damaged`.
 */
export interface Vault {
  /** Whether a later process finds what is set now; asks no keychain that nothing needed yet. */
  facts(): Promise<VaultFacts>
  /** Whether there is a value of this name, sealed or not; asks no keychain. */
  has(name: string): Promise<boolean>
  get(name: string): Promise<StoredSecret | undefined>
  /** Saves a value; resolves when it is on disk. Without `binding` an earlier one stays. */
  set(name: string, value: string, binding?: SecretBinding): Promise<void>
  /** Saves a value where there is none of this name, over all processes; false when there is one, which stays. */
  add(name: string, value: string, binding: SecretBinding): Promise<boolean>
  /** Every secret with its value. @throws ProblemError vault-locked, vault-damaged when one of them cannot be opened */
  all(): Promise<StoredSecret[]>
  /** Says where a kept value may go from now on; false when there is none of this name. */
  bind(name: string, binding: SecretBinding): Promise<boolean>
  remove(name: string): Promise<boolean>
  /** Every secret without its value; asks no keychain. */
  list(): Promise<Omit<StoredSecret, 'value'>[]>
  /**
   * Has the key brought, and a vault made where one can be: what is set from now on is kept as `facts` then says.
   * @throws ProblemError vault-locked, vault-damaged, passphrase-wrong
   */
  open(): Promise<void>
  /** Opens a passphrase vault, or asks the keychain again. @throws ProblemError passphrase-wrong */
  unlock(passphrase?: string): Promise<VaultFacts>
  /** Forgets the key; what is kept stays sealed. */
  lock(): Promise<VaultFacts>
  /** Moves everything to another store. @throws ProblemError vault-locked, parameter-missing without a passphrase */
  use(store: VaultStore, passphrase?: string): Promise<VaultFacts>
  /** Removes every record and the keychain's entry, or with `dryRun` says what is there; a locked vault as well. Rejects never. */
  erase(dryRun: boolean): Promise<ResetPart>
  /** Sealed records of token families; absent where nothing ever lasts. */
  readonly families?: SealedTexts
}

/**
 * Texts by id, each sealed in a record of its own and shared by every process of this data folder. Where nothing lasts,
 * and while the vault is locked, what is written stays in memory and is sealed as soon as that is possible.
 */
export interface SealedTexts {
  /** The ids of all records, each with a stamp that changes when the record does; asks no keychain. */
  stamps(): Promise<Map<string, string>>
  /** The texts of these records; what is gone or damaged is left out, and what is sealed while the vault is locked. */
  read(ids: readonly string[]): Promise<{ texts: Map<string, string>; locked?: ProblemError }>
  /**
   * Resolves when the record is on disk, or in memory as said; answers the refusal of a locked vault.
   * @throws ProblemError data-folder-failed
   */
  write(id: string, text: string): Promise<ProblemError | undefined>
  /** Takes records away; the number of those that were there. */
  remove(ids: readonly string[]): Promise<number>
  /**
   * Lets one holder of this id work at a time, over all processes.
   * @throws ProblemError vault-locked when another one takes too long; the signal's reason while waiting
   */
  exclusively<T>(id: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T>
}

/** What the playground tells its own profile, in memory only. */
export interface PlaygroundAccess extends PlaygroundFacts {
  /** clear secrets by client id */
  clientSecrets: Record<string, string>
  /** clear passwords by user name */
  passwords: Record<string, string>
  /** the Telnyx emulator beside it; absent where there is none */
  telnyx?: TelnyxEmulatorAccess
}

/** What the Telnyx emulator tells its own profile, in memory only. */
export interface TelnyxEmulatorAccess {
  issuer: string
  /** address of its API */
  base_url: string
  /** clear */
  api_key: string
  /** a public client that signs users in */
  client_id: string
  /** a confidential client with client credentials, and its clear secret */
  machine_client_id: string
  machine_client_secret: string
}
