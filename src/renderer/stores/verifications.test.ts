import { expect, it } from 'vitest'
import type { TokenVerdict } from '../../contract/bench/verdict.ts'
import type { RunEvent } from '../../contract/events.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useVerifications } from './verifications.ts'

const verdict = { verdict: 'valid', headline: 'Genuine and current' } as TokenVerdict
const event = (seq: number, body: object) => ({ seq, at: '2026-01-31T12:00:00Z', elapsedMs: 1, ...body }) as RunEvent
const events = [
  event(1, { type: 'token.verified', step: null, fingerprint: 'f1', verdict }),
  event(2, { type: 'run.finished', outcome: 'succeeded' }),
]

it('sends the clear values for the one call, and keeps the run with the verdict', async () => {
  const engine = createFakeEngine({ play: () => events })
  const verifications = storesOver(engine)(useVerifications)
  await verifications.verify('f1', { parameters: { audience: 'a' }, profile: 'p', known: { access_token: 'f2' } })
  expect(engine.calls.find(({ method }) => method === 'startRun')?.input).toEqual({
    operation: 'token verify',
    profile: 'p',
    parameters: { audience: 'a', token: 'clear-value-of-f1', access_token: 'clear-value-of-f2' },
  })
  expect(verifications.verdictOf('f1')).toEqual(verdict)
  expect(JSON.stringify([...verifications.byToken])).not.toContain('clear-value')
})

it('says why there is no verdict', async () => {
  const engine = createFakeEngine()
  const reveal = () => Promise.reject(new Error('gone'))
  const verifications = storesOver({ ...engine, reveal })(useVerifications)
  await verifications.verify('f1', { parameters: {} })
  expect(verifications.byToken.get('f1')).toMatchObject({ isBusy: false, problem: { detail: 'gone' } })
  expect(verifications.verdictOf('f1')).toBeUndefined()
})
