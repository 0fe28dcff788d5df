import type { Commands } from './commands.ts'
import type { ChoiceListEntry, CommandDescription, OperationDescription, ParameterValues } from './description.ts'
import type { RunEvent } from './events.ts'
import type { VendorDescription } from './vendor.ts'

/** Everything the engine can do, as data; forms, flags and schemas are drawn from it. */
export interface EngineDescription {
  version: string
  operations: OperationDescription[]
  commands: CommandDescription[]
  clientAuthMethods: ChoiceListEntry[]
  userAgents: ChoiceListEntry[]
  /** how clients and grants of servers are managed */
  vendors: VendorDescription[]
  /** what this host can do; code asks for a capability, never for the host's name */
  capabilities: { openBrowser: boolean; playground: boolean; chooseFolder: boolean; host: string }
}

/** Starts an operation. Explicit parameters win over the profile's values, these over the defaults. */
export interface StartRun {
  operation: string
  profile?: string
  parameters: ParameterValues
  /** the profile's name, typed by a person who was told what is destroyed; needed in a production profile */
  confirm?: string
  /** a person saw where the profile's secrets go now and allows it; the origins are remembered */
  allowSecrets?: boolean
  /** hold before each exchange with one of these purposes (`token`, `metadata` …); `*` holds before every one */
  holdBefore?: string[]
}

/** A slice of a masked body. */
export interface BodySlice {
  text: string
  /** characters of the whole masked text */
  characters: number
}

/**
 * The engine's contract, the same over IPC, WebSocket and in process: commands in, events out. Every method rejects
 * with a `ProblemError` (in process) or an error whose `data` is the Problem (over a wire).
 */
export interface Engine {
  describe(): Promise<EngineDescription>
  /** Starts a run and answers its id at once. */
  startRun(input: StartRun): Promise<{ runId: string }>
  /** The run's events after `after` (0 or absent: all), live until the run has finished. */
  runEvents(input: { runId: string; after?: number }, options?: { signal?: AbortSignal }): AsyncIterable<RunEvent>
  cancelRun(input: { runId: string }): Promise<void>
  /** Lets the held exchange of a run go; with `all` no later one is held either. */
  resumeRun(input: { runId: string; all?: boolean }): Promise<void>
  /** Answers a wait with what a person pasted: an address, a query, a bare code, or an error page's text. */
  answerWait(input: { runId: string; wait: string; text: string; kind: 'response' | 'browser-error' }): Promise<void>
  /** A slice of a masked body, at most 256 KiB of characters at once. */
  readBody(input: { runId: string; body: string; offset: number; length: number }): Promise<BodySlice>
  /** The clear value behind a fingerprint, of this session's runs or kept tokens; `token-missing` when not known. */
  reveal(input: { fingerprint: string }): Promise<{ value: string }>
  /** Runs a command such as `profiles list`. */
  runCommand<K extends keyof Commands>(id: K, parameters: Commands[K]['parameters']): Promise<Commands[K]['result']>
}
