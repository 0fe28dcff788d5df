import type { Json, JsonObject } from '../json.ts'
import { checkLine, shownValue, type CheckLine, type CheckName } from './check-line.ts'
import type { AskedOfToken, ExpectedHashes, JudgedUse, ReadClaims } from './judged-facts.ts'
import { lengthWords, millisecondsOf, shownTime } from './numeric-date.ts'
import { prefixOf } from './time-checks.ts'

/** What claims are compared with. */
export interface ClaimExpectations {
  token: ReadClaims
  use: JudgedUse
  asked: AskedOfToken
  hashes: ExpectedHashes
}

const core = 'OpenID Connect Core §3.1.3.7'

/** The checks of who issued a token, for whom, about whom; of an ID token all that its section asks for. */
export function claimChecks(expectations: ClaimExpectations): CheckLine[] {
  const { use } = expectations
  const common = [issuer(expectations), audience(expectations), ...subject(expectations)]
  if (use !== 'id_token') return [...common, ...nonce(expectations)]
  return [
    ...common,
    ...authorizedParty(expectations),
    ...nonce(expectations),
    ...hashes(expectations),
    ...signIn(expectations),
  ]
}

function nameOf({ use }: ClaimExpectations, rule: string, [title, own, other]: [string, string, string?]): CheckName {
  const section = use === 'id_token' ? own : (other ?? own)
  return { id: `${prefixOf(use)}.${rule}`, subject: 'claims', title, section }
}

/** Compares a claim with what was asked; not asked is no failure, and is said. */
function compare(
  name: CheckName,
  { wanted, actual, notAsked }: { wanted: string | undefined; actual: Json | undefined; notAsked: string },
) {
  if (wanted === undefined) {
    return checkLine(name, null, { expected: 'not asked', actual: shownValue(actual), why: notAsked })
  }
  return checkLine(name, actual === wanted, { expected: shownValue(wanted), actual: shownValue(actual), isAsked: true })
}

function issuer(expectations: ClaimExpectations): CheckLine {
  const { token, use, asked } = expectations
  const name = nameOf(expectations, 'iss', ['It comes from the issuer', core, 'RFC 7519 §4.1.1'])
  const { iss } = token.claims
  if (use === 'id_token' && typeof iss !== 'string') {
    return checkLine(name, false, { expected: asked.issuer ?? 'an issuer', actual: shownValue(iss) })
  }
  return compare(name, { wanted: asked.issuer, actual: iss, notAsked: 'No issuer was named to compare with.' })
}

function audience(expectations: ClaimExpectations): CheckLine {
  const { token, use, asked } = expectations
  const name = nameOf(expectations, 'aud', ['It is meant for this audience', core, 'RFC 7519 §4.1.3'])
  const { aud } = token.claims
  const wanted = asked.audience ?? (use === 'id_token' ? asked.client_id : undefined)
  const audiences = audiencesOf(token.claims)
  if (use === 'id_token' && audiences.length === 0) {
    return checkLine(name, false, { expected: wanted ?? 'an audience', actual: shownValue(aud) })
  }
  if (wanted === undefined) {
    const why = use === 'id_token' ? 'No client or audience was named.' : 'No audience was named.'
    return checkLine(name, null, { expected: 'not asked', actual: shownValue(aud), why })
  }
  return checkLine(name, audiences.includes(wanted), {
    expected: shownValue(wanted),
    actual: shownValue(aud),
    isAsked: true,
  })
}

/** The audiences of a token, one or several. @see RFC 7519 §4.1.3 */
export function audiencesOf({ aud }: JsonObject): string[] {
  return (Array.isArray(aud) ? aud : [aud]).filter((one): one is string => typeof one === 'string' && one !== '')
}

