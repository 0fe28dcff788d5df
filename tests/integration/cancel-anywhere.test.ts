import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/contract/events.ts'
import type { Run } from '../../src/contract/run.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let test: TestEngine
let length = 0

beforeAll(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ playground: playground.port })
  length = (await test.run({ operation: 'authorization-code', parameters: playground.signIn() })).events.length
})
afterAll(async () => {
  await test.close()
  await playground.close()
})

/** It has one end, which comes last, and nothing of it stands open. */
function expectClosed(run: Run, events: RunEvent[]): void {
  expect(events.map(({ type }) => type).indexOf('run.finished')).toBe(events.length - 1)
  expect(run.steps.filter(({ outcome }) => outcome === 'running')).toEqual([])
  expect(run.exchanges.filter(({ state }) => state === 'running' || state === 'held')).toEqual([])
  expect(run.waits.filter(({ outcome }) => outcome === undefined)).toEqual([])
}

describe('an automatic sign-in', () => {
  it('ends as cancelled at whichever event it is cancelled', async () => {
    expect(length).toBeGreaterThan(40)
    for (let at = 1; at < length - 1; at++) {
      const { run, events } = await test.run(
        { operation: 'authorization-code', parameters: playground.signIn() },
        ({ seq }, runId) => void (seq === at && test.engine.cancelRun({ runId })),
      )
      // The last steps send nothing any more and may be done before anybody hears of it.
      if (run.outcome !== 'succeeded') expect([at, run.outcome]).toEqual([at, 'cancelled'])
      else expect(at).toBeGreaterThan(length - 12)
      expectClosed(run, events)
    }
  })

  it('ends as cancelled at whichever request it is held', async () => {
    for (const purpose of ['metadata', 'authorization', 'redirect', 'sign-in', 'consent', 'token', 'jwks']) {
      const { run, events } = await test.run(
        { operation: 'authorization-code', parameters: playground.signIn(), holdBefore: [purpose] },
        ({ type }, runId) => void (type === 'exchange.held' && test.engine.cancelRun({ runId })),
      )
      expect([purpose, run.outcome]).toEqual([purpose, 'cancelled'])
      expectClosed(run, events)
    }
  })

  it('goes on without the held request when a person pastes the answer meanwhile', async () => {
    const { run, events } = await test.run(
      { operation: 'authorization-code', parameters: playground.signIn(), holdBefore: ['authorization'] },
      (event, runId) => {
        if (event.type !== 'exchange.held') return
        const answer = { runId, wait: 'wait-1', text: 'error=access_denied&state=other', kind: 'response' as const }
        void test.engine.answerWait(answer)
      },
    )
    expect(run.problem?.code).toBe('state-mismatch')
    expectClosed(run, events)
  })
})
