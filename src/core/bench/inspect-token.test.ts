import { describe, expect, it, test } from 'vitest'
import type { TokenFault } from '../../contract/bench/inspection.ts'
import { inspectOne, inspectWithValues } from './testing/inspect.ts'
import { encode, makeToken } from './testing/make-token.ts'

const ids = (faults: TokenFault[]) => faults.map(({ id }) => id)
const header = encode({ alg: 'HS256' })

test('a token is read with what its members mean and where that stands', () => {
  const token = inspectOne(
    makeToken(
      {
        iss: 'https://as.test',
        aud: ['a', 'b'],
        exp: 2_000_000_000,
        iat: 1_999_999_000,
        nonce: 'n',
        tid: 't',
        own: { a: 1 },
      },
      { alg: 'HS256', kid: 'k1', typ: 'JWT' },
    ),
  )
  expect(token).toMatchObject({ form: 'jws', use: 'id_token', faults: [], expiresAt: '2033-05-18T03:33:20.000Z' })
  expect(token.because).toContain('nonce')
  expect(token.header.map(({ name, family, section }) => [name, family, section])).toEqual([
    ['alg', 'jose', 'RFC 7515 §4.1.1'],
    ['kid', 'jose', 'RFC 7515 §4.1.4'],
    ['typ', 'jose', 'RFC 7515 §4.1.9'],
  ])
  expect(token.claims.map(({ name, family, shape }) => [name, family, shape])).toEqual([
    ['iss', 'jwt', 'text'],
    ['aud', 'jwt', 'list'],
    ['exp', 'jwt', 'time'],
    ['iat', 'jwt', 'time'],
    ['nonce', 'openid', 'text'],
    ['tid', 'vendor', 'text'],
    ['own', 'unknown', 'json'],
  ])
  expect(token.claims[5]!.meaning).toContain('Microsoft Entra')
  expect(token.claims[6]).not.toHaveProperty('meaning')
  expect(token.segments.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['header', 38],
    ['payload', 111],
    ['signature', 32],
  ])
  expect(token.claimsJson).toMatchObject({ own: { a: 1 } })
  expect(token.segments[1]!.text).toContain('\n  "iss": "https://as.test"')
})

test('HTML, scripts and what looks like a path in claims is data and stays as it is', () => {
  const hostile = {
    name: '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>': 'javascript:alert(1)',
    sub: "'; --",
  }
  const { claims, claimsJson, faults } = inspectOne(makeToken(hostile))
  expect(claimsJson).toEqual(hostile)
  expect(claims.map(({ name, value }) => [name, value])).toEqual(Object.entries(hostile))
  expect(faults).toEqual([])
})

