import { decodeBase64url } from './decode-base64url.ts'
import type { SignatureLine } from './signature-lines.ts'

/** The keys a shared secret may stand for: its letters, and what they are the base64 of; some servers hand it out so. */
export function secretKeysOf(secret: string): Uint8Array[] {
  const letters = new TextEncoder().encode(secret)
  const decoded = decodeBase64url(secret.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'))
  return decoded && decoded.length >= 16 ? [letters, decoded] : [letters]
}

/** SECURITY: a short secret can be found by trying. @see RFC 7518 §3.2 */
export function shortSecretLine(bytes: number, alg: string): SignatureLine | undefined {
  const needed = Number(alg.slice(2)) / 8
  if (bytes >= needed) return undefined
  return {
    rule: 'weak-key',
    title: 'The key is long enough',
    section: 'RFC 7518 §3.2',
    holds: false,
    expected: `at least ${needed} bytes`,
    actual: `${bytes} bytes`,
    isAdvice: true,
  }
}
