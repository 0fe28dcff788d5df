import { describe, expect, it } from 'vitest'
import { inspect, inspectOne } from './testing/inspect.ts'
import { encode, makeToken } from './testing/make-token.ts'

const raw = (header: string, payload: string) => `${header}.${payload}.${Buffer.alloc(32).toString('base64url')}`
const header = encode({ alg: 'HS256' })

describe('base64url', () => {
  const payload = encode({ sub: 'anna' })
  const cases: [string, string, number, string][] = [
    ['padding', `${payload}==`, payload.length, 'Padding'],
    ['white space', `${payload.slice(0, 5)}\u200b${payload.slice(5)}`, 5, 'White space'],
    ['a character of none', `${payload.slice(0, 7)}!${payload.slice(7)}`, 7, 'base64url has not'],
    ['trailing bits', 'eyJzdWIiOiJhIn1', 14, 'bits that belong to nothing'],
    ['one character too few', payload.slice(0, payload.length - (payload.length % 4 || 4) + 1), 16, 'left over'],
  ]
  it.each(cases)('%s is told with its place', (...[, segment, offset, detail]) => {
    const { form, faults } = inspectOne(raw(header, segment))
    expect(form).toBe('malformed')
    expect(faults.find(({ id }) => id === 'base64url')).toMatchObject({
      segment: 'payload',
      offset,
      detail: expect.stringContaining(detail),
    })
  })

  it('of the usual alphabet is read, and told', () => {
    const odd = Buffer.from('{"sub":"???>>>"}').toString('base64').replace(/=+$/, '')
    expect(odd).toMatch(/[+/]/)
    const token = inspectOne(raw(header, odd))
    expect(token.faults).toMatchObject([{ id: 'base64url', offset: odd.search(/[+/]/), segment: 'payload' }])
    expect(token.claims).toMatchObject([{ name: 'sub', value: '???>>>' }])
  })
})

describe('JSON', () => {
  const faultsOf = (payload: string) => inspectOne(raw(header, encode(payload))).faults
  it.each([
    ['{"sub":"a","exp":}', { id: 'json', offset: 17, pointer: '/exp', inDecoded: true }],
    ['{"sub":"a" "exp":1}', { id: 'json', offset: 11, pointer: '' }],
    ['{"a":{"b":[1,tru]}}', { id: 'json', offset: 13, pointer: '/a/b/1' }],
    ['{"sub":"a","sub":"b"}', { id: 'duplicate-key', offset: 11, pointer: '/sub' }],
    ['{"a":{"x/y":1,"x/y":2}}', { id: 'duplicate-key', offset: 14, pointer: '/a/x~1y' }],
    ['["sub"]', { id: 'not-an-object', detail: expect.stringContaining('a list') }],
    ['"sub"', { id: 'not-an-object', detail: expect.stringContaining('a string') }],
    ['\ufeff{"sub":"a"}', { id: 'json', offset: 0, detail: expect.stringContaining('byte order mark') }],
    ['{"n":12345678901234567890}', { id: 'number', pointer: '/n' }],
    ['{"n":1e999}', { id: 'number', pointer: '/n' }],
    ['{"name":"a\\u0000b"}', { id: 'control-characters', pointer: '/name', detail: expect.stringContaining('U+0000') }],
    ['{"name":"a\u202eb"}', { id: 'control-characters', pointer: '/name', detail: expect.stringContaining('U+202E') }],
    ['{"na\u200bme":1}', { id: 'control-characters', detail: expect.stringContaining('U+200B') }],
    ['{"name":"\\ud800"}', { id: 'control-characters', detail: expect.stringContaining('U+D800') }],
  ])('%j', (payload, expected) => {
    expect(faultsOf(payload)[0]).toMatchObject({ segment: 'payload', ...expected })
  })

  it('that is broken is shown as far as it goes, and the token is malformed', () => {
    const token = inspectOne(raw(header, encode('{"iss":"https://as.test","sub":"a","ex')))
    expect(token).toMatchObject({ form: 'malformed', claims: [{ name: 'iss' }, { name: 'sub' }] })
    expect(token).not.toHaveProperty('claimsJson')
    expect(token.segments[1]!.text).toBe('{"iss":"https://as.test","sub":"a","ex')
  })

  it('with a name twice shows the last value, says so in the row, and keeps the text as it stood', () => {
    const token = inspectOne(raw(header, encode('{"sub":"a","sub":"b"}')))
    expect(token).toMatchObject({
      form: 'jws',
      claims: [{ name: 'sub', value: 'b', faults: [expect.stringContaining('second time')] }],
    })
    expect(token.segments[1]!.text).toBe('{"sub":"a","sub":"b"}')
  })

  it('with names of JavaScript is data', () => {
    const token = inspectOne(raw(header, encode('{"__proto__":{"alg":"x"},"constructor":1,"toString":2}')))
    expect(token.claims.map(({ name, family }) => [name, family])).toEqual([
      ['__proto__', 'unknown'],
      ['constructor', 'unknown'],
      ['toString', 'unknown'],
    ])
  })
})

