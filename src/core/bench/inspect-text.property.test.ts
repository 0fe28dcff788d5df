import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InspectedToken, TokenFault } from '../../contract/bench/inspection.ts'
import { inspect, inspectWithValues } from './testing/inspect.ts'
import { encode, makeToken } from './testing/make-token.ts'

// A fixed seed: the same cases on every run.
const settings = { seed: 7, numRuns: 300, endOnFailure: true }

const claims = fc.dictionary(
  fc.constantFrom(
    'iss',
    'sub',
    'aud',
    'exp',
    'nbf',
    'iat',
    'scope',
    'nonce',
    'cnf',
    'events',
    'tid',
    'own',
    '__proto__',
    '',
  ),
  fc.jsonValue({ maxDepth: 4 }),
)
const header = fc.dictionary(
  fc.constantFrom('alg', 'typ', 'kid', 'enc', 'crit', 'b64', 'jwk', 'cty', 'nonce'),
  fc.jsonValue({ maxDepth: 2 }),
)
const token = fc.tuple(header, claims).map(([head, body]) => makeToken(body, head))

/** What anybody, or any line, does to a text on its way. */
const mutation = fc.tuple(
  fc.nat(),
  fc.nat(20),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('flip', 'cut', 'insert', 'drop', 'repeat'),
)
function mutate(text: string, [at, length, inserted, how]: [number, number, string, string]): string {
  const place = text.length === 0 ? 0 : at % text.length
  const [before, behind] = [text.slice(0, place), text.slice(place)]
  if (how === 'cut') return before
  if (how === 'insert') return before + inserted + behind
  if (how === 'drop') return before + behind.slice(length)
  if (how === 'repeat') return before + behind.slice(0, length).repeat(3) + behind
  return before + String.fromCharCode((behind.charCodeAt(0) || 0) ^ (1 << (length % 8))) + behind.slice(1)
}

function checkPlace({ segment, offset = 0, inDecoded, detail }: TokenFault, { segments }: InspectedToken): void {
  expect(detail).not.toBe('')
  const place = segments.find(({ name }) => name === segment)
  if (!place) return
  expect(offset).toBeGreaterThanOrEqual(0)
  // Decoded, a character takes at least one byte.
  expect(offset).toBeLessThanOrEqual(inDecoded ? (place.bytes ?? 0) : place.characters)
}

/** Every place that is told lies inside of the text that it is told of, and nothing is missing. */
function check(one: InspectedToken): void {
  expect(one.fingerprint).toMatch(/^[0-9a-f]{32}$/)
  for (const fault of one.faults) checkPlace(fault, one)
  for (const { faults } of [...one.header, ...one.claims]) expect(faults.every((fault) => fault !== '')).toBe(true)
  if (one.inner) check(one.inner)
}

function readAndCheck(text: string, name?: string) {
  const { inspection, values } = inspectWithValues(text, name)
  // What crosses a border comes out as it went in.
  expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection)
  inspection.tokens.forEach(check)
  const answer = JSON.stringify(inspection)
  for (const { fingerprint, form } of inspection.tokens) {
    const value = values.get(fingerprint)!
    expect(value.length).toBeGreaterThan(0)
    if (form !== 'opaque' && value.length > 40) expect(answer).not.toContain(value)
  }
  return inspection
}

test('a token is read as what it was made of', () => {
  fc.assert(
    fc.property(token, (value) => {
      const { recognised, tokens } = readAndCheck(value)
      expect(recognised).toBe('token')
      expect(tokens).toHaveLength(1)
      expect(tokens[0]!.characters).toBe(value.length)
    }),
    settings,
  )
})

test('a damaged token is read without a crash, its faults in their places', () => {
  fc.assert(
    fc.property(token, fc.array(mutation, { minLength: 1, maxLength: 5 }), (value, mutations) => {
      readAndCheck(mutations.reduce(mutate, value))
    }),
    { ...settings, numRuns: 1000 },
  )
})

test('a token whose JSON is damaged is read', () => {
  const damaged = fc.tuple(claims, fc.array(mutation, { minLength: 1, maxLength: 4 })).map(([body, all]) => {
    const payload = all.reduce(mutate, JSON.stringify(body))
    return `${encode({ alg: 'HS256' })}.${Buffer.from(payload).toString('base64url')}.${'A'.repeat(43)}`
  })
  fc.assert(
    fc.property(damaged, (value) => {
      expect(readAndCheck(value).tokens).toHaveLength(1)
    }),
    settings,
  )
})

test('a payload of any bytes is read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      readAndCheck(`${encode({ alg: 'RS256' })}.${Buffer.from(bytes).toString('base64url')}.AAAA`)
    }),
    settings,
  )
})

test('any text is read', () => {
  const words = fc.constantFrom(
    'curl',
    '-H',
    '"',
    "'",
    '\\',
    '^"',
    '{',
    '}',
    '[',
    'Authorization: Bearer',
    'DPoP:',
    '?code=',
    '#',
    '&',
    '=',
    '%7B',
    '\n',
    '.',
    'eyJhbGciOiJub25lIn0',
    '"log":',
    '"entries":',
    '~',
  )
  const text = fc.array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 12 }), token), { maxLength: 12 })
  fc.assert(
    fc.property(text, fc.constantFrom('', ' '), (parts, between) => {
      readAndCheck(parts.join(between))
    }),
    { ...settings, numRuns: 1000 },
  )
})

test('any JSON is read', () => {
  const named = fc.dictionary(
    fc.constantFrom(
      'access_token',
      'code',
      'log',
      'entries',
      'request',
      'response',
      'headers',
      'error',
      'name',
      'value',
      'text',
    ),
    fc.oneof(fc.jsonValue({ maxDepth: 3 }), token),
  )
  const har = named.map((entry) => ({ log: { entries: [entry, { request: entry, response: entry }] } }))
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), named, har), (value) => {
      readAndCheck(JSON.stringify(value), 'a.har')
    }),
    settings,
  )
})

// Texts like these take minutes with a careless expression; the time limit of a test is what they are held to.
test.each([
  '{',
  '{"a":',
  '[',
  '"',
  '\\"',
  'e',
  'ey',
  'eyJ',
  'eyJh.',
  '.',
  'a.',
  '~',
  '%7B',
  '%',
  '=',
  '&a=',
  '?',
  '\n',
  'a\n',
  'eyJh.e.e\n',
  "$'",
  '^"',
  'curl ',
  'curl -d "',
  'Authorization: ',
  'Bearer ',
  'DPoP: e',
  'http://a?',
  '<',
  '{"log":{"entries":[',
  '-----BEGIN ',
  '{"\\"',
  'aB3.',
])('%j over and over is read', (piece) => {
  const body = piece.repeat(Math.ceil(200_000 / piece.length))
  for (const text of [
    body,
    `curl ${body}`,
    `{${body}`,
    `Bearer ${body}`,
    `eyJhbGciOiJub25lIn0.${body}`,
    `x ${body} y`,
  ]) {
    expect(inspect(text).read).not.toBe('')
  }
})
