import { readKey, type KeyFacts } from '../../../contract/keys/key-facts.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../contract/json.ts'

/** A key that a signature may be checked with. */
export interface CandidateKey extends KeyFacts {
  /** only what checking needs: nothing private, no use or operations that would get in the way */
  material: JsonObject
  /** whether the key as it was given may check signatures */
  maySign: boolean
}

const members: Record<string, readonly string[]> = {
  RSA: ['n', 'e'],
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
  AKP: ['pub'],
  oct: ['k'],
}

/** The keys of a JWK Set, or of a single JWK. What is no key is left out. @see RFC 7517 §5 */
export function keysOf(value: Json): CandidateKey[] {
  const listed = isJsonObject(value) && Array.isArray(value.keys) ? value.keys : [value]
  return listed.flatMap((one, index) => candidateOf(one, index) ?? [])
}

function candidateOf(value: Json, index: number): CandidateKey | undefined {
  if (!isJsonObject(value)) return undefined
  const kty = String(value.kty)
  // `Object.hasOwn`: a stranger's key may be of the type `constructor`.
  const needed = Object.hasOwn(members, kty) ? members[kty]! : []
  if (needed.length === 0 || needed.some((name) => typeof value[name] !== 'string')) return undefined
  const material = Object.fromEntries(['kty', ...needed].map((name) => [name, value[name]!]))
  // The full text: two long kids may begin alike.
  const kid = typeof value.kid === 'string' ? { kid: value.kid } : {}
  if (kty === 'AKP' && typeof value.alg === 'string') material.alg = value.alg
  return { ...readKey(value, index), ...kid, material, maySign: maySign(value) }
}

/** @see RFC 7517 §4.2, §4.3 */
function maySign({ use, key_ops: operations }: JsonObject): boolean {
  if (use === 'enc') return false
  return !Array.isArray(operations) || operations.includes('verify') || operations.includes('sign')
}

const kinds: [RegExp, Partial<CandidateKey>][] = [
  [/^(?:RS|PS)(?:256|384|512)$/, { kty: 'RSA' }],
  [/^ES256$/, { kty: 'EC', curve: 'P-256' }],
  [/^ES384$/, { kty: 'EC', curve: 'P-384' }],
  [/^ES512$/, { kty: 'EC', curve: 'P-521' }],
  [/^(?:EdDSA|Ed25519)$/, { kty: 'OKP', curve: 'Ed25519' }],
  [/^ML-DSA-(?:44|65|87)$/, { kty: 'AKP' }],
  [/^HS(?:256|384|512)$/, { kty: 'oct' }],
]

/** Which keys an algorithm works with; undefined: it is not known here. @see RFC 7518 §3.1, RFC 8037 §3.1 */
export function keyKindOf(alg: string): Partial<CandidateKey> | undefined {
  return kinds.find(([pattern]) => pattern.test(alg))?.[1]
}

/** Why a key is none for this algorithm; undefined when it is one. */
export function misfitOf(key: CandidateKey, alg: string): string | undefined {
  const wanted = keyKindOf(alg)
  const name = nameOfKey(key)
  if (key.kty !== wanted?.kty) return `${name} is of type ${key.kty}, ${alg} needs ${wanted?.kty}.`
  // SECURITY: each ES algorithm has its one curve. @see RFC 7518 §3.4
  if (wanted.curve !== undefined && key.curve !== wanted.curve) {
    return `${name} is on the curve ${key.curve}, ${alg} needs ${wanted.curve}.`
  }
  // SECURITY: a key for one algorithm is not used with another. @see RFC 8725 §3.1
  if (!isSameAlgorithm(key.alg ?? alg, alg)) return `${name} is for ${key.alg}, the token says ${alg}.`
  if (!key.maySign) return `${name} is not for signatures.`
  return undefined
}

/** EdDSA and Ed25519 are two names of one algorithm. @see RFC 9864 §2.2 */
function isSameAlgorithm(one: string, other: string): boolean {
  const names = ['EdDSA', 'Ed25519']
  return one === other || (names.includes(one) && names.includes(other))
}

/** A key as sentences name it. */
export function nameOfKey({ kid, index }: KeyFacts): string {
  return kid === undefined ? `Key ${index + 1}` : `The key ${kid.slice(0, 100)}`
}
