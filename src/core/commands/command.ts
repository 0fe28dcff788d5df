import type { Commands } from '../../contract/commands.ts'
import type { CommandDescription } from '../../contract/description.ts'
import type { StartRun } from '../../contract/engine.ts'
import type { RecordedKeys } from '../history/recorded-keys.ts'
import type { History } from '../history/history.ts'
import type { RetentionKeeper } from '../history/retention.ts'
import type { Log } from '../log/log.ts'
import type { EnginePorts } from '../ports.ts'
import type { RegistrationStore } from '../registrations/registration-store.ts'
import type { ClearValues } from '../runs/clear-values.ts'
import type { RunRegistry } from '../runs/run-registry.ts'
import type { SecretResolver } from '../vault/secret-resolver.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { TokenStore } from '../vault/token-store.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** What a command works with. */
export interface CommandContext {
  ports: EnginePorts
  workspace: Workspace
  secrets: SecretResolver
  tokens: TokenStore
  history: History
  retention: RetentionKeeper
  recordedKeys: RecordedKeys
  /** the runs of this session */
  runs: RunRegistry
  /** clear values of this session, by fingerprint */
  clearValues: ClearValues
  /** Runs an operation to its end. @throws ProblemError the one the run ended with */
  runToEnd(input: StartRun): Promise<{ runId: string }>
  /** the key of fingerprints of this data folder */
  fingerprintKey(): Promise<Uint8Array>
  log: Log
  settings: SettingsStore
  registrations: RegistrationStore
  /** a text with what looks like a secret masked, under the data folder's key */
  mask(text: string): Promise<string>
}

/** A command: what it is, as data, and its work. `parameters` have been checked against the description. */
export interface Command<K extends keyof Commands> {
  description: CommandDescription & { id: K }
  run(context: CommandContext, parameters: Commands[K]['parameters']): Promise<Commands[K]['result']>
}

/** Commands by id; a file per noun has those of its noun. */
export type CommandsOf<K extends keyof Commands> = { [Id in K]: Command<Id> }
