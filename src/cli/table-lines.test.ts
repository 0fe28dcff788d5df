import { expect, test } from 'vitest'
import { createPaint } from './paint.ts'
import { tableLines } from './table-lines.ts'

const textOf = (result: unknown) => tableLines(result, createPaint({})).map(({ painted }) => painted)

test('a list is a table with a column for each name', () => {
  const rows = [
    { name: 'acme', builtIn: false, missingSecrets: ['a', 'b'] },
    { name: 'playground', builtIn: true, missingSecrets: [], problem: { code: 'x' } },
  ]
  expect(textOf(rows)).toEqual([
    'name        built in  missing secrets  problem',
    'acme        no        a, b             -',
    'playground  yes       -                {"code":"x"}',
  ])
  expect(textOf([])).toEqual(['none'])
})

test('an object is a line for each member, a fingerprint is a short mask', () => {
  const fingerprint = 'a91c0000111122223333444455556666'
  expect(textOf({ kind: 'id_token', fingerprint, profile: null, missing: undefined })).toEqual([
    'kind         id_token',
    'fingerprint  ●●●● #a91c',
    'profile      -',
  ])
  expect(textOf('done')).toEqual(['done'])
})

test('values stand on lines of their own, a secret by its name, and advice below', () => {
  const values = { issuer: 'https://a.test', client_secret: { secret: 'acme' } }
  expect(textOf({ name: 'acme', values, whatToDo: ['Do this.', 'Or that (user).'] })).toEqual([
    'name    acme',
    'values',
    '  issuer         https://a.test',
    '  client_secret  secret acme',
    '→ Do this.',
    '→ Or that (--user TEXT).',
  ])
})

test("a stranger's text stays in its cell", () => {
  expect(textOf([{ title: 'a\u001b[2J\nb' }]).join('|')).toBe('title|a\\e[2J\\nb')
})
