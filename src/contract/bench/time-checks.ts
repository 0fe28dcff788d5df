import type { JsonObject } from '../json.ts'
import { checkLine, type CheckLine, type CheckName } from './check-line.ts'
import type { JudgedFacts, JudgedUse } from './judged-facts.ts'
import { isoOf, lengthWords, millisecondsOf, shownTime } from './numeric-date.ts'
import type { TokenVerdict } from './verdict.ts'

/** What time is told by: the claims, the moment, and how far clocks may be apart. */
export interface Moment {
  claims: JsonObject
  use: JudgedUse
  atMs: number
  toleranceMs: number
}

/** The moment that facts are judged at. */
export function momentOf(facts: JudgedFacts, claims: JsonObject): Moment {
  return { claims, use: facts.use, atMs: Date.parse(facts.at), toleranceMs: facts.toleranceSeconds * 1000 }
}

/** The word before the dot of a rule: ID tokens have rules of their own. */
export function prefixOf(use: JudgedUse): 'idtoken' | 'jwt' {
  return use === 'id_token' ? 'idtoken' : 'jwt'
}

const dayMs = 86_400_000

/** The checks of `exp`, `nbf` and `iat`. @see RFC 7519 §4.1.4-§4.1.6, OpenID Connect Core §2, §3.1.3.7 */
export function timeChecks(moment: Moment): CheckLine[] {
  return [...expiry(moment), ...notBefore(moment), ...issuedAt(moment), ...lifetime(moment)]
}

function nameOf({ use }: Moment, rule: string, [title, section]: [string, string]): CheckName {
  return { id: `${prefixOf(use)}.${rule}`, subject: 'time', title, section }
}

function expiry(moment: Moment): CheckLine[] {
  const { claims, use, atMs, toleranceMs } = moment
  const section = use === 'id_token' ? 'OpenID Connect Core §3.1.3.7' : 'RFC 7519 §4.1.4'
  const name = nameOf(moment, 'exp', ['It has not expired', section])
  const expected = `after ${isoOf(atMs)}`
  const actual = shownTime(claims.exp)
  if (claims.exp === undefined && use !== 'id_token') {
    return [checkLine(name, null, { expected, actual, why: 'It does not say when it ends.' })]
  }
  const ends = millisecondsOf(claims.exp)
  if (ends === null) return [checkLine(name, false, { expected, actual, why: 'exp is no time that can be told.' })]
  const holds = atMs < ends + toleranceMs
  const why = holds ? {} : { why: `It expired ${lengthWords(atMs - ends)} before.` }
  return [checkLine(name, holds, { expected, actual, ...why })]
}

function notBefore(moment: Moment): CheckLine[] {
  const { claims, atMs, toleranceMs } = moment
  if (claims.nbf === undefined) return []
  const name = nameOf(moment, 'nbf', ['It may be used already', 'RFC 7519 §4.1.5'])
  const found = { expected: `not after ${isoOf(atMs)}`, actual: shownTime(claims.nbf) }
  const begins = millisecondsOf(claims.nbf)
  if (begins === null) return [checkLine(name, false, { ...found, why: 'nbf is no time that can be told.' })]
  const holds = begins - toleranceMs <= atMs
  return [checkLine(name, holds, holds ? found : { ...found, why: `It begins ${lengthWords(begins - atMs)} later.` })]
}

function issuedAt(moment: Moment): CheckLine[] {
  const { claims, use, atMs, toleranceMs } = moment
  if (claims.iat === undefined && use !== 'id_token') return []
  const section = use === 'id_token' ? 'OpenID Connect Core §2' : 'RFC 7519 §4.1.6'
  const name = nameOf(moment, 'iat-future', ['It was issued before now', section])
  const found = { expected: `not after ${isoOf(atMs)}`, actual: shownTime(claims.iat) }
  const issued = millisecondsOf(claims.iat)
  if (issued === null) return [checkLine(name, false, { ...found, why: 'iat is no time that can be told.' })]
  const holds = issued - toleranceMs <= atMs
  const line = checkLine(name, holds, holds ? found : { ...found, why: `It is ${lengthWords(issued - atMs)} ahead.` })
  const age = atMs - issued
  const old = nameOf(moment, 'iat-old', ['It was issued within a day', section])
  return use === 'id_token'
    ? [
        line,
        checkLine(old, age <= dayMs, { expected: 'at most 1 d', actual: `${lengthWords(age)} before`, isAdvice: true }),
      ]
    : [line]
}

/** A token that ends before it begins was never good; told only where it is so. */
function lifetime(moment: Moment): CheckLine[] {
  const { exp, iat, nbf } = moment.claims
  const ends = millisecondsOf(exp)
  const beginnings = [millisecondsOf(iat), millisecondsOf(nbf)].filter((begins) => begins !== null)
  const begins = Math.max(...beginnings)
  if (ends === null || beginnings.length === 0 || begins <= ends) return []
  const name = nameOf(moment, 'lifetime', ['It ends after it begins', 'RFC 7519 §4.1.4'])
  const why = `It ends ${lengthWords(begins - ends)} before it begins.`
  return [checkLine(name, false, { expected: `after ${isoOf(begins)}`, actual: shownTime(exp), why })]
}

/** What the time lines say together, with a few words for the headline. */
export function timeState(
  lines: readonly CheckLine[],
  { claims, atMs }: Moment,
): TokenVerdict['time'] & { words: string } {
  const failed = (rule: string) => lines.find(({ id, holds }) => id.endsWith(`.${rule}`) && holds === false)
  const ended = millisecondsOf(claims.exp)
  const expired = failed('exp')
  if (expired && ended !== null) {
    const words = `expired ${lengthWords(atMs - ended)} ago`
    return { state: 'expired', reason: `It ended at ${isoOf(ended)}.`, words }
  }
  if (expired) return { state: 'not-verified', reason: expired.why!, words: 'without an end that can be told' }
  const early = failed('nbf') ?? failed('iat-future')
  if (early) return { state: 'not-yet', reason: early.why!, words: 'not to be used yet' }
  const never = failed('lifetime')
  if (never) return { state: 'not-verified', reason: never.why!, words: 'ending before it begins' }
  if (ended === null) return { state: 'not-said', reason: 'It does not say when it ends.', words: 'without an end' }
  return { state: 'current', reason: `It ends at ${isoOf(ended)}.`, words: 'current' }
}
