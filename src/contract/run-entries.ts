import type { FinishedTarget } from './client-record.ts'
import type { Actor, FrontChannelMessage, Party, Pause, Proof, StepOutcome, TokenFacts, Wait } from './events.ts'
import type { ConnectionFacts, ExchangeTimings, RecordedRequest, RecordedResponse } from './http.ts'
import type { Problem } from './problem.ts'

/** A step of a run as it stands. */
export interface RunStep {
  id: string
  parent: string | null
  name: string
  title: string
  startedMs: number
  durationMs?: number
  outcome: 'running' | StepOutcome
  problem?: Problem
}

/** One HTTP request with its answer. */
export interface Exchange {
  id: string
  step: string | null
  actor: Actor
  party: Party
  purpose: string
  startedAt: string
  startedMs: number
  state: 'held' | 'running' | 'answered' | 'failed'
  request: RecordedRequest
  response?: RecordedResponse
  timings?: ExchangeTimings
  connection?: ConnectionFacts
  problem?: Problem
}

/** A proof with where it was made. */
export type RecordedProof = Proof & { step: string | null; exchange: string | null }

/** A token with the exchange that brought it. */
export type ReceivedToken = TokenFacts & { exchange: string }

/** What stands in the timeline of a step, in order. */
export type TimelineEntry =
  | { kind: 'exchange'; id: string; step: string | null }
  | { kind: 'message'; message: FrontChannelMessage; step: string | null; startedMs: number }
  | { kind: 'decision'; subject: string; choice: string; reason: string; specification?: string; step: string | null }
  | {
      kind: 'ignored'
      reason: string
      differs: { name: string; expected: string; received: string }[]
      url: string
      step: string | null
    }

/** A wait as it stands. */
export type RunWait = Wait & { step: string | null; startedMs: number; durationMs?: number; outcome?: string }

/** A pause as it stands. */
export type RunPause = Pause & { step: string | null; outcome?: 'over' | 'cancelled' }

/** A target with what happened to it. */
export type RunTarget = FinishedTarget & { exchange: string | null; problem?: Problem }
