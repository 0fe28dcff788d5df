import type { KnownRegistration, ListRow, RegisteredClient } from './client-record.ts'
import type { PlannedStep } from './description.ts'
import type {
  MetadataComparison,
  ReceivedMetadata,
  ReceivedRows,
  RunEvent,
  RunOutcome,
  TriedLocation,
} from './events.ts'
import type { Json, JsonObject } from './json.ts'
import type { RunOrigin } from './sharing.ts'
import type { VerifiedToken } from './bench/verdict.ts'
import type { KeySetFacts } from './keys/check-keys.ts'
import type { Problem } from './problem.ts'
import type {
  Exchange,
  ReceivedToken,
  RecordedProof,
  RunPause,
  RunStep,
  RunTarget,
  RunWait,
  TimelineEntry,
} from './run-entries.ts'

export type { Exchange, ReceivedToken, RecordedProof, RunPause, RunStep, RunTarget, RunWait, TimelineEntry }

/** Everything a screen shows of a run: the fold of its events. */
export interface Run {
  id: string
  number: number
  operation: string
  title: string
  profile: string | null
  parameters: JsonObject
  plan: PlannedStep[]
  startedAt: string
  finishedAt?: string
  durationMs?: number
  outcome: 'running' | RunOutcome
  problem?: Problem
  result?: Json
  steps: RunStep[]
  exchanges: Exchange[]
  timeline: TimelineEntry[]
  waits: RunWait[]
  proofs: RecordedProof[]
  tokens: ReceivedToken[]
  metadata: ReceivedMetadata[]
  /** where metadata was looked for, in order */
  locations: TriedLocation[]
  keySets: (KeySetFacts & { exchange: string; location: string })[]
  /** what changed since an earlier reading */
  comparisons: MetadataComparison[]
  /** what a server registered, or says it has registered */
  registered: RegisteredClient[]
  /** what is known of the client before anything is sent */
  known: KnownRegistration[]
  /** pages of a list, in order; a page is never copied */
  pages: ReceivedRows[]
  targets: RunTarget[]
  pauses: RunPause[]
  verdicts: VerifiedToken[]
  /** set when the run was not made here */
  origin?: RunOrigin
  /** the last event folded in; 0 before the first */
  lastSeq: number
}

/** A run before its first event. */
export function emptyRun(id: string): Run {
  return {
    id,
    number: 0,
    operation: '',
    title: '',
    profile: null,
    parameters: {},
    plan: [],
    startedAt: '',
    outcome: 'running',
    steps: [],
    exchanges: [],
    timeline: [],
    waits: [],
    proofs: [],
    tokens: [],
    metadata: [],
    locations: [],
    keySets: [],
    comparisons: [],
    registered: [],
    known: [],
    pages: [],
    targets: [],
    pauses: [],
    verdicts: [],
    lastSeq: 0,
  }
}

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>
type Fold = { [T in RunEvent['type']]: (run: Run, event: EventOf<T>) => Partial<Run> }

const changed = <T extends { id: string }>(items: T[], id: string, change: (item: T) => Partial<T>): T[] =>
  items.map((item) => (item.id === id ? { ...item, ...change(item) } : item))

/** A difference of two times in hundredths of a millisecond, all that a clock tells here. */
const betweenMs = (start: number, end: number) => Math.round((end - start) * 100) / 100

/** What an event says, without its envelope and its place. */
function factsOf<E extends { type: string; seq: number; at: string; elapsedMs: number; step: string | null }>(
  event: E,
): Omit<E, 'type' | 'seq' | 'at' | 'elapsedMs' | 'step'> {
  const { type: _type, seq: _seq, at: _at, elapsedMs: _elapsed, step: _step, ...facts } = event
  return facts
}

