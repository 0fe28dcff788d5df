import { X509Certificate } from 'node:crypto'
import type { JWK } from 'jose'
import { isJsonObject, type Json } from '../../contract/json.ts'
import { checkKeys, type KeySetFacts } from '../../contract/keys/check-keys.ts'
import type { KeyCertificate, KeyFacts } from '../../contract/keys/key-facts.ts'
import type { RunContext } from '../runs/run-context.ts'

/** The largest key set that is read: 40,000 keys fit. */
export const maximumKeySetBytes = 32 * 1024 * 1024
const mostCertificates = 10

/**
 * Reads the keys of a server and looks at each of them; what is wrong with them is a finding, never an end.
 * @throws ProblemError environment problems
 * @see RFC 7517 §5
 */
export async function readKeys(context: RunContext, address: string): Promise<KeySetFacts> {
  const response = await context.fetch(address, {
    purpose: 'jwks',
    redirect: 'same-origin',
    headers: { accept: 'application/jwk-set+json, application/json' },
    maxBodyBytes: maximumKeySetBytes,
  })
  await response.arrayBuffer()
  const { exchange, json, status } = context.lastAnswer('jwks')!
  const facts = response.truncated
    ? tooLarge()
    : await withDetails(checkKeys(status === 200 ? (json ?? null) : null), json, context)
  context.keys({ exchange, location: address, ...facts })
  return facts
}

function tooLarge(): KeySetFacts {
  const rule = 'jwks.too-large'
  const detail = `It is larger than ${maximumKeySetBytes / 1024 / 1024} MiB; none of it was used.`
  return { total: 0, keys: [], faults: [{ rule, detail, pointer: '', value: 'cut off' }], counts: { [rule]: 1 } }
}

/** Thumbprints and certificates of the keys that are shown; they need cryptography, which the check itself does not. */
async function withDetails(facts: KeySetFacts, json: Json | undefined, { clock }: RunContext): Promise<KeySetFacts> {
  const values = isJsonObject(json) && Array.isArray(json.keys) ? json.keys : []
  const keys = await Promise.all(facts.keys.map((key) => describeKey(key, values[key.index] ?? null)))
  const expired = values.flatMap((value, index) => expiredIn(value, index, clock.now()))
  if (expired.length === 0) return { ...facts, keys }
  return {
    ...facts,
    keys,
    faults: [...facts.faults, ...expired.slice(0, 20)],
    counts: { ...facts.counts, 'jwks.x5c-expired': expired.length },
  }
}

/** A key with its thumbprint and certificates, as far as they can be read. @see RFC 7638 §3, RFC 7517 §4.7 */
export async function describeKey(key: KeyFacts, value: Json): Promise<KeyFacts> {
  const thumbprint = await thumbprintOf(value)
  const certificates = certificatesOf(value)
  return {
    ...key,
    ...(thumbprint ? { thumbprint } : {}),
    ...(certificates.length > 0 ? { certificates } : {}),
  }
}

async function thumbprintOf(value: Json): Promise<string | undefined> {
  const { calculateJwkThumbprint } = await import('jose')
  try {
    return await calculateJwkThumbprint(value as JWK)
  } catch {
    return undefined
  }
}

function certificatesOf(value: Json): KeyCertificate[] {
  const listed = isJsonObject(value) && Array.isArray(value.x5c) ? value.x5c : []
  return listed.slice(0, mostCertificates).flatMap((text) => readCertificate(text) ?? [])
}

function readCertificate(text: Json): KeyCertificate | undefined {
  if (typeof text !== 'string' || text.length > 65_536) return undefined
  try {
    const { subject, validFromDate, validToDate, fingerprint256 } = new X509Certificate(Buffer.from(text, 'base64'))
    return {
      subject: subject.replaceAll('\n', ', '),
      validFrom: validFromDate.toISOString(),
      validTo: validToDate.toISOString(),
      fingerprint256,
    }
  } catch {
    return undefined
  }
}

function expiredIn(value: Json, index: number, now: number): KeySetFacts['faults'] {
  const [own] = isJsonObject(value) && Array.isArray(value.x5c) ? certificatesOf({ x5c: value.x5c.slice(0, 1) }) : []
  if (!own || Date.parse(own.validTo) >= now) return []
  const detail = `The certificate of ${own.subject || 'the key'} ended on ${own.validTo.slice(0, 10)}.`
  return [{ rule: 'jwks.x5c-expired', detail, pointer: `/keys/${index}/x5c/0`, value: own.validTo }]
}
