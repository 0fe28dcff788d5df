import { expect, it } from 'vitest'
import type { ParameterDescription, ParameterType } from '../../../contract/description.ts'
import { isSameValue, pairsOfValue, placeholderOf, textOfValue, valueOfText } from './parameter-value.ts'

const parameter = (type: ParameterType): ParameterDescription => ({ name: 'n', title: 'N', type, hint: '' })

it('shows each kind of value as text and reads it back', () => {
  const values = [
    ['text', 'a b', 'a b'],
    ['integer', 30, '30'],
    ['list', ['https://a.test', 'https://b.test'], 'https://a.test\nhttps://b.test'],
    ['words', 'openid email', 'openid email'],
  ] as const
  for (const [type, value, text] of values) {
    expect(textOfValue(parameter(type), value as never)).toBe(text)
    expect(valueOfText(parameter(type), text)).toEqual(value)
  }
})

it('leaves a number that is none as it was typed', () => {
  expect(['30', '3x', ' ', '1.5'].map((text) => valueOfText(parameter('integer'), text))).toEqual([
    30,
    '3x',
    ' ',
    '1.5',
  ])
})

it('never shows a secret reference as if it were the secret', () => {
  expect(textOfValue(parameter('secret'), { secret: 'acme' })).toBe('')
  expect(placeholderOf(parameter('secret'), { secret: 'acme' })).toBe('secret: acme')
  expect(placeholderOf(parameter('secret'), undefined)).toBe('none')
  expect(placeholderOf(parameter('text'), undefined)).toBe('')
})

it('takes pairs only', () => {
  expect(pairsOfValue([['a', '1'], 'b', ['c']])).toEqual([['a', '1']])
})

it('knows the same value again, nothing being as good as empty', () => {
  expect(isSameValue(['a'], ['a'])).toBe(true)
  expect(isSameValue('', undefined)).toBe(true)
  expect(isSameValue('a', undefined)).toBe(false)
})
