import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { judge } from './judge.ts'
import type { JudgedFacts, SignatureFacts } from './judged-facts.ts'
import { lengthWords } from './numeric-date.ts'
import { judgedUseOf } from './token-use.ts'

const at = '2026-01-01T12:00:00.000Z'
const now = Date.parse(at) / 1000
const genuine: SignatureFacts = { state: 'genuine', words: '', reason: 'It fits.', checks: [], keysFrom: 'given' }
const unknown: SignatureFacts = {
  ...genuine,
  state: 'not-verified',
  words: 'no key had the kid abc',
  reason: 'No key.',
}
const forged: SignatureFacts = { ...genuine, state: 'forged', words: 'the signature does not fit', reason: 'No.' }
const sound: JsonObject = { iss: 'https://as.test', sub: 'alice', aud: 'client', iat: now - 60, exp: now + 600 }

function facts(claims: JsonObject = {}, more: Partial<JudgedFacts> = {}): JudgedFacts {
  const told = Object.entries({ ...sound, ...claims }).filter(([, value]) => value !== null)
  return {
    token: { header: { alg: 'RS256' }, claims: Object.fromEntries(told), characters: 800 },
    use: 'id_token',
    signature: genuine,
    at,
    toleranceSeconds: 30,
    asked: { issuer: 'https://as.test', client_id: 'client' },
    hashes: {},
    ...more,
  }
}

const checkOf = (given: JudgedFacts, id: string) => judge(given).checks.find((check) => check.id === id)

describe('the verdict', () => {
  it('is valid when the signature is genuine, the time current and all that was asked fits', () => {
    expect(judge(facts())).toMatchObject({
      verdict: 'valid',
      headline: 'Genuine and current',
      signature: { state: 'genuine' },
      time: { state: 'current' },
      claims: { state: 'fit' },
    })
  })

  it.each<[string, JudgedFacts, string]>([
    ['Genuine, expired 3 h 12 m ago', facts({ exp: now - 3 * 3600 - 12 * 60 }), 'invalid'],
    ['Genuine and current, but for another audience', facts({ aud: 'other' }), 'invalid'],
    ['Genuine, expired 1 h ago, and for another audience', facts({ aud: 'other', exp: now - 3600 }), 'invalid'],
    ['Genuine and current, but from another issuer', facts({ iss: 'https://x.test' }), 'invalid'],
    ['Not verified: no key had the kid abc', facts({}, { signature: unknown }), 'not-verified'],
    [
      'Not verified: no key had the kid abc; expired 1 h ago',
      facts({ exp: now - 3600 }, { signature: unknown }),
      'invalid',
    ],
    ['Forged: the signature does not fit', facts({}, { signature: forged }), 'invalid'],
    ['Genuine, without an end', facts({ exp: null }, { use: 'other' }), 'not-verified'],
    ['Genuine, not to be used yet', facts({ nbf: now + 60 }), 'invalid'],
    ['Genuine, without an end that can be told', facts({ exp: 'soon' }), 'invalid'],
    ['Genuine, ending before it begins', facts({ iat: now + 20, exp: now + 10 }), 'invalid'],
    ['Genuine, expired 1 h ago', facts({ iat: now - 60, exp: now - 3600 }), 'invalid'],
    ['Genuine, without an end that can be told', facts({ exp: 1e300 }), 'invalid'],
    ['Genuine and current, but with a wrong nonce', facts({ nonce: 'b' }, { asked: { nonce: 'a' } }), 'invalid'],
  ])('%s', (headline, given, verdict) => {
    expect(judge(given)).toMatchObject({ headline, verdict })
  })

  it('never calls invalid what only another party can check', () => {
    const signature = { ...unknown, isForOthers: true as const }
    expect(judge(facts({ exp: now - 3600, aud: 'other' }, { signature })).verdict).toBe('not-verified')
  })

  it('says nothing final while keys could not be had', () => {
    const signature = { ...unknown, isUnavailable: true as const }
    const verdict = judge(facts({ exp: now - 3600 }, { signature }))
    expect(verdict).toMatchObject({ verdict: 'not-verified', time: { state: 'expired' } })
  })

  it('is not-verified without claims, and says why', () => {
    const verdict = judge({ ...facts(), token: null, unreadable: 'It is encrypted.', signature: unknown })
    expect(verdict).toMatchObject({
      verdict: 'not-verified',
      time: { state: 'not-verified', reason: 'It is encrypted.' },
    })
  })

  it('is not valid while something that was asked cannot be told', () => {
    const verdict = judge(facts({}, { hashes: { at_hash: 'abc' } }))
    expect(verdict).toMatchObject({ verdict: 'not-verified', claims: { state: 'not-verified' } })
    expect(judge(facts({ at_hash: 'x' }, { hashes: { at_hash: null } })).verdict).toBe('not-verified')
  })

  it('is the same for the same facts, also through JSON, and judges as of the time given', () => {
    const given = facts({ exp: now - 3600 })
    expect(judge(JSON.parse(JSON.stringify(given)) as JudgedFacts)).toEqual(judge(given))
    expect(judge({ ...given, at: '2026-01-01T10:00:00.000Z', asked: {} }).time.state).toBe('not-yet')
    expect(judge({ ...facts({ exp: now - 3600, iat: now - 7200 }), at: '2026-01-01T10:30:00.000Z' }).verdict).toBe(
      'valid',
    )
  })
})

