import { isUtf8 } from 'node:buffer'
import type { TokenFault } from '../../contract/bench/inspection.ts'

/** What a segment decodes to. */
export interface DecodedSegment {
  /** absent when a character stands there that belongs to no encoding */
  bytes?: Buffer
  faults: TokenFault[]
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** What may not stand in a segment, and how it is told; the first place of each is named. */
const strangers: readonly [pattern: RegExp, detail: string, isRead: boolean][] = [
  [/=/, 'Padding (=) stands in it: base64url in tokens has none.', true],
  [/[+/]/, 'It is base64 with + or /, not base64url with - and _.', true],
  [/[\s\u200b\u2060\ufeff]/, 'White space stands in it.', true],
  [/[^\w+/=\s\u200b\u2060\ufeff-]/, 'A character stands in it that base64url has not.', false],
]

/**
 * Decodes a segment as far as it can be read, and names what a strict reader would refuse, with its place.
 * @see RFC 7515 §2, RFC 4648 §3.3, §3.5, §5
 */
export function decodeSegment(segment: string): DecodedSegment {
  const faults: TokenFault[] = []
  let isRead = true
  for (const [pattern, detail, canBeRead] of strangers) {
    const offset = segment.search(pattern)
    if (offset < 0) continue
    faults.push({ id: 'base64url', detail, offset, specification: 'RFC 7515 §2' })
    isRead &&= canBeRead
  }
  if (!isRead) return { faults }
  const letters = segment
    .replace(/[\s\u200b\u2060\ufeff=]/g, '')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
  const end = Math.max(0, segment.length - 1)
  if (letters.length % 4 === 1) {
    const detail = 'One character is left over at its end: something was cut off, or added.'
    faults.push({ id: 'base64url', detail, offset: end, specification: 'RFC 4648 §4' })
  } else if (hasTrailingBits(letters)) {
    const detail =
      'Its last character has bits that belong to nothing: another character stood there once, or it was cut.'
    faults.push({ id: 'base64url', detail, offset: end, specification: 'RFC 4648 §3.5' })
  }
  return { bytes: Buffer.from(letters, 'base64url'), faults }
}

function hasTrailingBits(letters: string): boolean {
  const unused = letters.length % 4 === 2 ? 15 : letters.length % 4 === 3 ? 3 : 0
  return (alphabet.indexOf(letters.at(-1) ?? 'A') & unused) !== 0
}

/** The text of bytes; what is no UTF-8 is replaced by U+FFFD, and its place told. A byte order mark stays. */
export function decodeUtf8(bytes: Buffer): { text: string; faults: TokenFault[] } {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  if (isUtf8(bytes)) return { text, faults: [] }
  const offset = firstInvalid(bytes, text)
  const at = Buffer.byteLength(text.slice(0, offset))
  const detail = `It is no UTF-8 from byte ${at} on; what cannot be read is shown as U+FFFD.`
  return { text, faults: [{ id: 'utf8', detail, offset, inDecoded: true, specification: 'RFC 7519 §7.2' }] }
}

/** The place of the first U+FFFD that the bytes do not have themselves. */
function firstInvalid(bytes: Buffer, text: string): number {
  let bytesBefore = 0
  let from = 0
  for (;;) {
    const at = text.indexOf('\ufffd', from)
    if (at < 0) return Math.max(0, text.length - 1)
    bytesBefore += Buffer.byteLength(text.slice(from, at))
    const isOwn = bytes[bytesBefore] === 0xef && bytes[bytesBefore + 1] === 0xbf && bytes[bytesBefore + 2] === 0xbd
    if (!isOwn) return at
    bytesBefore += 3
    from = at + 1
  }
}
