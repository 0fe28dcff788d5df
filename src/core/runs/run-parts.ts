import type { ConnectionSettings } from '../http/connection-settings.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import type { RunFile } from '../history/history.ts'
import type { Log } from '../log/log.ts'
import type { Operation } from '../operations/operation.ts'
import type { EnginePorts } from '../ports.ts'
import type { RedirectHub } from '../redirects/redirect-hub.ts'
import type { RegistrationStore } from '../registrations/registration-store.ts'
import type { SnapshotStore } from '../snapshots/snapshot-store.ts'
import type { TokenStore } from '../vault/token-store.ts'
import type { ClearValues } from './clear-values.ts'
import type { EventLog } from './event-log.ts'
import type { Hold } from './hold.ts'
import type { ResolvedParameters } from './resolve-parameters.ts'
import type { ProblemTeller } from './problem-teller.ts'
import type { Recorder } from './recorder.ts'
import type { SecretGuard } from './secret-guard.ts'
import type { Steps } from './steps.ts'
import type { Waits } from './waits.ts'

/** What a run needs from the engine. */
export interface RunParts {
  ports: EnginePorts
  fingerprintKey: Uint8Array
  clearValues: ClearValues
  tokens: TokenStore
  redirects: RedirectHub
  file: RunFile
  snapshots: SnapshotStore
  registrations: RegistrationStore
  log: Log
}

/** What is to be run. */
export interface RunOrder {
  runId: string
  number: number
  operation: Operation
  profile: string | null
  /** whose profile it is, as the keys of kept tokens name it */
  workspace: string
  parameters: ResolvedParameters
  holdBefore: string[]
  /** absent: the usual connections */
  connection?: ConnectionSettings
  guard: SecretGuard
}

/** The parts that record one run. */
export interface Recording {
  log: EventLog
  masker: Masker
  hold: Hold
  waits: Waits
  steps: Steps
  recorder: Recorder
  problems: ProblemTeller
  abort: AbortController
}
