import type { BodyReference } from '../../contract/http.ts'
import type { NameValue } from '../../contract/json.ts'
import type { Masker } from '../http/masking/create-masker.ts'

const inlineCharacters = 1024

/** Masks a body and stores it: short text inline, the rest beside the events through `write`. */
export function recordBody(
  body: { id: string; bytes: Uint8Array; contentType: string; truncated?: boolean },
  masker: Masker,
  write: (id: string, text: string) => void,
): BodyReference | undefined {
  if (body.bytes.length === 0) return undefined
  const mediaType = mediaTypeOf(body.contentType)
  const text = decodeText(body.bytes)
  const common = {
    id: body.id,
    mediaType: masker.maskText(mediaType),
    bytes: body.bytes.length,
    ...(body.truncated ? { truncated: true } : {}),
  }
  // Binary content cannot be searched for secrets, so none of it is kept.
  if (text === undefined) return { ...common, kind: 'binary', characters: 0 }
  const masked = masker.maskBody(text, mediaType)
  const reference = { ...common, kind: 'text' as const, characters: masked.length }
  if (masked.length <= inlineCharacters) return { ...reference, inline: masked }
  write(body.id, masked)
  return reference
}

/** The value of a header, case-insensitively; empty when absent. */
export function headerOf(headers: NameValue[], name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
}

/** The media type without parameters, lower case. */
export function mediaTypeOf(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase()
}

/** Text of a body: UTF-8, or undefined for binary content (NUL bytes, or many undecodable ones). */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, 4096).includes(0)) return undefined
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const broken = text.slice(0, 4096).split('\uFFFD').length - 1
  return broken > 40 ? undefined : text
}
