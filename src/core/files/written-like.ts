import type { TextFile } from './read-text-file.ts'

/** A text, its lines ended by `\n`, in the manner of the file it is to replace: byte order mark and line ends stay. */
export function writtenLike({ hasBom, hasCrlf }: Pick<TextFile, 'hasBom' | 'hasCrlf'>, text: string): string {
  return (hasBom ? '\uFEFF' : '') + (hasCrlf ? text.replaceAll('\n', '\r\n') : text)
}

/** A text without byte order mark, its lines ended by `\n`: as `readTextFile` gives it. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
}
