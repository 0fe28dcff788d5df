import { expect, it } from 'vitest'
import { secretRowsOf } from './secret-rows.ts'

const secrets = [
  { name: 'b', from: 'environment variable B', usedBy: ['staging'], origins: [] },
  { name: 'c', from: 'vault', usedBy: [], origins: ['https://as.test'], savedAt: '2026-11-20T10:00:00.000Z' },
]
const missing = [{ name: 'a', usedBy: ['dev'] }]

it('lists secrets with and without a value by name, and says which are set elsewhere', () => {
  const rows = secretRowsOf(secrets, missing, '')
  expect(rows.map(({ name, from, isMissing, isEditable }) => [name, from, isMissing, isEditable])).toEqual([
    ['a', 'no value here', true, true],
    ['b', 'from the environment variable B', false, false],
    ['c', 'kept on this machine', false, true],
  ])
})

it('leaves what holds every word of the filter', () => {
  expect(secretRowsOf(secrets, missing, 'AS.test kept').map(({ name }) => name)).toEqual(['c'])
  expect(secretRowsOf(secrets, missing, 'dev').map(({ name }) => name)).toEqual(['a'])
})
