import { decodeBase64url } from './decode-base64url.ts'
import { isJsonObject, type JsonObject } from '../../../contract/json.ts'

/** A token taken apart and not judged. */
export interface ReadToken {
  /** without what stood around it */
  value: string
  form: 'jws' | 'jwe' | 'opaque' | 'malformed'
  header: JsonObject | null
  claims: JsonObject | null
  /** why it cannot be read whole */
  fault?: string
}

/** Takes a token out of what often stands around it: blanks, quotes, a header's name, a scheme. */
export function bareToken(text: string): string {
  return text
    .trim()
    .replace(/^(?:authorization:\s*)?(?:bearer|dpop)\s+/i, '')
    .replace(/^(["'`])([^]*)\1$/, '$2')
    .trim()
}

/**
 * Reads header and claims of a token in compact form, strictly: what two readers could read in two ways is malformed.
 * @see RFC 7515 §7.1, RFC 7516 §7.1
 */
export function readToken(text: string): ReadToken {
  const value = bareToken(text)
  const segments = value.split('.')
  const header = segments.length === 1 ? null : readObject(segments[0]!)
  const read = { value, header, claims: null }
  if (segments.length === 3 && value.startsWith('e')) return { ...read, ...readSigned(header, segments[1]!) }
  if (segments.length !== 5 || !header) {
    return { ...read, form: 'opaque', fault: 'It is opaque: only the server that made it can say what it is.' }
  }
  return { ...read, form: 'jwe', fault: 'It is encrypted (JWE): only who has the key can read it.' }
}

function readSigned(header: JsonObject | null, segment: string): Pick<ReadToken, 'form' | 'claims' | 'fault'> {
  if (!header) return malformed('Its header is no JSON object in base64url; a part may be missing.')
  const payload = decodeBase64url(segment)
  if (!payload) return malformed('Its payload is no base64url; a part may be missing.')
  const claims = parseObject(payload)
  if (claims) return { form: 'jws', claims }
  return { form: 'jws', claims, fault: 'Its payload is no JSON object: it is signed, but has no claims.' }
}

function malformed(fault: string): Pick<ReadToken, 'form' | 'claims' | 'fault'> {
  return { form: 'malformed', claims: null, fault }
}

function readObject(segment: string): JsonObject | null {
  const bytes = decodeBase64url(segment)
  return bytes && parseObject(bytes)
}

function parseObject(bytes: Uint8Array): JsonObject | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}
