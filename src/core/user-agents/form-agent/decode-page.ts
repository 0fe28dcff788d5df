/**
 * The text of an HTML answer in the encoding its header, byte order mark or meta element names; UTF-8 otherwise.
 * @see HTML Living Standard §13.2.3.2 "Determining the character encoding"
 */
export function decodePage(body: Uint8Array, contentType: string): string {
  const label = charsetOf(contentType) ?? charsetOf(new TextDecoder('latin1').decode(body.subarray(0, 1024)))
  return decoderFor(label).decode(body)
}

function charsetOf(text: string): string | undefined {
  return /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(text)?.[1]
}

function decoderFor(label: string | undefined): { decode(bytes: Uint8Array): string } {
  try {
    return new TextDecoder(label ?? 'utf-8')
  } catch {
    return new TextDecoder('utf-8')
  }
}
