import type { JWK } from 'jose'
import { decodeBase64url } from './decode-base64url.ts'

/** One check of one key. */
export interface Verification {
  alg: string
  key: JWK | Uint8Array
}

/**
 * Whether the signature of a compact JWS fits a key; null when the key cannot be used with the algorithm. The text must
 * be strict base64url throughout.
 * @see RFC 7515 §5.2
 */
export async function verifies(value: string, { alg, key }: Verification): Promise<boolean | null> {
  // SECURITY: another text for the same bytes would pass as the same token.
  if (!value.split('.').every((segment) => decodeBase64url(segment))) return false
  const { compactVerify, errors, importJWK } = await import('jose')
  try {
    const usable = key instanceof Uint8Array ? key : await importJWK(key, alg)
    await compactVerify(value, usable, { algorithms: [alg] })
    return true
  } catch (error) {
    return error instanceof errors.JWSSignatureVerificationFailed ? false : null
  }
}
