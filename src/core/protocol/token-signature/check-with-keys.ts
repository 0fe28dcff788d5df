import { shownValue } from '../../../contract/bench/check-line.ts'
import { keyKindOf, misfitOf, nameOfKey, type CandidateKey } from './candidate-key.ts'
import type { OpenTask } from './signature-task.ts'
import { signatureLine, type SignatureLine, type SignatureOutcome } from './signature-lines.ts'
import { verifies } from './verifies.ts'

const mostTried = 100
const weakRsaBits = 2048

/** Checks a signature with the keys that fit: those of its kid, or without one every key in turn. @see RFC 7515 §4.1.4 */
export async function checkWithKeys(task: OpenTask): Promise<SignatureOutcome> {
  const { header, alg, source } = task
  const { keys, isAsked } = await ofKid(task)
  const { kid } = header
  if (keys.length === 0) return unknownKid(task, isAsked)
  const misfits = keys.map((key) => misfitOf(key, alg))
  const fitting = keys.filter((_key, index) => misfits[index] === undefined)
  const isNamed = source.from === 'given' || kid !== undefined
  if (fitting.length === 0) return misfit(task, misfits[0]!, isNamed)
  const strong = fitting.filter(({ kty, bits = weakRsaBits }) => kty !== 'RSA' || bits >= weakRsaBits)
  const weak = strong.length < fitting.length ? [weakLine(fitting)] : []
  if (strong.length === 0) return tooWeak(task, weak)
  return tryKeys(task, strong, weak)
}

/** The keys of the token's kid, asked for once more when there is none; keys without a name may be any. */
async function ofKid({ header: { kid }, source }: OpenTask): Promise<{ keys: CandidateKey[]; isAsked: boolean }> {
  const fitting = (keys: CandidateKey[]) =>
    kid === undefined ? keys : keys.filter((key) => key.kid === kid || key.kid === undefined)
  const found = fitting(source.keys)
  if (found.length > 0 || !source.again) return { keys: found, isAsked: false }
  return { keys: fitting(await source.again()), isAsked: true }
}

async function tryKeys(task: OpenTask, keys: CandidateKey[], weak: SignatureLine[]): Promise<SignatureOutcome> {
  const { token, alg, source } = task
  const tried = keys.slice(0, mostTried)
  let isUsable = false
  for (const key of tried) {
    const holds = await verifies(token.value, { alg, key: key.material })
    if (holds) return genuine(task, key)
    isUsable ||= holds === false
  }
  const from = source.from
  if (!isUsable || tried.length < keys.length) {
    const reason = isUsable
      ? `It has no kid, and none of the first ${mostTried} of ${keys.length} keys fits.`
      : `${nameOfKey(tried[0]!)} cannot be used with ${alg}.`
    const words = isUsable ? 'too many keys to try' : 'its key cannot be used'
    return { state: 'not-verified', words, reason, lines: [signatureLine(null, alg, reason), ...weak], keysFrom: from }
  }
  const which = tried.length === 1 ? lowerFirst(nameOfKey(tried[0]!)) : `any of ${tried.length} keys`
  const reason = `The signature does not fit ${which}: the token was changed, or signed with another key.`
  const words = 'the signature does not fit'
  return {
    state: 'forged',
    words,
    reason,
    lines: [signatureLine(false, alg, reason), ...weak, ...algLines(task)],
    keysFrom: from,
  }
}

function genuine(task: OpenTask, key: CandidateKey): SignatureOutcome {
  const { alg, source } = task
  const reason = `The signature fits ${lowerFirst(nameOfKey(key))}.`
  const lines = [signatureLine(true, alg), ...algLines(task)]
  return {
    state: 'genuine',
    words: '',
    reason,
    lines,
    keysFrom: source.from,
    ...(key.kid === undefined ? {} : { kid: key.kid }),
  }
}

/** Whether the server says that it signs ID tokens so. @see OpenID Connect Core §3.1.3.7 */
function algLines({ alg, use, source: { algorithms } }: OpenTask): SignatureLine[] {
  if (use !== 'id_token' || !algorithms) return []
  return [
    {
      rule: 'alg-unexpected',
      title: 'The server says that it signs so',
      section: 'OpenID Connect Core §3.1.3.7',
      holds: algorithms.includes(alg),
      expected: shownValue(algorithms),
      actual: alg,
      isAdvice: true,
    },
  ]
}

function unknownKid({ header: { kid }, alg, source }: OpenTask, isAsked: boolean): SignatureOutcome {
  const again = isAsked ? ', also when asked once more' : ''
  const shown = shownValue(kid)
  const reason = kid === undefined ? `There was no key${again}.` : `No key had the kid ${shown}${again}.`
  const line: SignatureLine = {
    rule: 'kid-unknown',
    title: 'Its key is among the keys',
    section: 'RFC 7515 §4.1.4',
    holds: null,
    expected: kid === undefined ? 'a key' : `a key ${shown}`,
    actual: source.keys.length === 0 ? 'no key' : `${source.keys.length} others`,
    why: reason,
  }
  const words = kid === undefined ? 'there was no key' : `no key had the kid ${shown}`
  return {
    state: 'not-verified',
    words,
    reason,
    lines: [line, signatureLine(null, alg, reason)],
    keysFrom: source.from,
  }
}

/** SECURITY: the key says what it is for, not the token. @see RFC 8725 §3.1 */
function misfit({ alg, source }: OpenTask, why: string, isNamed: boolean): SignatureOutcome {
  const line: SignatureLine = {
    rule: 'key-alg',
    title: 'Its algorithm is one of the key',
    section: 'RFC 8725 §3.1',
    holds: isNamed ? false : null,
    expected: `a key for ${alg} (${keyKindOf(alg)?.kty})`,
    actual: 'another kind of key',
    why,
  }
  const told = {
    words: `no key is for ${alg}`,
    reason: why,
    lines: [line, signatureLine(null, alg)],
    keysFrom: source.from,
  }
  return isNamed ? { state: 'forged', isRefused: true, ...told } : { state: 'not-verified', ...told }
}

function tooWeak({ alg, source }: OpenTask, lines: SignatureLine[]): SignatureOutcome {
  const reason = `The RSA key has less than ${weakRsaBits} bits: it is not used, because it can be broken.`
  return {
    state: 'not-verified',
    words: 'its RSA key is too short',
    reason,
    lines: [...lines, signatureLine(null, alg, reason)],
    keysFrom: source.from,
  }
}

function weakLine(keys: CandidateKey[]): SignatureLine {
  const bits = Math.min(...keys.map((key) => key.bits ?? weakRsaBits))
  return {
    rule: 'weak-key',
    title: 'The key is long enough',
    section: 'RFC 7518 §3.3',
    holds: false,
    expected: `at least ${weakRsaBits} bits`,
    actual: `${bits} bits`,
    isAdvice: true,
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
