import { describe, expect, it } from 'vitest'
import type { RunEvent, RunEventBody } from './events.ts'
import { applyRunEvent, emptyRun, ownExchangesOf, runOf, waitedMsOf } from './run.ts'

let seq = 0
const event = (body: RunEventBody, elapsedMs = 0): RunEvent => ({
  ...body,
  seq: ++seq,
  at: '2026-01-01T00:00:00.000Z',
  elapsedMs,
})
const request = { method: 'GET', url: 'http://as.test/', headers: [] }
const exchange = (id: string, actor: 'grantlab' | 'browser' = 'grantlab'): RunEventBody => ({
  type: 'exchange.started',
  exchange: id,
  step: null,
  actor,
  party: 'authorization-server',
  purpose: 'metadata',
  request,
})

describe('applyRunEvent', () => {
  it('changes neither the run nor the event and folds an event once', () => {
    seq = 0
    const before = Object.freeze(emptyRun('r'))
    const started = Object.freeze(event({ type: 'step.started', step: '1', parent: null, name: 'a', title: 'A' }))
    const once = applyRunEvent(before, started)
    expect(once.steps).toHaveLength(1)
    expect(applyRunEvent(once, started)).toBe(once)
    expect(before.steps).toHaveLength(0)
  })

  it('gives a finished step its duration and its problem', () => {
    seq = 0
    const run = runOf('r', [
      event({ type: 'step.started', step: '1', parent: null, name: 'a', title: 'A' }, 10),
      event(
        { type: 'step.finished', step: '1', outcome: 'failed', problem: { code: 'timeout', title: 't', detail: 'd' } },
        35,
      ),
    ])
    expect(run.steps[0]).toMatchObject({ durationMs: 25, outcome: 'failed', problem: { code: 'timeout' } })
  })

  it('joins a request with its answer and tells who sent it', () => {
    seq = 0
    const response = { httpVersion: '1.1', status: 200, statusText: 'OK', headers: [], wireBytes: 0 }
    const run = runOf('r', [
      event(exchange('1')),
      event(exchange('2', 'browser')),
      event({
        type: 'exchange.answered',
        exchange: '1',
        response,
        timings: { totalMs: 5 },
        connection: { reused: false },
      }),
    ])
    expect(run.exchanges.map(({ state }) => state)).toEqual(['answered', 'running'])
    expect(ownExchangesOf(run).map(({ id }) => id)).toEqual(['1'])
    expect(run.timeline.map((entry) => entry.kind)).toEqual(['exchange', 'exchange'])
  })

  it('tells the time spent waiting for somebody', () => {
    seq = 0
    const wait = {
      id: 'w',
      kind: 'authorization-response' as const,
      address: 'http://as.test',
      until: '',
      agent: 'system',
    }
    const run = runOf('r', [
      event({ type: 'wait.started', step: null, wait }, 100),
      event({ type: 'wait.finished', wait: 'w', outcome: 'answered' }, 6100),
    ])
    expect(waitedMsOf(run)).toBe(6000)
  })

  it('moves on over an event of a newer Grantlab', () => {
    seq = 0
    const newer = event({ type: 'step.started', step: '1', parent: null, name: 'a', title: 'A' })
    const run = applyRunEvent(emptyRun('r'), { ...newer, type: 'invented.later' } as unknown as RunEvent)
    expect(run).toEqual({ ...emptyRun('r'), lastSeq: 1 })
  })
})
