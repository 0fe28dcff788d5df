import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Length of a data key in bytes: AES-256. */
export const keyBytes = 32

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** A sealed text, as it stands in a file. */
export interface Sealed {
  /** 96 random bits, base64 */
  nonce: string
  /** cipher text and its 128-bit tag, base64 */
  data: string
}

/** Seals a text under a key; `about` is not in it, and opens it only when it is the same again (NIST SP 800-38D). */
export function seal(key: Uint8Array, text: string, about: string): Sealed {
  // SECURITY: a nonce that is used twice under one key gives both texts away; 96 random bits are safe for 2^32 records.
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes })
  sealing.setAAD(Buffer.from(about, 'utf8'))
  const data = Buffer.concat([sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()])
  return { nonce: nonce.toString('base64'), data: data.toString('base64') }
}

/** The text of what was sealed; undefined when key, `about` or a single bit is another. */
export function open(key: Uint8Array, { nonce, data }: Sealed, about: string): string | undefined {
  const bytes = Buffer.from(data, 'base64')
  const at = bytes.length - tagBytes
  if (at < 0) return undefined
  try {
    // SECURITY: the length of the tag is fixed, or a cut tag of some bits would do.
    const opening = createDecipheriv(cipher, key, Buffer.from(nonce, 'base64'), { authTagLength: tagBytes })
    opening.setAAD(Buffer.from(about, 'utf8'))
    opening.setAuthTag(bytes.subarray(at))
    return opening.update(bytes.subarray(0, at), undefined, 'utf8') + opening.final('utf8')
  } catch {
    return undefined
  }
}

/** Tells whether a value read from a file has the form of something sealed. */
export function isSealed(value: unknown): value is Sealed {
  const { nonce, data } = (value ?? {}) as Partial<Record<keyof Sealed, unknown>>
  return typeof nonce === 'string' && typeof data === 'string'
}
