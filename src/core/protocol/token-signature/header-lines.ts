import type { JsonObject } from '../../../contract/json.ts'
import { shownValue } from '../../../contract/bench/check-line.ts'
import type { SignatureLine } from './signature-lines.ts'

/** A header that must be refused whatever the key, with the line that says so. */
export interface HeaderRefusal {
  words: string
  reason: string
  line: SignatureLine
}

/** What a recipient must refuse before it looks for a key; undefined: nothing. */
export function refusalOf(header: JsonObject): HeaderRefusal | undefined {
  return algNone(header) ?? notEncoded(header) ?? critical(header)
}

/** SECURITY: an unsecured token says nothing about who made it. @see RFC 7518 §3.6, RFC 8725 §3.2 */
function algNone({ alg }: JsonObject): HeaderRefusal | undefined {
  const isNamed = typeof alg === 'string' && alg !== ''
  if (isNamed && alg.toLowerCase() !== 'none') return undefined
  const reason = isNamed
    ? 'Its algorithm is none: nobody signed it, and anybody can make such a token.'
    : 'It names no algorithm, so nothing says how it would be checked.'
  return {
    words: isNamed ? 'algorithm none' : 'no algorithm',
    reason,
    line: {
      rule: 'alg-none',
      title: 'It is signed',
      section: 'RFC 8725 §3.2',
      holds: false,
      expected: 'an algorithm with a key',
      actual: shownValue(alg),
      why: reason,
    },
  }
}

/** SECURITY: what is signed would be another text than what is read. @see RFC 7797 §7 */
function notEncoded({ b64 }: JsonObject): HeaderRefusal | undefined {
  if (b64 === undefined || b64 === true) return undefined
  const reason = 'b64 says that its payload is signed as it is; a JWT must not do that.'
  return {
    words: 'payload not encoded (b64)',
    reason,
    line: {
      rule: 'b64',
      title: 'Its payload is encoded',
      section: 'RFC 7797 §7',
      holds: false,
      expected: 'true or absent',
      actual: shownValue(b64),
      why: reason,
    },
  }
}

/** SECURITY: a critical extension that is not understood must not be passed over. @see RFC 7515 §4.1.11 */
function critical({ crit }: JsonObject): HeaderRefusal | undefined {
  if (crit === undefined) return undefined
  const reason = `Its header makes ${shownValue(crit)} critical, which is not understood here; it must be refused then.`
  return {
    words: 'a critical extension that is not understood',
    reason,
    line: {
      rule: 'crit',
      title: 'Nothing critical is unknown',
      section: 'RFC 7515 §4.1.11',
      holds: false,
      expected: 'nothing critical',
      actual: shownValue(crit),
      why: reason,
    },
  }
}

const broughtAlong = {
  jwk: [
    'embedded-jwk',
    'RFC 7515 §4.1.3',
    'The key in its header was not used: whoever forges a token can put any there.',
  ],
  x5c: [
    'embedded-x5c',
    'RFC 7515 §4.1.6',
    'The certificate in its header was not used: whoever forges a token can put any there.',
  ],
  jku: [
    'foreign-jku',
    'RFC 7515 §4.1.2',
    'The address of keys in its header was not asked: whoever forges a token can name any.',
  ],
  x5u: [
    'foreign-x5u',
    'RFC 7515 §4.1.5',
    'The address of a certificate in its header was not asked: whoever forges a token can name any.',
  ],
} as const

/** SECURITY: keys that a token brings or names itself are never used nor fetched; each is named. @see RFC 8725 §3.10 */
export function broughtKeyLines(header: JsonObject): SignatureLine[] {
  return Object.entries(broughtAlong).flatMap(([member, [rule, section, why]]) =>
    header[member] === undefined
      ? []
      : [
          {
            rule,
            title: 'It brings no key of its own',
            section,
            holds: false,
            expected: `no ${member}`,
            actual: shownValue(header[member]),
            why,
            isAdvice: true,
          },
        ],
  )
}
