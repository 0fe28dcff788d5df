import type { SignatureFacts } from '../../../contract/bench/judged-facts.ts'
import { shownValue } from '../../../contract/bench/check-line.ts'
import type { JsonObject } from '../../../contract/json.ts'
import { keyKindOf } from './candidate-key.ts'
import { broughtKeyLines, refusalOf, type HeaderRefusal } from './header-lines.ts'
import { looksLikeKey } from './given-keys.ts'
import { checkWithKeys } from './check-with-keys.ts'
import { checkWithSecret } from './check-with-secret.ts'
import type { ReadToken } from './read-token.ts'
import type { SignatureTask } from './signature-task.ts'
import { signatureLine, toCheck, type SignatureLine, type SignatureOutcome } from './signature-lines.ts'

/**
 * Checks the signature of a token with the given keys only. What cannot be checked is not-verified with its reason.
 * @throws what asking again for keys throws
 * @see RFC 7515 §5.2, RFC 8725 §3
 */
export async function checkSignature(task: SignatureTask): Promise<SignatureFacts> {
  const { token, use, source } = task
  const { lines, ...outcome } = await outcomeOf(task)
  const brought = token.header ? broughtKeyLines(token.header) : []
  const noticed = 'keys' in source ? source.lines : []
  return { ...outcome, checks: [...lines, ...brought, ...noticed].map((line) => toCheck(use, line)) }
}

async function outcomeOf(task: SignatureTask): Promise<SignatureOutcome> {
  const { token, secret } = task
  const { header } = token
  if (token.form !== 'jws' || !header) return notRead(token)
  const refusal = refusalOf(header)
  if (refusal) return refused(refusal, shownValue(header.alg))
  const alg = String(header.alg)
  if (!keyKindOf(alg))
    return open(`${shownValue(alg)} cannot be checked here`, `The algorithm ${shownValue(alg)} is not known here.`)
  const isSecrets = alg.startsWith('HS') || !('keys' in task.source)
  return secret !== undefined && isSecrets ? withSecret(token, alg, secret) : withSource(task, header, alg)
}

function refused({ words, reason, line }: HeaderRefusal, alg: string): SignatureOutcome {
  const lines = [line, signatureLine(null, alg)]
  return { state: 'forged', isRefused: true, words, reason, lines, keysFrom: '' }
}

/** SECURITY: key confusion: a public key as the secret of an HMAC would let anybody sign. @see RFC 8725 §2.1 */
function withSecret(token: ReadToken, alg: string, secret: string): SignatureOutcome | Promise<SignatureOutcome> {
  if (!alg.startsWith('HS') || !looksLikeKey(secret)) return checkWithSecret(token, { alg, secret })
  return confused(alg, 'What was given as shared secret is a public or private key.')
}

async function withSource(
  { token, use, source }: SignatureTask,
  header: JsonObject,
  alg: string,
): Promise<SignatureOutcome> {
  if ('lacking' in source) {
    const { words, lacking, isUnavailable } = source
    return { ...open(words, lacking), ...(isUnavailable ? { isUnavailable } : {}) }
  }
  if (!alg.startsWith('HS')) return forOthers(header, await checkWithKeys({ token, header, alg, source, use }))
  const isGiven = source.from === 'given'
  const shared = source.keys.filter(({ kty }) => kty === 'oct')
  // SECURITY: a symmetric key that is published is known to everybody: what it signs proves nothing.
  if (isGiven && shared.length > 0)
    return checkWithKeys({ token, header, alg, source: { ...source, keys: shared }, use })
  if (!isGiven && source.algorithms?.includes(alg)) {
    const reason = `${alg} is checked with the secret that client and server share; give it (secret).`
    return { ...open('its shared secret was not given', reason), keysFrom: source.from }
  }
  return { ...confused(alg, 'There are only public keys to check it with.'), keysFrom: source.from }
}

function confused(alg: string, why: string): SignatureOutcome {
  const reason = `${why} ${alg} would take a public key for the secret, and anybody could have signed it.`
  const line: SignatureLine = {
    rule: 'key-confusion',
    title: 'Its algorithm fits the kind of key',
    section: 'RFC 8725 §2.1, §3.1',
    holds: false,
    expected: 'an algorithm with a public key',
    actual: alg,
    why: reason,
  }
  return {
    state: 'forged',
    isRefused: true,
    words: 'key confusion',
    reason,
    lines: [line, signatureLine(null, alg)],
    keysFrom: '',
  }
}

/** Nothing could be checked: neither genuine nor forged. */
function open(words: string, reason: string): SignatureOutcome {
  return { state: 'not-verified', words, reason, lines: [signatureLine(null, '', reason)], keysFrom: '' }
}

function notRead({ form, fault = 'It cannot be read.' }: ReadToken): SignatureOutcome {
  const words = form === 'jwe' ? 'it is encrypted' : form === 'opaque' ? 'it is opaque' : 'it cannot be read'
  const outcome = open(words, fault)
  if (form !== 'jwe') return outcome
  const line: SignatureLine = {
    rule: 'encrypted',
    title: 'It can be read',
    section: 'RFC 7516 §3',
    holds: null,
    expected: 'three parts (JWS)',
    actual: 'five parts (JWE)',
    why: fault,
  }
  return { ...outcome, lines: [line, ...outcome.lines] }
}

/**
 * Microsoft signs an access token for its own APIs over another header than the one sent, told by a `nonce` in it: only
 * that API can check it. Here it is neither genuine nor forged.
 */
function forOthers({ nonce }: JsonObject, outcome: SignatureOutcome): SignatureOutcome {
  if (nonce === undefined || outcome.state === 'genuine') return outcome
  const reason =
    'Its header has a nonce, as in access tokens of Microsoft Graph: they are meant for that API alone, and nobody else can check their signature.'
  return {
    state: 'not-verified',
    words: 'it is meant for another party, such as Microsoft Graph',
    reason,
    isForOthers: true,
    lines: [signatureLine(null, '', reason)],
    keysFrom: outcome.keysFrom,
  }
}
