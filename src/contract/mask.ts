/**
 * How a masked value stands in recorded text: four dots, and for comparable secrets `#` with the first 32 hex digits of
 * an HMAC-SHA-256 under this data folder's key. People see four of the digits, programs compare all.
 */
const maskPattern = /●●●●(?: #([0-9a-f]{4})[0-9a-f]{28})?/g

/** The fingerprint of a masked value: 32 hex digits. */
export type Fingerprint = string

/** The text that stands for a masked value; without a fingerprint (passwords, one-time codes) only the dots. */
export function maskOf(fingerprint?: Fingerprint): string {
  return fingerprint ? `●●●● #${fingerprint}` : '●●●●'
}

/** Shortens every mask in a text to what people see: `●●●● #a91c`. */
export function shortenMasks(text: string): string {
  return text.replace(maskPattern, (_whole, short: string | undefined) => (short ? `●●●● #${short}` : '●●●●'))
}

/** One piece of a text: plain, or a masked value. */
export type MaskedPiece = { text: string } | { mask: string; fingerprint?: Fingerprint }

/** Cuts a text at its masks, so that a screen can draw them apart and offer to reveal them. */
export function splitAtMasks(text: string): MaskedPiece[] {
  const pieces: MaskedPiece[] = []
  let end = 0
  for (const match of text.matchAll(maskPattern)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) })
    const fingerprint = match[0].length > 4 ? match[0].slice(6) : undefined
    pieces.push({ mask: shortenMasks(match[0]), ...(fingerprint ? { fingerprint } : {}) })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}
