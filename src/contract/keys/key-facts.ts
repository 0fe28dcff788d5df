import { isJsonObject, type Json, type JsonObject } from '../json.ts'

/** What is shown of one certificate of a key's `x5c`. */
export interface KeyCertificate {
  subject: string
  /** ISO times */
  validFrom: string
  validTo: string
  fingerprint256: string
}

/** What may be known of a published key. */
export interface KeyFacts {
  /** its place in `keys`, from 0 */
  index: number
  kid?: string
  kty: string
  alg?: string
  use?: string
  /** of the modulus for RSA, of the secret for `oct` */
  bits?: number
  curve?: string
  /** base64url SHA-256. @see RFC 7638 */
  thumbprint?: string
  certificates?: KeyCertificate[]
}

/** The members of each key type that are private, or are the whole secret. @see RFC 7518 §6, RFC 8037 §2 */
const privateMembers: Record<string, readonly string[]> = {
  RSA: ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'],
  EC: ['d'],
  OKP: ['d'],
  AKP: ['priv'],
  oct: ['k'],
}

/** Key types that are registered. @see RFC 7518 §6.1, RFC 8037 §2, RFC 9864 */
export const knownKeyTypes: readonly string[] = Object.keys(privateMembers)

/** Reads one key; whatever is no object with a `kty` counts as a key of an unknown type. */
export function readKey(value: Json, index: number): KeyFacts {
  const key = isJsonObject(value) ? value : {}
  const kty = textOf(key, 'kty') ?? ''
  const bits = bitsOf(key, kty)
  const told = { kid: textOf(key, 'kid'), alg: textOf(key, 'alg'), use: textOf(key, 'use'), curve: textOf(key, 'crv') }
  return {
    index,
    kty,
    ...Object.fromEntries(Object.entries(told).filter(([, text]) => text !== undefined)),
    ...(bits === undefined ? {} : { bits }),
  }
}

/** The first private or symmetric member of a key; undefined when only public ones are there. */
export function privateMemberOf(value: Json): string | undefined {
  if (!isJsonObject(value)) return undefined
  const members = privateMembersOf(value) ?? ['d', 'k', 'priv']
  return members.find((member) => value[member] !== undefined)
}

/** `Object.hasOwn`: a stranger's key may be of the type `constructor`. */
function privateMembersOf({ kty }: JsonObject): readonly string[] | undefined {
  return Object.hasOwn(privateMembers, String(kty)) ? privateMembers[String(kty)] : undefined
}

/** A key without what is private of it, as far as its type is known. */
export function withoutPrivateMembers(key: JsonObject): JsonObject {
  const members = privateMembersOf(key) ?? []
  return Object.fromEntries(Object.entries(key).filter(([name]) => !members.includes(name)))
}

/** A text of a key, bounded: a kid may be of any length, and lists show it. */
function textOf(key: JsonObject, name: string): string | undefined {
  const value = key[name]
  return typeof value === 'string' ? value.slice(0, 256) : undefined
}

function bitsOf(key: JsonObject, kty: string): number | undefined {
  const member = kty === 'RSA' ? key.n : kty === 'oct' ? key.k : undefined
  if (typeof member !== 'string' || member === '') return undefined
  return kty === 'oct' ? Math.floor((member.length * 6) / 8) * 8 : modulusBits(member)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Bits of a base64url number without its leading zeros: 256 bytes may begin with zero ones. */
function modulusBits(text: string): number {
  const digits = text.replace(/=+$/, '')
  const zeros = /^A*/.exec(digits)![0].length
  const first = alphabet.indexOf(digits[zeros] ?? 'A')
  if (first <= 0) return 0
  // The last digit carries bits beyond the last whole byte.
  const unused = (digits.length * 6) % 8
  return (digits.length - zeros) * 6 - unused - (6 - (32 - Math.clz32(first)))
}
