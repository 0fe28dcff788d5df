import { expect, it } from 'vitest'
import type { OperationDescription } from './description.ts'
import { isDestructive } from './destructive.ts'

const call: OperationDescription = {
  id: 'call',
  title: '',
  summary: '',
  group: 'apis',
  specification: [],
  parameters: [],
  steps: [],
}

it('is always, never, or with some values of a parameter', () => {
  expect(isDestructive(call, {})).toBe(false)
  expect(isDestructive({ ...call, destructive: true }, {})).toBe(true)
  const some = { ...call, destructive: { parameter: 'method', values: ['DELETE'] } }
  expect(isDestructive(some, { method: 'DELETE' })).toBe(true)
  expect(isDestructive(some, { method: 'GET' })).toBe(false)
  expect(isDestructive(some, {})).toBe(false)
})