describe('each rule', () => {
  it.each<[string, JsonObject, Partial<JudgedFacts>?]>([
    ['idtoken.iss', { iss: null }],
    ['idtoken.iss', { iss: 'https://as.test/' }],
    ['idtoken.aud', { aud: null }],
    ['idtoken.aud', { aud: ['a', 'b'] }],
    ['idtoken.azp', { azp: 'other' }],
    ['idtoken.exp', { exp: null }],
    ['idtoken.exp', { exp: now - 30 }],
    ['idtoken.nbf', { nbf: now + 31 }],
    ['idtoken.iat-future', { iat: now + 31 }],
    ['idtoken.iat-future', { iat: null }],
    ['idtoken.iat-old', { iat: now - 86_401 }],
    ['idtoken.sub-missing', { sub: null }],
    ['idtoken.sub-changed', {}, { asked: { sub: 'bob' } }],
    ['idtoken.nonce', {}, { asked: { nonce: 'a' } }],
    ['idtoken.at-hash', { at_hash: 'x' }, { hashes: { at_hash: 'y' } }],
    ['idtoken.c-hash', { c_hash: 'x' }, { hashes: { c_hash: 'y' } }],
    ['idtoken.auth-time', { auth_time: now - 1000 }, { asked: { max_age: 300 } }],
    ['idtoken.auth-time', {}, { asked: { max_age: 300 } }],
    ['idtoken.acr', { acr: 'low' }, { asked: { acr_values: 'high' } }],
    ['jwt.aud', {}, { use: 'other', asked: { audience: 'api' } }],
    ['jwt.exp', { exp: now - 30 }, { use: 'other' }],
    ['jwt.iss', {}, { use: 'access_token', asked: { issuer: 'https://b.test' } }],
    ['at.typ', {}, { use: 'access_token' }],
    ['at.aud-missing', { aud: null }, { use: 'access_token' }],
    ['at.audience-is-client', {}, { use: 'access_token' }],
    ['at.lifetime-long', { exp: now + 7200 }, { use: 'access_token' }],
    ['at.lifetime-long', { exp: now - 120 }, { use: 'access_token' }],
    ['idtoken.lifetime', { exp: now - 61 }],
    ['jwt.lifetime', { exp: now - 120 }, { use: 'access_token' }],
    ['jwt.lifetime', { nbf: now + 20, exp: now + 10 }, { use: 'other' }],
    ['at.pii', { email: 'a@b.test' }, { use: 'access_token' }],
    ['jwt.clock-skew', {}, { skew: { milliseconds: -45_000, uncertaintyMs: 500 } }],
  ])('%s fails for %j', (id, claims, more) => {
    expect(checkOf(facts(claims, more), id)).toMatchObject({ holds: false })
    expect(checkOf(facts(claims, more), id)?.section).toMatch(/RFC|OpenID/)
  })

  it('discourages only: an access token with everything discouraged is valid all the same', () => {
    const claims = { email: 'a@b.test', exp: now + 7200 }
    expect(judge(facts(claims, { use: 'access_token', asked: {} })).verdict).toBe('valid')
  })

  it('lets clocks differ by the tolerance', () => {
    expect(judge(facts({ exp: now - 29 })).verdict).toBe('valid')
    expect(judge(facts({ iat: now + 29, nbf: now + 29 })).verdict).toBe('valid')
    expect(judge(facts({ exp: now }, { toleranceSeconds: 0 })).verdict).toBe('invalid')
  })

  it('shows claims bounded, and looks into nothing that is nested', () => {
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as never
    const checks = judge(
      facts({ aud: deep, iss: 'x'.repeat(100_000), nonce: { a: 1 } }, { asked: { nonce: 'a' } }),
    ).checks
    for (const { actual } of checks) expect(actual.length).toBeLessThan(400)
  })
})

describe('what a token is judged as', () => {
  it.each<[JsonObject, JsonObject, string]>([
    [{ typ: 'at+jwt' }, {}, 'access_token'],
    [{ typ: 'application/at+jwt' }, { nonce: 'x' }, 'access_token'],
    [{ typ: 'logout+jwt' }, { nonce: 'x' }, 'other'],
    [{ typ: 'JWT' }, { typ: 'ID' }, 'id_token'],
    [{ typ: 'JWT' }, { typ: 'Bearer', nonce: 'x' }, 'access_token'],
    [{}, { token_use: 'access' }, 'access_token'],
    [{}, { at_hash: 'x' }, 'id_token'],
    [{}, { scp: 'a', nonce: 'x' }, 'access_token'],
    [{}, {}, 'other'],
  ])('%j %j', (header, claims, use) => {
    expect(judgedUseOf(header, claims).use).toBe(use)
  })
})

it.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 m'],
  [11_520_000, '3 h 12 m'],
  [90_000_000, '1 d 1 h'],
  [-61_000, '1 m 1 s'],
])('%d ms are %s', (milliseconds, words) => {
  expect(lengthWords(milliseconds)).toBe(words)
})