it('invalid UTF-8 is told with its place, behind a U+FFFD that stands there rightly', () => {
  const bytes = Buffer.concat([Buffer.from('{"name":"\ufffdä'), Buffer.from([0xff, 0x41]), Buffer.from('"}')])
  const token = inspectOne(raw(header, bytes.toString('base64url')))
  expect(token.faults[0]).toMatchObject({
    id: 'utf8',
    offset: 11,
    inDecoded: true,
    detail: expect.stringContaining('byte 14'),
  })
  expect(token.claims[0]).toMatchObject({ value: '\ufffdä\ufffdA' })
})

describe('size', () => {
  const large = (characters: number) => makeToken({ sub: 'a', fill: 'x y '.repeat(characters / 4) })
  it('a token of 1 MB is read, each value and each text bounded', () => {
    const token = inspectOne(large(760_000))
    expect(token).toMatchObject({ form: 'jws', faults: [], claims: [{ name: 'sub' }, { name: 'fill' }] })
    expect(token.characters).toBeGreaterThan(1_000_000)
    expect(token.claims[1]!.value).toMatch(/… \(760000 characters\)$/)
    expect(token.segments[1]!.text).toMatch(/… cut here: 7600\d\d characters in all$/)
    expect(JSON.stringify(token).length).toBeLessThan(1_000_000)
  })

  it('a token over 2 MB is refused and said so, and keeps its place', () => {
    const token = inspectOne(large(1_700_000))
    expect(token).toMatchObject({ form: 'malformed', segments: [], faults: [{ id: 'too-large' }] })
  })

  it('10,000 brackets are told, and what stands beside them is shown', () => {
    const deep = `{"sub":"a","deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
    const token = inspectOne(raw(header, encode(deep)))
    expect(token.claims.map(({ name }) => name)).toEqual(['sub', 'deep'])
    expect(token.faults).toMatchObject([{ id: 'too-deep', segment: 'payload', offset: 18 + 499 }])
    expect(inspect('['.repeat(100_000)).recognised).toBe('nothing')
    expect(inspect(`${'{"a":'.repeat(50_000)}{"access_token":"abcdefgh"}${'}'.repeat(50_000)}`).recognised).toBe(
      'token-response',
    )
    expect(inspectOne(raw(header, encode('[{"a":'.repeat(20_000)))).form).toBe('malformed')
  })

  it('100,000 claims, and elements of a list, are cut, and it is said how many there are', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_one, index) => [`c${index}`, index]))
    const token = inspectOne(makeToken(many))
    expect(token.claims).toHaveLength(500)
    expect(token.claimsJson).toMatchObject({ c0: 0, '…': '98000 more' })
    expect(token.segments[1]!.text).toContain('"…": "98000 more"')
    expect(inspectOne(makeToken({ groups: Array(100_000).fill(1) })).segments[1]!.text).toContain('… (98000 more)')
  })
})
