import type { Party, StepOutcome } from './events.ts'

/** A vertical line of the diagram. */
export type Lane = 'grantlab' | 'browser' | Party

/** What is chosen together: a step, a request with its answer, a message with what is not seen of it, a wait. */
export type SequenceTarget = `${'step' | 'exchange' | 'message' | 'ignored' | 'wait'}:${string}`

/** A check that stands beside an arrow: `state ✓`. */
export interface SequenceMark {
  label: string
  holds: boolean
}

/** One arrow. `unseen` is what Grantlab neither sent nor received itself, `ignored` came and was not taken,
 * `pending` has not come yet, `missing` never came: there was no server or no whole answer. */
export interface SequenceArrow {
  from: Lane
  to: Lane
  text: string
  kind: 'question' | 'answer' | 'unseen' | 'ignored' | 'pending' | 'missing'
  marks: SequenceMark[]
}

/** A step header; `planned` has not been reached. */
export interface SequenceStep {
  kind: 'step'
  target: SequenceTarget
  title: string
  /** 0 for a step of the run, 1 for a step within it */
  depth: number
  state: 'planned' | 'running' | StepOutcome
  /** what the step proved, when it has no answer of its own to stand at */
  marks: SequenceMark[]
  durationMs?: number
  /** of it, time spent waiting for somebody outside */
  waitedMs?: number
}

/** A request with its answer, or a message through the browser; all its arrows are one selection. */
export interface SequenceExchange {
  kind: 'exchange' | 'message' | 'ignored' | 'wait'
  target: SequenceTarget
  /** own requests count 1, 2, 3; what the browser sent counts apart: b1, b2 */
  number?: string
  /** true when the run's problem points here */
  blamed: boolean
  arrows: SequenceArrow[]
}

/** One entry of the diagram, from top to bottom. */
export type SequenceEntry = SequenceStep | SequenceExchange

/** The sequence diagram of a run. */
export interface Sequence {
  lanes: Lane[]
  entries: SequenceEntry[]
}
