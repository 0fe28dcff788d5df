import { expect, it } from 'vitest'
import { emptyRun, type Exchange, type Run } from '../../../../contract/run.ts'
import { challengeOf, resourceAnswerOf } from './resource-answer.ts'

const exchange = (id: string, purpose: string, status?: number) =>
  ({
    id,
    purpose,
    ...(status === undefined ? {} : { response: { status, statusText: '', headers: [], httpVersion: '1.1' } }),
  }) as unknown as Exchange
const run = (more: Partial<Run>): Run => ({ ...emptyRun('r'), ...more })

it('finds the last answer of an API, after a refused one and a refresh', () => {
  const exchanges = [exchange('1', 'resource', 401), exchange('2', 'token', 200), exchange('3', 'resource', 200)]
  expect(resourceAnswerOf(run({ exchanges }))?.exchange.id).toBe('3')
  expect(resourceAnswerOf(run({ exchanges: [exchange('1', 'token', 200), exchange('2', 'resource')] }))).toBeUndefined()
})

it('takes the result for claims only where userinfo told them', () => {
  const exchanges = [exchange('1', 'userinfo', 200)]
  const result = { sub: 'alice' }
  expect(resourceAnswerOf(run({ exchanges, outcome: 'succeeded', result }))?.claims).toEqual(result)
  expect(resourceAnswerOf(run({ exchanges, outcome: 'failed', result }))?.claims).toBeUndefined()
  const called = run({ exchanges: [exchange('1', 'resource', 200)], outcome: 'succeeded', result })
  expect(resourceAnswerOf(called)?.claims).toBeUndefined()
})

it('reads a challenge from its proof, as a list', () => {
  const facts = { header: 'read', schemes: ['bearer', 'dpop'], error: 'invalid_token', scope: 'api:read' }
  const proof = { name: 'challenge.given', holds: true, step: null, exchange: '1', facts }
  expect(challengeOf({ proofs: [proof] }, '1')).toEqual({
    header: 'read',
    schemes: ['bearer', 'dpop'],
    parameters: [
      ['error', 'invalid_token'],
      ['scope', 'api:read'],
    ],
  })
  expect(challengeOf({ proofs: [proof] }, '2')).toBeUndefined()
})
