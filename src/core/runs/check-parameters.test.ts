import { describe, expect, it } from 'vitest'
import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { checkParameters } from './check-parameters.ts'

const describeOne = (more: Partial<ParameterDescription>): ParameterDescription => ({
  name: 'thing',
  title: 'Thing',
  type: 'text',
  hint: 'A thing.',
  ...more,
})
const problemFor = (description: ParameterDescription, values: ParameterValues) => {
  try {
    checkParameters([description], values)
    return undefined
  } catch (error) {
    return error instanceof ProblemError ? error.problem : undefined
  }
}

describe('parameters', () => {
  it('take their default when empty and stay absent without one', () => {
    const descriptions = [describeOne({ default: 'x' }), describeOne({ name: 'other' })]
    expect(checkParameters(descriptions, { thing: '', other: [] })).toEqual({ thing: 'x' })
  })

  it.each<[ParameterDescription['type'], Json, Json]>([
    ['text', 'a', 1],
    ['multiline', 'a\nb', 'x'.repeat(1024 * 1024 + 1)],
    ['url', 'https://as.test/x', 'as.test'],
    ['integer', 5, 1.5],
    ['boolean', false, 'no'],
    ['choice', 'one', 'three'],
    ['words', 'a b', ['a']],
    ['list', ['a'], 'a'],
    ['pairs', [['a', 'b']], [['a']]],
    ['secret', { secret: 'NAME' }, 5],
    ['object', { a: 1 }, 'a'],
  ])('of type %s fit or are named', (type, fits, wrong) => {
    const description = describeOne({
      type,
      ...(type === 'choice' ? { choices: [{ value: 'one', title: 'One' }] } : {}),
    })
    expect(checkParameters([description], { thing: fits })).toEqual({ thing: fits })
    const found = problemFor(description, { thing: wrong })
    expect(found).toMatchObject({ code: 'parameter-invalid' })
    expect(found?.detail).toContain('Thing (thing)')
  })

  it('keep within their bounds', () => {
    const description = describeOne({ type: 'integer', minimum: 1, maximum: 3 })
    expect(problemFor(description, { thing: 4 })?.detail).toContain('1 to 3')
    expect(problemFor(description, { thing: 0 })).toBeDefined()
    expect(problemFor(description, { thing: 3 })).toBeUndefined()
  })

  it('never quote a secret that does not fit', () => {
    const found = problemFor(describeOne({ type: 'secret' }), { thing: { wrong: 'TOP-SECRET' } })
    expect(found?.code).toBe('parameter-invalid')
    expect(JSON.stringify(found)).not.toContain('TOP-SECRET')
  })

  it('name what is missing, how to give it, and what is unknown', () => {
    const missing = problemFor(describeOne({ name: 'client_id', title: 'Client', required: true }), {})
    expect(missing).toMatchObject({ code: 'parameter-missing' })
    expect(missing?.whatToDo?.[0]).toContain('(client_id)')
    expect(problemFor(describeOne({}), { thnig: 'x' })).toMatchObject({ code: 'parameter-unknown' })
  })
})

describe('an address without its scheme', () => {
  const advice = (value: string) => problemFor(describeOne({ type: 'url' }), { thing: value })?.whatToDo?.join('\n')

  it.each(['127.0.0.1:1', 'localhost:8080', 'localhost', '[::1]:80'])('is proposed with http:// for %s', (value) => {
    expect(advice(value)).toContain(`http://${value} `)
  })

  it('is not repeated when it may be something else, such as a secret', () => {
    expect(advice('hunter2.hunter2.hunter2')).toMatch(/^Begin the address with https:/)
  })
})
