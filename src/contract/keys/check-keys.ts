import { isJsonObject, type Json } from '../json.ts'
import { knownKeyTypes, privateMemberOf, readKey, type KeyFacts } from './key-facts.ts'

/** What is wrong with a key set, found while it is read; rules show it. */
export interface KeyFault {
  /** the rule it belongs to, such as `jwks.weak-rsa` */
  rule: string
  /** plain words with the facts */
  detail: string
  /** JSON pointer into the document */
  pointer: string
  /** what was found, public */
  value: string
}

/** A key set as it was read: of a large one the first keys only, but all faults of all keys are looked for. */
export interface KeySetFacts {
  total: number
  keys: KeyFacts[]
  /** at most 20 of each rule */
  faults: KeyFault[]
  /** how often each rule fired in all keys */
  counts: Record<string, number>
}

/** As many keys as an event carries. */
export const mostKeysShown = 100
const mostFaultsOfRule = 20
const weakRsaBits = 2048

/** Which algorithms fit a key type. @see RFC 7518 §3.1, §4.1, RFC 8037 §3.1 */
const algorithms: Record<string, RegExp> = {
  RSA: /^(?:RS|PS)(?:256|384|512)$|^RSA/,
  EC: /^ES(?:256|384|512|256K)$|^ECDH-ES/,
  OKP: /^(?:EdDSA|Ed25519|Ed448)$|^ECDH-ES/,
  oct: /^HS(?:256|384|512)$|^A\d{3}|^dir$|^PBES2/,
}
const signing = /^(?:RS|PS|ES|HS)\d{3}K?$|^EdDSA$|^Ed(?:25519|448)$/

/** Reads a key set document and looks at every key in it. @see RFC 7517 §5 */
export function checkKeys(document: Json): KeySetFacts {
  const values = isJsonObject(document) && Array.isArray(document.keys) ? document.keys : []
  const facts: KeySetFacts = { total: values.length, keys: [], faults: [], counts: {} }
  const tell = (fault: KeyFault) => {
    const count = (facts.counts[fault.rule] = (facts.counts[fault.rule] ?? 0) + 1)
    if (count <= mostFaultsOfRule) facts.faults.push(fault)
  }
  if (!isJsonObject(document) || !Array.isArray(document.keys)) {
    tell({
      rule: 'jwks.not-json',
      detail: 'The answer is no JSON object with a list keys.',
      pointer: '',
      value: kindOf(document),
    })
    return facts
  }
  if (values.length === 0) tell({ rule: 'jwks.empty', detail: 'There is no key in it.', pointer: '/keys', value: '[]' })
  const places = new Map<string, number>()
  for (const [index, value] of values.entries()) {
    const key = readKey(value, index)
    if (facts.keys.length < mostKeysShown) facts.keys.push(key)
    checkKid(key, { places, isAlone: values.length === 1, tell })
    checkOne(key, value, tell)
  }
  return facts
}

type Tell = (fault: KeyFault) => void

function checkKid(
  key: KeyFacts,
  { places, isAlone, tell }: { places: Map<string, number>; isAlone: boolean; tell: Tell },
) {
  const pointer = `/keys/${key.index}`
  if (key.kid === undefined) {
    if (!isAlone)
      tell({ rule: 'jwks.missing-kid', detail: 'Nobody can tell which of the keys this is.', pointer, value: 'absent' })
    return
  }
  // The same kid may name keys of different types that are alternatives. @see RFC 7517 §4.5
  const name = `${key.kty} ${key.use ?? ''} ${key.kid}`
  const before = places.get(name)
  if (before === undefined) places.set(name, key.index)
  else
    tell({
      rule: 'jwks.duplicate-kid',
      detail: `Key ${before + 1} has the same kid.`,
      pointer: `${pointer}/kid`,
      value: key.kid,
    })
}

function checkOne(key: KeyFacts, value: Json, tell: Tell): void {
  const pointer = `/keys/${key.index}`
  if (!knownKeyTypes.includes(key.kty)) {
    tell({
      rule: 'jwks.unknown-kty',
      detail: 'Clients leave out keys of a type they do not know.',
      pointer: `${pointer}/kty`,
      value: key.kty || 'absent',
    })
  }
  const member = privateMemberOf(value)
  if (member) {
    const detail = key.kty === 'oct' ? 'A symmetric key is a secret.' : 'A private part of the key is published.'
    tell({ rule: 'jwks.private-material', detail, pointer: `${pointer}/${member}`, value: member })
  }
  if (key.kty === 'RSA' && key.bits !== undefined && key.bits < weakRsaBits) {
    tell({
      rule: 'jwks.weak-rsa',
      detail: `An RSA key has at least ${weakRsaBits} bits.`,
      pointer: `${pointer}/n`,
      value: `${key.bits} bits`,
    })
  }
  checkUse(key, tell)
}

function checkUse({ kty, alg, use, index }: KeyFacts, tell: Tell): void {
  if (alg === undefined) return
  // `Object.hasOwn`: a stranger's key may be of the type `constructor`.
  const fits = !Object.hasOwn(algorithms, kty) || algorithms[kty]!.test(alg)
  if (fits && !excludes(use, alg)) return
  tell({
    rule: 'jwks.alg-use-conflict',
    detail: fits
      ? `use ${use} and alg ${alg} exclude each other.`
      : `alg ${alg} does not work with a key of type ${kty}.`,
    pointer: `/keys/${index}/alg`,
    value: alg,
  })
}

function excludes(use: string | undefined, alg: string): boolean {
  const isSigning = signing.test(alg)
  return use === 'enc' ? isSigning : use === 'sig' && !isSigning && isKnown(alg)
}

/** Only an algorithm that is known can be said not to sign. */
function isKnown(alg: string): boolean {
  return /^(?:RSA|ECDH-ES|A\d{3}|dir$|PBES2)/.test(alg)
}

function kindOf(value: Json): string {
  return value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object without keys'
        : typeof value
}
