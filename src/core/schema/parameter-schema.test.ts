import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ParameterDescription, ParameterType } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import { givenValues, parameterSchema, parametersSchema } from './parameter-schema.ts'

const describe = (type: ParameterType, more: Partial<ParameterDescription> = {}): ParameterDescription => ({
  name: 'a',
  title: 'A',
  type,
  hint: 'What it is.',
  ...more,
})

const choices = [
  { value: 'x', title: 'X' },
  { value: 'y', title: 'Y' },
]

const cases: [ParameterDescription, fits: Json[], fitsNot: Json[]][] = [
  [describe('text'), ['', 'a'], [1, null, ['a']]],
  [describe('multiline'), ['', 'a\nb'], [1, ['a']]],
  [describe('url'), ['https://a.test'], [{}]],
  [describe('integer', { minimum: 1, maximum: 3 }), [1, 3], [0, 4, 1.5, '1', true]],
  [describe('integer'), [-5, 0], ['']],
  [describe('boolean'), [true, false], ['true', 0]],
  [describe('choice', { choices }), ['x'], ['z', '', 1]],
  [describe('words'), ['a b'], [['a']]],
  [describe('list'), [[], ['a', 'b']], ['a', [1]]],
  [describe('pairs'), [[], [['a', '1']]], [[['a']], [['a', '1', '2']], { a: '1' }]],
  [describe('object'), [{}, { a: [1, { b: null }] }], [[], 'a', null]],
  [describe('secret'), ['clear', { secret: 'NAME' }], [{ secret: '' }, { secret: 'a', more: 1 }, {}, 1]],
]

test.each(cases)('%j', (description, fits, fitsNot) => {
  const schema = parameterSchema(description)
  for (const value of fits) expect(schema.safeParse(value).success, JSON.stringify(value)).toBe(true)
  for (const value of fitsNot) expect(schema.safeParse(value).success, JSON.stringify(value)).toBe(false)
})

test('all values are optional and unknown names pass', () => {
  const schema = parametersSchema([describe('integer')])
  expect(schema.parse({})).toEqual({})
  expect(schema.parse({ a: 1, b: 'other' })).toEqual({ a: 1, b: 'other' })
  expect(schema.safeParse({ a: 'x' }).error?.issues[0]?.path).toEqual(['a'])
})

test('a JSON Schema can be made of it, with the hint', () => {
  expect(z.toJSONSchema(parametersSchema([describe('choice', { choices })]))).toMatchObject({
    type: 'object',
    properties: { a: { enum: ['x', 'y'], description: 'What it is.' } },
  })
})

test('what counts as not given is left out', () => {
  expect(givenValues({ a: '', b: null, c: undefined, d: 0, e: false, f: [] })).toEqual({ d: 0, e: false, f: [] })
})
