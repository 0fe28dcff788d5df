import { expect, it } from 'vitest'
import { maskOf } from '../../contract/mask.ts'
import { sameValue } from './same-value.ts'

const [one, other] = ['a', 'b'].map((digit) => maskOf(digit.repeat(32)))

it.each([
  ['x', 'x', true],
  ['x', 'y', false],
  [one, one, true],
  [one, other, false],
  [one, 'x', null],
  [maskOf(), maskOf(), null],
  ['‹sub #3f2a›', '‹sub #3f2a›', null],
  ['[REDACTED]', '[REDACTED]', null],
  ['*****', '*****', null],
  ['redacted-by-me', 'redacted-by-me', true],
])('%j and %j: %j', (a, b, same) => {
  expect(sameValue(a!, b!)).toBe(same)
  expect(sameValue(b!, a!)).toBe(same)
})
