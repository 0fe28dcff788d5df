import { expect, it } from 'vitest'
import { excerptAt } from './excerpt.ts'

it.each([
  ['abcdef', 3, { before: 'abc', at: 'd', after: 'ef' }],
  ['abcdef', 0, { before: '', at: 'a', after: 'bcdef' }],
  ['abcdef', 6, { before: 'abcdef', at: '', after: '' }],
  ['abcdef', 99, { before: 'abcdef', at: '', after: '' }],
  ['', 0, { before: '', at: '', after: '' }],
  ['a𝄞b', 1, { before: 'a', at: '𝄞', after: 'b' }],
])('shows %j around %d', (text, offset, excerpt) => expect(excerptAt(text, offset)).toEqual(excerpt))

it('is bounded on both sides', () => {
  const { before, after } = excerptAt('x'.repeat(1000), 500, 10)
  expect([before, after]).toEqual([`…${'x'.repeat(10)}`, `${'x'.repeat(10)}…`])
})