const fold: Fold = {
  'run.started': (_run, e) => ({
    id: e.runId,
    number: e.number,
    operation: e.operation,
    title: e.title,
    profile: e.profile,
    parameters: e.parameters,
    plan: e.plan,
    startedAt: e.at,
    ...(e.origin ? { origin: e.origin } : {}),
  }),
  'step.started': (run, e) => ({
    steps: [
      ...run.steps,
      { id: e.step, parent: e.parent, name: e.name, title: e.title, startedMs: e.elapsedMs, outcome: 'running' },
    ],
  }),
  'step.finished': (run, e) => ({
    steps: changed(run.steps, e.step, (step) => ({
      outcome: e.outcome,
      durationMs: betweenMs(step.startedMs, e.elapsedMs),
      ...(e.problem ? { problem: e.problem } : {}),
    })),
  }),
  'decision.recorded': (run, e) => ({
    timeline: [
      ...run.timeline,
      {
        kind: 'decision',
        subject: e.subject,
        choice: e.choice,
        reason: e.reason,
        step: e.step,
        ...(e.specification ? { specification: e.specification } : {}),
      },
    ],
  }),
  'exchange.started': (run, e) => ({
    exchanges: [
      ...run.exchanges,
      {
        id: e.exchange,
        step: e.step,
        actor: e.actor,
        party: e.party,
        purpose: e.purpose,
        startedAt: e.at,
        startedMs: e.elapsedMs,
        state: 'running',
        request: e.request,
      },
    ],
    timeline: [...run.timeline, { kind: 'exchange', id: e.exchange, step: e.step }],
  }),
  'exchange.held': (run, e) => ({ exchanges: changed(run.exchanges, e.exchange, () => ({ state: 'held' })) }),
  'exchange.resumed': (run, e) => ({ exchanges: changed(run.exchanges, e.exchange, () => ({ state: 'running' })) }),
  'exchange.answered': (run, e) => ({
    exchanges: changed(run.exchanges, e.exchange, () => ({
      state: 'answered',
      response: e.response,
      timings: e.timings,
      connection: e.connection,
    })),
  }),
  'exchange.failed': (run, e) => ({
    exchanges: changed(run.exchanges, e.exchange, () => ({
      state: 'failed',
      problem: e.problem,
      timings: e.timings,
      ...(e.connection ? { connection: e.connection } : {}),
    })),
  }),
  'message.recorded': (run, e) => ({
    timeline: [...run.timeline, { kind: 'message', message: e.message, step: e.step, startedMs: e.elapsedMs }],
  }),
  'redirect.ignored': (run, e) => ({
    timeline: [...run.timeline, { kind: 'ignored', reason: e.reason, differs: e.differs, url: e.url, step: e.step }],
  }),
  'wait.started': (run, e) => ({ waits: [...run.waits, { ...e.wait, step: e.step, startedMs: e.elapsedMs }] }),
  'wait.finished': (run, e) => ({
    waits: changed(run.waits, e.wait, (wait) => ({
      outcome: e.outcome,
      durationMs: betweenMs(wait.startedMs, e.elapsedMs),
    })),
  }),
  'metadata.received': (run, { type: _type, seq: _seq, at: _at, elapsedMs: _elapsed, ...received }) => ({
    metadata: [...run.metadata, received],
  }),
  'location.tried': (run, e) => ({ locations: [...run.locations, factsOf(e)] }),
  'keys.received': (run, { type: _type, seq: _seq, at: _at, elapsedMs: _elapsed, ...keys }) => ({
    keySets: [...run.keySets, keys],
  }),
  'metadata.compared': (run, { type: _type, seq: _seq, at: _at, elapsedMs: _elapsed, ...comparison }) => ({
    comparisons: [...run.comparisons, comparison],
  }),
  'proof.recorded': (run, e) => ({ proofs: [...run.proofs, { ...e.proof, step: e.step, exchange: e.exchange }] }),
  'token.received': (run, e) => ({ tokens: [...run.tokens, { ...e.token, exchange: e.exchange }] }),
  'client.registered': (run, e) => ({ registered: [...run.registered, factsOf(e)] }),
  'registration.known': (run, e) => ({ known: [...run.known, factsOf(e)] }),
  'rows.received': (run, e) => ({ pages: [...run.pages, factsOf(e)] }),
  'target.finished': (run, e) => ({
    targets: [...run.targets, { ...factsOf(e), exchange: e.exchange }],
  }),
  'pause.started': (run, e) => ({ pauses: [...run.pauses, { ...factsOf(e), step: e.step }] }),
  'pause.finished': (run, e) => ({
    pauses: run.pauses.map((one) => (one.pause === e.pause ? { ...one, outcome: e.outcome } : one)),
  }),
  'token.verified': (run, e) => ({ verdicts: [...run.verdicts, factsOf(e)] }),
  'run.finished': (_run, e) => ({
    outcome: e.outcome,
    finishedAt: e.at,
    durationMs: e.elapsedMs,
    ...(e.problem ? { problem: e.problem } : {}),
    ...(e.result === undefined ? {} : { result: e.result }),
  }),
}

/**
 * Folds one event into a run and answers the new run; neither argument is changed. An event seen before (its `seq` is
 * not above the last) changes nothing, so a resumed stream may repeat itself. An unknown type only moves `lastSeq`.
 */
export function applyRunEvent(run: Run, event: RunEvent): Run {
  if (event.seq <= run.lastSeq) return run
  const apply = fold[event.type] as ((run: Run, event: RunEvent) => Partial<Run>) | undefined
  return { ...run, ...apply?.(run, event), lastSeq: event.seq }
}

/** The rows of a list so far, in the order of the server. */
export function rowsOf({ pages }: Pick<Run, 'pages'>): ListRow[] {
  return pages.flatMap(({ rows }) => rows)
}

/** Folds a whole list of events, e.g. a history file. */
export function runOf(runId: string, events: Iterable<RunEvent>): Run {
  let run = emptyRun(runId)
  for (const event of events) run = applyRunEvent(run, event)
  return run
}

/** Whether a run looks at what a server or an API says about itself. */
export function isDiscovery({ operation }: Pick<Run, 'operation'>): boolean {
  return operation === 'discover' || operation === 'discover-resource'
}

/** Milliseconds a run spent waiting for somebody outside, so that machine time can be told apart. */
export function waitedMsOf(run: Run): number {
  return run.waits.reduce((sum, wait) => sum + (wait.durationMs ?? 0), 0)
}

/** The requests Grantlab itself sent: what it drove in a browser's place is told apart. */
export function ownExchangesOf(run: Run): Exchange[] {
  return run.exchanges.filter((exchange) => exchange.actor === 'grantlab')
}