describe('what a token is for', () => {
  it.each([
    [{ typ: 'at+jwt' }, {}, 'access_token'],
    [{ typ: 'application/AT+JWT' }, { nonce: 'n' }, 'access_token'],
    [{ typ: 'dpop+jwt' }, {}, 'dpop-proof'],
    [{ typ: 'logout+jwt' }, {}, 'logout_token'],
    [{}, { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, 'logout_token'],
    [{}, { htm: 'GET', htu: 'https://a.test' }, 'dpop-proof'],
    [{}, { scope: 'openid' }, 'access_token'],
    [{}, { typ: 'Refresh' }, 'refresh_token'],
    [{}, { token_use: 'id' }, 'id_token'],
    [{}, { iss: 'app', sub: 'app', aud: 'https://as.test' }, 'client-assertion'],
    [{}, { sub: 'a' }, 'unknown'],
  ])('%j %j', (more, claims, use) => {
    expect(inspectOne(makeToken(claims, { alg: 'HS256', ...more })).use).toBe(use)
  })
})

describe('parts', () => {
  const payload = encode({ sub: 'a' })
  it.each([
    [`${header}.${payload}`, 2, header.length + payload.length + 1],
    [`${header}.${payload}.c2ln.more`, 4, header.length + payload.length + 6],
    [`${encode({ alg: 'dir', enc: 'A128GCM' })}..aaaa.bbbb`, 4, 0],
    [`${header}.${payload}${'.x'.repeat(100)}`, 64, header.length],
  ])('%s', (value, parts, from) => {
    const { form, faults } = inspectOne(value)
    const { detail = '' } = faults.find(({ id }) => id === 'segments') ?? {}
    expect(form).toBe('malformed')
    expect(detail).toMatch(new RegExp(`^${parts}(?: or more)? parts`))
    expect(Number(/character (\d+)/.exec(detail)?.[1])).toBeGreaterThanOrEqual(from)
  })

  it('an empty payload and a missing or short signature are told', () => {
    expect(ids(inspectOne(`${header}..${'A'.repeat(43)}`).faults)).toEqual(['detached'])
    expect(inspectOne(`${header}.${payload}.`).faults).toMatchObject([
      { id: 'signature', detail: 'The signature is missing.' },
    ])
    expect(inspectOne(`${header}.${payload}.AAAA`).faults).toMatchObject([
      { detail: expect.stringContaining('32 bytes, this one 3') },
    ])
  })
})

describe('notes', () => {
  const notesOf = (more: object, claims: unknown = { sub: 'a' }) =>
    inspectOne(makeToken(claims, { alg: 'RS256', ...more }))
  it('an encrypted token is explained', () => {
    const value = `${encode({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'k1', cty: 'JWT', zip: 'DEF' })}.a2V5.aXY.Y2lwaGVy.dGFn`
    const token = inspectOne(value)
    expect(token).toMatchObject({ form: 'jwe', claims: [], faults: [] })
    expect(token.segments.map(({ name }) => name)).toEqual(['header', 'encrypted-key', 'iv', 'ciphertext', 'tag'])
    expect(token.notes.join(' ')).toMatch(/RSA-OAEP-256 encrypts a fresh key, A256GCM.*kid is k1.*compressed/)
    expect(inspectOne(`${encode({ alg: 'dir', enc: 'A128GCM' })}..aXY.Y2lwaGVy.dGFn`).notes[0]).toContain(
      'both sides share',
    )
  })

  it('an unsecured token is named, and one that is nearly so', () => {
    const unsecured = inspectOne(`${encode({ alg: 'none' })}.${encode({ sub: 'a' })}.`)
    expect(unsecured).toMatchObject({ form: 'unsecured', faults: [] })
    expect(unsecured.notes[0]).toContain('not signed')
    expect(ids(inspectOne(makeToken({}, { alg: 'none' })).faults)).toEqual(['signature'])
    expect(notesOf({ alg: 'nOnE' })).toMatchObject({
      form: 'jws',
      notes: [expect.stringContaining('some readers take it for none')],
    })
  })

  it('a token for another party is named', () => {
    expect(notesOf({ nonce: 'x', typ: 'JWT' }).notes).toEqual([expect.stringContaining('meant for another party')])
    expect(notesOf({}, { nonce: 'x' }).notes).toEqual([])
  })

  it('keys that come along are named and prove nothing', () => {
    const { notes } = notesOf({ jwk: { kty: 'RSA' }, jku: 'https://evil.test/keys', x5u: 'https://evil.test/x' })
    expect(notes).toEqual([expect.stringMatching(/\(jwk\).*\(jku\).*\(x5u\).*not asked/)])
    expect(notesOf({ typ: 'dpop+jwt', jwk: {} }).notes).toEqual([expect.stringContaining('RFC 9449')])
  })

  it('crit and b64', () => {
    expect(notesOf({ crit: ['x'], x: 1 }).notes).toEqual([expect.stringContaining('does not understand x must refuse')])
    expect(ids(notesOf({ crit: ['x'] }).faults)).toEqual(['crit'])
    expect(ids(notesOf({ crit: [] }).faults)).toEqual(['crit'])
    const plain = inspectOne(`${encode({ alg: 'ES256', b64: false, crit: ['b64'] })}.{"sub":"a"}.${'A'.repeat(86)}`)
    expect(plain).toMatchObject({ form: 'jws', faults: [], claims: [{ name: 'sub', value: 'a' }] })
    expect(plain.notes).toEqual([expect.stringContaining('RFC 7797')])
    expect(ids(inspectOne(`${encode({ alg: 'HS256', b64: false })}.{"sub":"a"}.${'A'.repeat(43)}`).faults)).toEqual([
      'b64',
    ])
  })

  it('disclosures of an SD-JWT are counted', () => {
    const { notes, form } = inspectOne(`${makeToken({ _sd: [] })}~WyJhIiwiYiIsMV0~WyJhIiwiYiIsMl0~`)
    expect(form).toBe('jws')
    expect(notes.join(' ')).toContain('2 of its claims')
  })
})

describe('a token within a token', () => {
  const inner = makeToken({ sub: 'inner' })
  it('as payload or as claim is read, and its value can be revealed', () => {
    const nested = inspectWithValues(makeToken(inner, { alg: 'HS256', cty: 'JWT' }))
    expect(nested.inspection.tokens[0]).toMatchObject({
      faults: [],
      inner: { form: 'jws', claims: [{ value: 'inner' }] },
    })
    const inClaim = inspectWithValues(makeToken({ upstream: inner }))
    expect(inClaim.inspection.tokens[0]!.inner).toMatchObject({ label: 'upstream', claims: [{ value: 'inner' }] })
    for (const { inspection, values } of [nested, inClaim]) {
      expect(values.get(inspection.tokens[0]!.inner!.fingerprint)).toBe(inner)
      expect(JSON.stringify(inspection)).not.toContain(inner)
    }
  })

  it('is read to a depth of three', () => {
    let token = inner
    for (let depth = 0; depth < 6; depth++) token = makeToken({ depth, next: token })
    let seen = 0
    for (let one = inspectOne(token).inner; one; one = one.inner) seen++
    expect(seen).toBe(3)
  })
})

test('no clear value of a token or a secret stands in what is answered', () => {
  const token = makeToken({ sub: 'a', client_secret: 's3cr3t-value', nested: { password: 'hunter22' } })
  const text = JSON.stringify({
    access_token: token,
    refresh_token: 'opaque-1234567890',
    note: 'see opaque-1234567890',
  })
  const { inspection, values } = inspectWithValues(text)
  const answer = JSON.stringify(inspection)
  for (const secret of [token, token.split('.')[2]!, 's3cr3t-value', 'hunter22', 'opaque-1234567890']) {
    expect(answer).not.toContain(secret)
  }
  expect(inspection.tokens.map(({ fingerprint }) => values.get(fingerprint))).toEqual([token, 'opaque-1234567890'])
})
