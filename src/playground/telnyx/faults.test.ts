import { expect, test } from 'vitest'
import { Faults } from './faults.ts'
import { readFault } from './read-fault.ts'

/** Faults that wait, by their status. */
function waiting(...faults: object[]): (method: string, path: string) => number | undefined {
  const all = new Faults()
  for (const fault of faults) all.add(readFault({ fault: 'status', ...fault }))
  return (method, path) => all.take(method, path)?.status
}

test('the first that matches happens, as often as it is to', () => {
  const take = waiting(
    { match: { method: 'POST', path: '/a' }, status: 500 },
    { match: { path: '/a' }, status: 501, times: 2 },
    { match: { path: '/a/*' }, status: 502 },
  )
  expect([take('GET', '/b'), take('GET', '/a/b'), take('GET', '/a/b')]).toEqual([undefined, 502, undefined])
  expect([take('GET', '/a'), take('POST', '/a'), take('POST', '/a'), take('POST', '/a')]).toEqual([
    501,
    500,
    501,
    undefined,
  ])
})

test('some pass before', () => {
  const take = waiting({ match: { path: '/a' }, status: 500, after: 2 })
  expect([1, 2, 3, 4].map(() => take('GET', '/a'))).toEqual([undefined, undefined, 500, undefined])
})

test.each([
  {},
  { match: { path: 'a' }, fault: 'reset' },
  { match: { path: '/a', x: 1 }, fault: 'reset' },
  { match: { path: '/a' }, fault: 'explode' },
  { match: { path: '/a' }, fault: 'status', status: 200 },
  { match: { path: '/a' }, fault: 'status', retry_after: 'x\r\ny: z' },
  { match: { path: '/a' }, fault: 'slow-body', delay_ms: 1e9 },
  { match: { path: '/a' }, fault: 'reset', times: 0 },
  { match: { path: '/a' }, fault: 'reset', unknown: 1 },
])('%j is refused', (body) => expect(() => readFault(body)).toThrow(/./))