function subject(expectations: ClaimExpectations): CheckLine[] {
  const { token, use, asked } = expectations
  const { sub } = token.claims
  const isThere = typeof sub === 'string' && sub !== ''
  const missing = nameOf(expectations, 'sub-missing', [
    'It says whom it is about',
    'OpenID Connect Core §2',
    'RFC 7519 §4.1.2',
  ])
  const required = use === 'id_token' || asked.sub !== undefined
  const found = { expected: 'a subject', actual: shownValue(sub), isAdvice: !required }
  const line = checkLine(missing, isThere, found)
  if (asked.sub === undefined) return use === 'other' ? [] : [line]
  const changed = nameOf(expectations, 'sub-changed', [
    'It is about this user',
    'OpenID Connect Core §5.3.2',
    'RFC 7519 §4.1.2',
  ])
  return [line, compare(changed, { wanted: asked.sub, actual: sub, notAsked: '' })]
}

function authorizedParty(expectations: ClaimExpectations): CheckLine[] {
  const { token, asked } = expectations
  const { azp } = token.claims
  const several = audiencesOf(token.claims).length > 1
  if (azp === undefined && !several) return []
  const name = nameOf(expectations, 'azp', ['The authorized party is this client', core])
  if (azp === undefined) {
    const why = 'With several audiences azp says which client it was issued to.'
    return [checkLine(name, false, { expected: asked.client_id ?? 'a client', actual: 'absent', why, isAdvice: true })]
  }
  return [compare(name, { wanted: asked.client_id, actual: azp, notAsked: 'No client was named.' })]
}

function nonce(expectations: ClaimExpectations): CheckLine[] {
  const { token, use, asked } = expectations
  const name = nameOf(expectations, 'nonce', ['It answers this sign-in', core])
  if (asked.nonce === undefined && (use !== 'id_token' || token.claims.nonce === undefined)) return []
  return [
    compare(name, {
      wanted: asked.nonce,
      actual: token.claims.nonce,
      notAsked: 'The nonce that was sent is not known here.',
    }),
  ]
}

function hashes(expectations: ClaimExpectations): CheckLine[] {
  const about = [
    ['at_hash', 'at-hash', 'The access token', 'OpenID Connect Core §3.1.3.6'],
    ['c_hash', 'c-hash', 'The code', 'OpenID Connect Core §3.3.2.11'],
  ] as const
  return about.flatMap(([claim, rule, what, section]) => {
    const actual = expectations.token.claims[claim]
    const expected = expectations.hashes[claim]
    if (actual === undefined && expected === undefined) return []
    const name = nameOf(expectations, rule, [`${what} is the one that came along`, section])
    const shown = { expected: expected ?? `the hash of ${what.toLowerCase()}`, actual: shownValue(actual) }
    if (expected === undefined) return [checkLine(name, null, { ...shown, why: `${what} was not given.` })]
    const asked = { ...shown, isAsked: true }
    if (expected === null) return [checkLine(name, null, { ...asked, why: 'No hash belongs to this algorithm.' })]
    if (actual === undefined) return [checkLine(name, null, { ...asked, why: `The token has no ${claim}.` })]
    return [checkLine(name, actual === expected, asked)]
  })
}

function signIn(expectations: ClaimExpectations): CheckLine[] {
  const { token, asked } = expectations
  const { auth_time: signedIn, iat, acr } = token.claims
  const lines: CheckLine[] = []
  if (asked.max_age !== undefined) {
    const name = nameOf(expectations, 'auth-time', ['The sign-in was recent enough', core])
    const [from, to] = [millisecondsOf(signedIn), millisecondsOf(iat)]
    const holds = from !== null && to !== null && to - from <= (asked.max_age + 30) * 1000
    const actual = from !== null && to !== null ? `${lengthWords(to - from)} before` : shownTime(signedIn)
    lines.push(checkLine(name, holds, { expected: `at most ${asked.max_age} s before iat`, actual, isAsked: true }))
  }
  if (asked.acr_values !== undefined) {
    const name = nameOf(expectations, 'acr', ['The sign-in was of a wanted level', core])
    const holds = typeof acr === 'string' && asked.acr_values.split(' ').includes(acr)
    lines.push(
      checkLine(name, holds, { expected: shownValue(asked.acr_values), actual: shownValue(acr), isAsked: true }),
    )
  }
  return lines
}
