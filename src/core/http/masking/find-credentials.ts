import { looksLikeWords, shortestToken } from './secret-names.ts'
import type { FoundSecret } from './spans.ts'

/**
 * The secret part of an Authorization value, the scheme left out. In Basic credentials the whole run is masked with the
 * fingerprint of the password alone, so that equal secrets look equal. @see RFC 9110 §11.4, RFC 7617, RFC 6750 §2.1
 */
export function credentialSpan(value: string, offset = 0): FoundSecret | undefined {
  const trimmed = value.trimEnd()
  const scheme = /^\s{0,8}(?:([A-Za-z][\w-]{0,30})\s{1,8}(?=\S))?/.exec(trimmed)!
  const rest = trimmed.slice(scheme[0].length)
  if (rest === '' || rest.startsWith('●●●●')) return undefined
  const start = offset + scheme[0].length
  const end = start + rest.length
  const password = scheme[1]?.toLowerCase() === 'basic' ? basicPassword(rest) : undefined
  const clear = password === undefined || password === '' ? rest : password
  return { start, end, clear, kind: 'secret', learn: clear.length >= shortestToken }
}

/** A scheme of four letters, a space and eight characters. */
const shortestCredentials = 13

/** `Bearer …`, `DPoP …` and `Basic …` anywhere in a text: servers echo requests, logs quote them. */
export function findCredentials(text: string): FoundSecret[] {
  if (text.length < shortestCredentials) return []
  const found: FoundSecret[] = []
  for (const match of text.matchAll(/\b(Bearer|DPoP|Basic)(?:\s|\+|%20){1,4}([\w.~+/%-]{8,}={0,2})/gi)) {
    const run = match[2]!
    const isBasic = match[1]!.toLowerCase() === 'basic'
    const password = isBasic ? basicPassword(run) : undefined
    // `Bearer resource_metadata="…"` is a challenge.
    if (isBasic ? password === undefined : looksLikeWords(run.replace(/=+$/, ''))) continue
    const end = match.index + match[0].length
    found.push({ start: end - run.length, end, clear: password || run, kind: 'secret', learn: true })
  }
  return found
}

/** The password of Basic credentials, form-decoded as RFC 6749 §2.3.1 has clients encode it; undefined when it is none. */
export function basicPassword(credentials: string): string | undefined {
  const run = decodePercent(credentials)
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(run)) return undefined
  const text = Buffer.from(run, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  // Words of prose decode to control characters and broken UTF-8.
  if (colon < 0 || /[\u0000-\u001f\u007f\ufffd]/.test(text)) return undefined
  return decodePercent(text.slice(colon + 1).replaceAll('+', ' '))
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
