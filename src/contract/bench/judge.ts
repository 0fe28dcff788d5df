import { claimChecks } from './claim-checks.ts'
import type { CheckLine } from './check-line.ts'
import type { JudgedFacts, SignatureFacts } from './judged-facts.ts'
import { momentOf, timeChecks, timeState } from './time-checks.ts'
import { accessTokenAdvice, sizeAdvice, skewAdvice } from './token-advice.ts'
import type { TokenCheck, TokenVerdict } from './verdict.ts'

type Claims = TokenVerdict['claims'] & { words: string }
type Time = TokenVerdict['time'] & { words: string }

/**
 * What is to be said of a token: invalid when something was checked and failed; valid when its signature is genuine, its
 * time current and all that was asked fits; else not-verified. Pure: the same facts give the same verdict at any time.
 */
export function judge(facts: JudgedFacts): TokenVerdict {
  const { signature, token } = facts
  const lines = token ? linesOf(facts) : []
  const moment = token && momentOf(facts, token.claims)
  const unread = facts.unreadable ?? 'It has no claims that can be read.'
  const time: Time = moment ? timeState(lines, moment) : { state: 'not-verified', reason: unread, words: '' }
  const claims = token ? claimsState(lines) : { state: 'not-verified' as const, reason: unread, words: '' }
  const verdict = verdictOf(facts, { lines, time, claims })
  return {
    verdict,
    headline: headlineOf(signature, time, claims),
    signature: { state: signature.state, reason: signature.reason },
    time: { state: time.state, reason: time.reason },
    claims: { state: claims.state, reason: claims.reason },
    reason: reasonOf({ signature, lines, time, claims }),
    checks: [...signature.checks, ...lines.map(withoutAsking)],
    at: facts.at,
    keysFrom: signature.keysFrom,
    ...(signature.kid === undefined ? {} : { kid: signature.kid }),
  }
}

/** Every line about time and claims. */
function linesOf({ token, use, asked, hashes, skew, ...facts }: JudgedFacts): CheckLine[] {
  const read = token!
  return [
    ...timeChecks(momentOf({ token, use, asked, hashes, ...facts }, read.claims)),
    ...(skew ? [skewAdvice(skew)] : []),
    ...claimChecks({ token: read, use, asked, hashes }),
    ...(use === 'access_token' ? accessTokenAdvice(read, asked) : []),
    sizeAdvice(read.characters),
  ]
}

function withoutAsking({ isAsked: _asked, ...check }: CheckLine): TokenCheck {
  return check
}

const failing = ({ holds, isAdvice }: TokenCheck) => holds === false && !isAdvice

interface Judged {
  lines: readonly CheckLine[]
  time: Time
  claims: Claims
}

function verdictOf({ signature }: JudgedFacts, { lines, time, claims }: Judged): TokenVerdict['verdict'] {
  // SECURITY: what nobody here can check is never called valid, nor invalid; nor what could not be checked this time.
  const isOpen = signature.isForOthers || signature.isUnavailable
  if (isOpen && signature.state === 'not-verified') return 'not-verified'
  if (signature.state === 'forged' || lines.some(failing)) return 'invalid'
  const isWhole = signature.state === 'genuine' && time.state === 'current' && claims.state === 'fit'
  return isWhole ? 'valid' : 'not-verified'
}

function claimsState(lines: readonly CheckLine[]): Claims {
  const own = lines.filter(({ subject }) => subject === 'claims')
  const wrong = own.filter(failing)
  const [first] = wrong
  if (first) {
    const reason = `${first.title}: expected ${first.expected}, it is ${first.actual}.`
    return { state: 'differ', reason, words: differenceWords(wrong) }
  }
  const open = own.find(({ holds, isAsked }) => isAsked && holds === null)
  if (open) return { state: 'not-verified', reason: open.why ?? open.title, words: '' }
  const asked = own.filter(({ isAsked }) => isAsked).map(({ id }) => id.replace(/^.*\./, ''))
  const reason = asked.length > 0 ? `What was asked fits: ${asked.join(', ')}.` : 'Nothing was asked of its claims.'
  return { state: 'fit', reason, words: '' }
}

function differenceWords(wrong: readonly CheckLine[]): string {
  const has = (rule: string) => wrong.some(({ id }) => id.endsWith(`.${rule}`))
  if (has('aud')) return 'for another audience'
  if (has('iss')) return 'from another issuer'
  return `with a wrong ${wrong[0]!.id
    .replace(/^.*\./, '')
    .replaceAll('-', '_')
    .replace(/_missing$|_changed$/, '')}`
}

/** Signature, time and audience apart. */
function headlineOf(signature: SignatureFacts, time: Time, claims: Claims): string {
  const isCurrent = time.state === 'current'
  if (signature.state === 'genuine') {
    const told = isCurrent
      ? 'Genuine and current'
      : time.words
        ? `Genuine, ${time.words}`
        : 'Genuine, its time not told'
    if (!claims.words) return told
    return isCurrent ? `${told}, but ${claims.words}` : `${told}, and ${claims.words}`
  }
  const word = signature.isRefused ? 'Refused' : signature.state === 'forged' ? 'Forged' : 'Not verified'
  const more = [isCurrent ? '' : time.words, claims.words].filter((words) => words !== '')
  return [`${word}: ${signature.words}`, ...more].join('; ')
}

function reasonOf({ signature, lines, time, claims }: Judged & { signature: SignatureFacts }): string {
  if (signature.state !== 'genuine') return signature.reason
  if (lines.some((line) => line.subject === 'time' && failing(line)) || claims.state === 'fit') {
    return time.state === 'current'
      ? 'Its signature is genuine, it is current, and all that was asked fits.'
      : time.reason
  }
  return claims.reason
}
