import type { TokenFault } from '../../contract/bench/inspection.ts'
import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'

/** What a reader should know of a token by its header. */
export function notesOf(header: JsonObject, form: 'jws' | 'jwe' | 'unsecured' | 'malformed'): string[] {
  return [
    ...(form === 'jwe' ? encrypted(header) : []),
    ...(form === 'unsecured'
      ? ['It is not signed (alg none): anybody can have written it. Nobody should accept it.']
      : []),
    ...algorithmNotes(header),
    ...keyNotes(header),
    ...critical(header),
    ...(Object.hasOwn(header, 'nonce') && form === 'jws' ? [forMicrosoft] : []),
  ]
}

const forMicrosoft =
  'The header has a nonce, as access tokens for Microsoft Graph do: the token is meant for another party, and its signature cannot be checked by others.'

function encrypted(header: JsonObject): string[] {
  const how =
    header.alg === 'dir'
      ? `a secret that both sides share is the key (${named(header.enc)})`
      : `${named(header.alg)} encrypts a fresh key, ${named(header.enc)} the content with it`
  const whose = typeof header.kid === 'string' ? `, whose kid is ${named(header.kid)}` : ''
  const notes = [
    `It is encrypted: ${how}. Only who has the key${whose} can read the claims; the header can be read by all.`,
  ]
  if (header.zip !== undefined)
    notes.push(`The content was compressed before it was encrypted (zip ${named(header.zip)}).`)
  return notes
}

function algorithmNotes({ alg }: JsonObject): string[] {
  if (typeof alg !== 'string') return []
  if (alg !== 'none' && alg.toLowerCase() === 'none') {
    return [`alg is ${named(alg)}: some readers take it for none and accept the token unsigned.`]
  }
  return /^HS\d/.test(alg)
    ? ['It is signed with a secret that issuer and reader share: a published key cannot verify it.']
    : []
}

/** A key that comes with the token proves nothing: whoever forges a token adds his own. */
function keyNotes(header: JsonObject): string[] {
  const brought = [
    ['jwk', 'a key (jwk)'],
    ['jku', 'an address of keys (jku)'],
    ['x5u', 'an address of a certificate (x5u)'],
    ['x5c', 'a certificate (x5c)'],
  ].flatMap(([name, what]) => (Object.hasOwn(header, name!) ? [what] : []))
  if (brought.length === 0) return []
  const isProof = typeof header.typ === 'string' && header.typ.toLowerCase() === 'dpop+jwt'
  return isProof && brought.length === 1 && header.jwk !== undefined
    ? ['The key stands in the header: a DPoP proof shows that its sender has that key (RFC 9449 §4.2).']
    : [
        `It brings along ${brought.join(', ')}: that proves nothing, anybody can put his own there. It is not used and not asked.`,
      ]
}

const known = new Set(['b64', 'exp', 'nbf', 'iat'])

function critical({ crit, b64 }: JsonObject): string[] {
  const notes: string[] = []
  const names = Array.isArray(crit) ? crit.filter((name) => typeof name === 'string' && !known.has(name)) : []
  if (names.length > 0) {
    const list = names.slice(0, 10).map(named).join(', ')
    notes.push(`A reader that does not understand ${list} must refuse it (crit, RFC 7515 §4.1.11).`)
  }
  if (b64 === false) notes.push('The payload stands there as it is, not base64url-encoded (b64, RFC 7797).')
  return notes
}

/** Faults of the header by itself. */
export function headerFaults(header: JsonObject): TokenFault[] {
  const faults: TokenFault[] = []
  const add = (name: string, detail: string, specification: string) =>
    faults.push({ id: name, detail, segment: 'header', pointer: `/${name}`, specification })
  if (!Object.hasOwn(header, 'alg'))
    add('alg', 'The header has no alg: nobody can tell how it is secured.', 'RFC 7515 §4.1.1')
  const { crit, b64 } = header
  if (crit !== undefined) {
    const isList = Array.isArray(crit) && crit.length > 0 && crit.every((name) => typeof name === 'string')
    if (!isList) add('crit', 'crit must be a list of names that is not empty.', 'RFC 7515 §4.1.11')
    else if (crit.some((name) => !Object.hasOwn(header, name))) {
      add('crit', 'crit names what the header does not have.', 'RFC 7515 §4.1.11')
    }
  }
  if (b64 === false && !(Array.isArray(crit) && crit.includes('b64'))) {
    add('b64', 'b64 is false and crit does not name it.', 'RFC 7797 §6')
  }
  return faults
}

/** Bytes of a signature by algorithm, where they are fixed. @see RFC 7518 §3.2, §3.4, RFC 8037 §3.1 */
const signatureBytes: Record<string, number> = {
  HS256: 32,
  HS384: 48,
  HS512: 64,
  ES256: 64,
  ES256K: 64,
  ES384: 96,
  ES512: 132,
  Ed25519: 64,
}

/** How many bytes a signature of this algorithm has; undefined when that depends on the key. */
export function expectedSignatureBytes(alg: Json | undefined): number | undefined {
  return typeof alg === 'string' && Object.hasOwn(signatureBytes, alg) ? signatureBytes[alg] : undefined
}

/** What is wrong with the signature by its length alone. */
export function signatureFaults(header: JsonObject, segment: string, bytes: Buffer | undefined): TokenFault[] {
  const add = (detail: string): TokenFault[] => [
    {
      id: 'signature',
      detail,
      segment: 'signature',
      offset: Math.max(0, segment.length - 1),
      specification: 'RFC 7515 §5.2',
    },
  ]
  if (header.alg === 'none') return segment === '' ? [] : add('alg is none, and a signature stands there all the same.')
  if (segment === '') return add('The signature is missing.')
  const expected = expectedSignatureBytes(header.alg)
  if (bytes === undefined || expected === undefined || bytes.length === expected) return []
  return add(
    `A signature of ${named(header.alg)} has ${expected} bytes, this one ${bytes.length}: it was cut, or made otherwise.`,
  )
}

/** A value of a stranger's within a sentence, short. */
function named(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  return typeof value === 'string' ? value.slice(0, 60) : isJsonObject(value) ? 'an object' : String(value).slice(0, 60)
}
