import type { Commands } from './commands.ts'
import type { ParameterValues } from './description.ts'
import type { BodySlice, Engine, EngineDescription, StartRun } from './engine.ts'
import type { RunEvent } from './events.ts'
import { problemList, problemOf, type Problem } from './problem.ts'

/** Options of one call over a wire. */
export interface WireCall {
  signal?: AbortSignal
}

/** One procedure of the router as its client sees it. */
type Procedure<Input, Output> = (input: Input, call?: WireCall) => Promise<Output>

/** The engine's router as a client sees it; the typed client of any transport fits it. */
export interface EngineWire {
  describe: Procedure<undefined, EngineDescription>
  runs: {
    start: Procedure<StartRun, { runId: string }>
    /** the events after `after`; leaving the loop early or aborting the signal ends the stream at the other end too */
    events: Procedure<{ runId: string; after?: number }, AsyncIterable<RunEvent>>
    cancel: Procedure<{ runId: string }, void>
    resume: Procedure<{ runId: string; all?: boolean }, void>
    answer: Procedure<{ runId: string; wait: string; text: string; kind: 'response' | 'browser-error' }, void>
    body: Procedure<{ runId: string; body: string; offset: number; length: number }, BodySlice>
  }
  secrets: { reveal: Procedure<{ fingerprint: string }, { value: string }> }
  commands: { run: Procedure<{ id: string; parameters: ParameterValues }, unknown> }
}

/** What the wire's host can do about a broken connection. */
export interface WireOptions {
  /**
   * Resolves when the connection stands again, rejects when nobody tries any more. With it, a stream of events that
   * broke goes on after the last event seen; without it, the stream ends with a `connection-lost` problem.
   */
  reconnected?: (signal?: AbortSignal) => Promise<void>
}

/** An error that came over a wire, or that the wire itself caused; `data` is the Problem. */
export class WireError extends Error {
  readonly data: Problem

  constructor(data: Problem, cause?: unknown) {
    super(`${data.title}: ${data.detail}`, { cause })
    this.name = 'WireError'
    this.data = data
  }
}

/**
 * The engine at the other end of a wire, with the same methods and results as in process. Each method rejects with an
 * error whose `data` is the Problem; an event stream resumes by `seq` when `reconnected` is given.
 */
export function engineOverWire(wire: EngineWire, options: WireOptions = {}): Engine {
  return {
    describe: () => wire.describe(undefined).catch(refuse),
    startRun: (input) => wire.runs.start(input).catch(refuse),
    runEvents: (input, call) => followEvents(wire, options, { ...input, signal: call?.signal }),
    cancelRun: (input) => wire.runs.cancel(input).catch(refuse),
    resumeRun: (input) => wire.runs.resume(input).catch(refuse),
    answerWait: (input) => wire.runs.answer(input).catch(refuse),
    readBody: (input) => wire.runs.body(input).catch(refuse),
    reveal: (input) => wire.secrets.reveal(input).catch(refuse),
    runCommand: async <K extends keyof Commands>(id: K, parameters: Commands[K]['parameters']) => {
      const result = await wire.commands.run({ id, parameters: parameters as ParameterValues }).catch(refuse)
      return result as Commands[K]['result']
    },
  }
}

/** The problem an error carries, in process (`problem`) or over a wire (`data`); undefined when it carries none. */
export function problemIn(error: unknown): Problem | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { problem, data } = error as { problem?: unknown; data?: unknown }
  return [problem, data].find(isProblem)
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false
  const { code, detail } = value as Partial<Problem>
  return typeof code === 'string' && Object.hasOwn(problemList, code) && typeof detail === 'string'
}

function refuse(error: unknown): never {
  throw new WireError(problemIn(error) ?? lostConnection(), error)
}

function lostConnection(): Problem {
  return problemOf('connection-lost', 'The connection to the engine broke before it answered.', {
    whatToDo: ['Reload the page. If that does not help, start Grantlab again.'],
  })
}

interface Following {
  runId: string
  after?: number
  signal?: AbortSignal | undefined
}

/** Follows a run's events; each connection continues after the last event of the one before. */
async function* followEvents(wire: EngineWire, options: WireOptions, following: Following): AsyncGenerator<RunEvent> {
  const { runId, signal } = following
  const isOver = () => signal?.aborted ?? false
  let after = following.after ?? 0
  while (!isOver()) {
    try {
      for await (const event of await wire.runs.events({ runId, after }, signal ? { signal } : {})) {
        after = event.seq
        yield event
      }
      return
    } catch (error) {
      if (isOver()) return
      await reconnect(error, options, signal)
    }
  }
}

/** Waits for the next connection; rejects when the error is a problem of its own or when there will be none. */
async function reconnect(
  broken: unknown,
  { reconnected }: WireOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (problemIn(broken) || !reconnected) refuse(broken)
  try {
    await reconnected(signal)
  } catch (gaveUp) {
    refuse(gaveUp)
  }
}
