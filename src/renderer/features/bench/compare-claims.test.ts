import { expect, it } from 'vitest'
import type { ClaimRow, InspectedToken } from '../../../contract/bench/inspection.ts'
import type { Json, JsonObject } from '../../../contract/json.ts'
import { compareTokens } from './compare-claims.ts'

const shapes: Record<string, ClaimRow['shape']> = { exp: 'time', scope: 'words', act: 'json' }
const shapeOf = (name: string, value: Json): ClaimRow['shape'] =>
  shapes[name] ?? (Array.isArray(value) ? 'list' : 'text')
const row = ([name, value]: [string, Json | undefined]): ClaimRow => ({
  name,
  value: value!,
  family: 'unknown',
  shape: shapeOf(name, value!),
  faults: [],
})
const token = (claims: JsonObject, whole: JsonObject = claims) =>
  ({ header: [], claims: Object.entries(claims).map(row), claimsJson: whole }) as unknown as InspectedToken
const comparing = (left: JsonObject, right: JsonObject) =>
  compareTokens(token(left), token(right)).claims.map(({ name, change, words }) => [name, change, words])

it('tells what is the same, changed and only on one side, in the order of the left one', () => {
  expect(comparing({ iss: 'a', sub: 'x', gone: '1' }, { sub: 'y', iss: 'a', added: '2' })).toEqual([
    ['iss', 'same', ''],
    ['sub', 'changed', ''],
    ['gone', 'only-left', ''],
    ['added', 'only-right', ''],
  ])
})

it.each<[string, Json, Json, string, string]>([
  ['exp', 1000, 4600, 'changed', '1 h later'],
  ['exp', 4600, 1000, 'changed', '1 h earlier'],
  ['exp', 1000, '1000', 'changed', ''],
  ['scope', 'a b', 'b c', 'changed', 'more: c; gone: a'],
  ['scope', 'a b', 'b a', 'changed', 'in another order'],
  ['aud', ['a'], 'a', 'changed', 'written in another way'],
  ['aud', 'a', ['a', 'b'], 'changed', 'more: b'],
  ['act', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, 'same', ''],
  ['act', { a: [1, 2] }, { a: [2, 1] }, 'changed', ''],
])('compares %s %j with %j', (...[name, left, right, change, words]) => {
  expect(comparing({ [name]: left }, { [name]: right })).toEqual([[name, change, words]])
})

it('takes the whole values, where those of the rows were cut', () => {
  const cut = { long: 'aaa…' }
  const [compared] = compareTokens(token(cut, { long: 'aaab' }), token(cut, { long: 'aaac' })).claims
  expect(compared?.change).toBe('changed')
})
