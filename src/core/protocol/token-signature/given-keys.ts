import { createPublicKey, X509Certificate } from 'node:crypto'
import { privateMemberOf } from '../../../contract/keys/key-facts.ts'
import { isJsonObject, type Json } from '../../../contract/json.ts'
import { problem } from '../../problems/problem-error.ts'
import { keysOf, type CandidateKey } from './candidate-key.ts'
import type { SignatureLine } from './signature-lines.ts'

/** Keys that a person gave, with what is to be said of them. */
export interface GivenKeys {
  keys: CandidateKey[]
  lines: SignatureLine[]
}

const wanted = 'a JWK, a JWK Set, a PEM public key or a certificate'

/**
 * Reads the keys out of a text: JWK, JWK Set, PEM keys, certificates. Of a private key the public part is taken.
 * @throws ProblemError parameter-invalid when there is none in it; the text is never quoted
 * @see RFC 7517, RFC 7468
 */
export function readGivenKeys(text: string): GivenKeys {
  const trimmed = text.trim()
  const given = trimmed.startsWith('{') || trimmed.startsWith('[') ? fromJson(trimmed) : fromPem(trimmed)
  if (given.keys.length > 0) return given
  throw unreadable('There is no key in it.')
}

/** Whether a text is a public or private key and no shared secret. */
export function looksLikeKey(text: string): boolean {
  if (/-----BEGIN [A-Z0-9 ]+-----/.test(text)) return true
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) && (Array.isArray(value.keys) || (value.kty !== undefined && value.kty !== 'oct'))
  } catch {
    return false
  }
}

function fromJson(text: string): GivenKeys {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    throw unreadable('It begins like JSON and is none.')
  }
  const set = Array.isArray(value) ? { keys: value } : value
  const listed = isJsonObject(set) && Array.isArray(set.keys) ? set.keys : [set]
  const isPrivate = listed.some((one) => isJsonObject(one) && one.kty !== 'oct' && privateMemberOf(one) !== undefined)
  return { keys: keysOf(set), lines: isPrivate ? [privateLine] : [] }
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g

function fromPem(text: string): GivenKeys {
  const blocks = [...text.matchAll(block)].slice(0, 20)
  const read = blocks.flatMap(([pem, label = '']) => {
    const jwk = publicJwkOf(pem, label)
    return jwk ? [jwk] : []
  })
  const isPrivate = blocks.some(([, label = '']) => label.includes('PRIVATE'))
  return { keys: keysOf({ keys: read }), lines: isPrivate ? [privateLine] : [] }
}

function publicJwkOf(pem: string, label: string): Json {
  try {
    const key = label.includes('CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem)
    return key.export({ format: 'jwk' }) as Json
  } catch (cause) {
    throw unreadable(`What stands between BEGIN ${label.slice(0, 40)} and its END cannot be read.`, cause)
  }
}

const privateLine: SignatureLine = {
  rule: 'private-key-given',
  title: 'Only a public key was given',
  section: 'RFC 7517 §9.2',
  holds: false,
  expected: 'a public key',
  actual: 'a private one',
  why: 'Only its public part was used. Whoever has a private key can sign: give it to nobody.',
  isAdvice: true,
}

// SECURITY: the text may be a private key or a secret by mistake: it is not quoted.
function unreadable(detail: string, cause?: unknown) {
  return problem('parameter-invalid', `Keys (jwks) must be ${wanted}. ${detail}`, {
    specification: 'RFC 7517 §5',
    ...(cause === undefined ? {} : { cause }),
  })
}
