import type { RunEvent, RunOutcome } from '../../../contract/events.ts'

const at = '2026-11-20T10:00:00.000Z'

/** The first event of a run. */
export function startedEvent(runId: string, number = 1): RunEvent {
  return {
    type: 'run.started',
    format: 1,
    runId,
    number,
    operation: 'discover',
    title: 'Discover',
    profile: 'acme',
    parameters: { issuer: 'https://a.test' },
    plan: [],
    grantlab: '0.1.0',
    seq: 1,
    at,
    elapsedMs: 0,
  }
}

/** An event in the middle, as long as wanted. */
export function middleEvent(seq: number, title = 'Discover'): RunEvent {
  return { type: 'step.started', step: `s${seq}`, parent: null, name: 'discover', title, seq, at, elapsedMs: seq }
}

/** The last event of a run. */
export function finishedEvent(seq: number, outcome: RunOutcome = 'succeeded', result = ''): RunEvent {
  return { type: 'run.finished', outcome, result, seq, at, elapsedMs: seq }
}
