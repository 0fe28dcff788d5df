import { expect, it } from 'vitest'
import { problemOf } from '../../../../contract/problem.ts'
import type { Exchange } from '../../../../contract/run.ts'
import { problemSourceOf } from './problem-source.ts'

const exchange = {
  id: '2',
  purpose: 'token',
  response: { httpVersion: '1.1', status: 401, statusText: '', headers: [], wireBytes: 0 },
} as unknown as Exchange

it('says where a problem comes from', () => {
  const at = (problem: ReturnType<typeof problemOf>) => problemSourceOf({ problem, exchanges: [exchange] })
  expect(at(problemOf('token-request-refused', '', { exchange: '2' }))).toBe('from the token endpoint, 401')
  expect(at(problemOf('authorization-refused', '', { oauth: { error: 'access_denied' } }))).toBe('through the browser')
  expect(at(problemOf('port-in-use', ''))).toBe('')
  const unanswered = { ...exchange, response: undefined } as unknown as Exchange
  const problem = problemOf('connection-refused', '', { exchange: '2' })
  expect(problemSourceOf({ problem, exchanges: [unanswered] })).toBe('at the token endpoint')
})
