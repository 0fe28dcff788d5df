import type { Commands } from '../../contract/commands.ts'
import type { EngineDescription, Engine, StartRun } from '../../contract/engine.ts'
import type { KeptTokenSummary } from '../../contract/kept.ts'
import type { RunEvent, RunEventBody } from '../../contract/events.ts'
import { problemOf } from '../../contract/problem.ts'
import descriptionJson from './description.json' with { type: 'json' }
import { createFakeCommands } from './fake-commands.ts'
import { FakeProblemError } from './fake-problem-error.ts'

/** An engine that plays recorded events, for the harness and for tests of the stores. */
export interface FakeEngine extends Engine {
  /** every call with its input, in order */
  calls: { method: string; input: unknown }[]
  /** adds events to a run, as if the engine had recorded them now */
  append(runId: string, bodies: RunEventBody[]): void
  /** gives a run all its events */
  record(runId: string, events: RunEvent[]): void
  /** ends every open event stream with an error, as a lost connection does */
  breakStreams(): void
}

/** What a fake engine plays. */
export interface FakeEngineOptions {
  /** the events of a run that is started */
  play?(input: StartRun, recording: { runId: string; number: number; startedAt: number }): RunEvent[]
  /** masked bodies by id */
  bodies?: Record<string, string>
  /** profiles beside the playground's */
  profiles?: Parameters<typeof createFakeCommands>[0]
  /** texts that are no profile, by the name of their file */
  brokenProfiles?: Record<string, string>
  /** kept tokens */
  tokens?: KeptTokenSummary[]
  now?(): number
}

/** Recordings began a while ago, so that their times lie in the past. */
const playedMs = 7000

interface FakeRun {
  events: RunEvent[]
  wake: Set<() => void>
  broken: number
}

const description = descriptionJson as unknown as EngineDescription

/** Creates a fake engine. Every stream is live: what is appended later arrives later. */
export function createFakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const calls: FakeEngine['calls'] = []
  const now = options.now ?? Date.now
  const tapes = createTapes(now)
  const runCommand = createFakeCommands(
    options.profiles,
    () => [...tapes.runs].map(([runId, run]): [string, RunEvent[]] => [runId, run.events]),
    { broken: options.brokenProfiles ?? {}, tokens: options.tokens ?? [] },
  )
  const called = (method: string, input: unknown) => void calls.push({ method, input })

  return {
    calls,
    append: tapes.append,
    record: tapes.record,
    breakStreams: tapes.breakStreams,
    describe: async () => description,
    async startRun(input) {
      called('startRun', input)
      const number = tapes.runs.size + 1
      const runId = `run-${number}`
      tapes.record(runId, options.play?.(input, { runId, number, startedAt: now() - playedMs }) ?? [])
      return { runId }
    },
    runEvents: ({ runId, after = 0 }, { signal } = {}) => stream(tapes.runOf(runId), after, signal),
    async cancelRun({ runId }) {
      called('cancelRun', { runId })
      const problem = problemOf('cancelled', 'A person cancelled the run.')
      tapes.append(runId, [{ type: 'run.finished', outcome: 'cancelled', problem }])
    },
    resumeRun: async (input) => called('resumeRun', input),
    answerWait: async (input) => called('answerWait', input),
    async readBody({ body, offset, length }) {
      const text = options.bodies?.[body] ?? ''
      return { text: text.slice(offset, offset + length), characters: text.length }
    },
    async reveal({ fingerprint }) {
      called('reveal', { fingerprint })
      return { value: `clear-value-of-${fingerprint.slice(0, 4)}` }
    },
    async runCommand<K extends keyof Commands>(id: K, parameters: Commands[K]['parameters']) {
      called(`command ${id}`, parameters)
      return runCommand(id, parameters)
    },
  }
}

function createTapes(now: () => number) {
  const runs = new Map<string, FakeRun>()
  const runOf = (runId: string): FakeRun => {
    const run = runs.get(runId)
    if (!run) throw new FakeProblemError(problemOf('run-not-found', `There is no run ${runId}.`))
    return run
  }
  const record = (runId: string, events: RunEvent[]) =>
    void runs.set(runId, { events: [...events], wake: new Set(), broken: 0 })
  const append = (runId: string, bodies: RunEventBody[]) => {
    const run = runOf(runId)
    const startedAt = run.events[0] ? Date.parse(run.events[0].at) : now()
    for (const body of bodies) {
      const elapsedMs = now() - startedAt
      run.events.push({ ...body, seq: run.events.length + 1, at: new Date(now()).toISOString(), elapsedMs })
    }
    run.wake.forEach((wake) => wake())
  }
  const breakStreams = () =>
    runs.forEach((run) => {
      run.broken++
      run.wake.forEach((wake) => wake())
    })
  return { runs, runOf, record, append, breakStreams }
}

async function* stream(run: FakeRun, after: number, signal?: AbortSignal): AsyncGenerator<RunEvent> {
  const { broken } = run
  let sent = after
  for (;;) {
    signal?.throwIfAborted()
    if (run.broken !== broken) throw new Error('the connection broke')
    const event = run.events[sent]
    if (event) {
      sent++
      yield event
      if (event.type === 'run.finished') return
      continue
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    run.wake.add(resolve)
    signal?.addEventListener('abort', () => resolve(), { once: true })
    await promise
    run.wake.delete(resolve)
  }
}
