/**
 * The bytes of a base64url text; null for anything that another text would decode to as well: padding, blanks, foreign
 * letters, bits set beyond the last byte.
 * SECURITY: without this a changed last letter of a signature would still verify.
 * @see RFC 7515 §2, RFC 4648 §3.5
 */
export function decodeBase64url(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}
