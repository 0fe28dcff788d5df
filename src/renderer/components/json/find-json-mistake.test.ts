import { expect, it } from 'vitest'
import { findJsonMistake } from './find-json-mistake.ts'

it('finds nothing in what JSON.parse takes as an object', () => {
  const texts = ['{}', ' { "a" : [ 1 , -2.5e+3, true, null, "x\\u00e9\\n" ] } ', '{"a":{"b":[]},"c":[{}]}', '{"é":"𝄞"}']
  for (const text of texts) {
    expect(findJsonMistake(text)).toBeUndefined()
    expect(JSON.parse(text)).toBeTypeOf('object')
  }
})

it.each([
  ['', 1, 1, 'must be a JSON object'],
  ['[1]', 1, 1, 'beginning with {'],
  ['{\n  a: 1\n}', 2, 3, 'name of a member'],
  ['{\n  "a" 1\n}', 2, 7, ': is missing'],
  ['{\n  "a": x\n}', 2, 8, 'no JSON value'],
  ['{\n  "a": 01\n}', 2, 8, 'no JSON value'],
  ['{\n  "a": 1,\n}', 3, 1, 'name of a member'],
  ['{\n  "a": [1\n}', 3, 1, ', or ] is missing'],
  ['{\n  "a": "x\n}', 2, 8, 'does not end'],
  ['{"a":1} x', 1, 9, 'after the closing'],
  ['{"a":', 1, 6, 'value is missing'],
  ['{\n "a": 1,\n "a": 2\n}', 3, 2, '"a" stands twice'],
])('says where the mistake of %j is', (text, ...[line, column, message]) => {
  expect(findJsonMistake(text)).toEqual({ line, column, message: expect.stringContaining(message) })
})

it('ends with a text that is nested without end', () => {
  expect(findJsonMistake(`{"a":${'['.repeat(100_000)}`)?.message).toContain('too deep')
})

it('agrees with JSON.parse about every text that lost a sign', () => {
  const text = '{"a":[1,"b",{"c":null}],"d":"\\u0041"}'
  for (let at = 0; at < text.length; at++) {
    const damaged = text.slice(0, at) + text.slice(at + 1)
    let isParsed = true
    try {
      JSON.parse(damaged)
    } catch {
      isParsed = false
    }
    expect([damaged, findJsonMistake(damaged) === undefined]).toEqual([damaged, isParsed])
  }
})
