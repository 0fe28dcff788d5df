/** A piece of a text around a place in it. */
export interface Excerpt {
  before: string
  /** the character at the place; empty at the end of the text */
  at: string
  after: string
}

/** What stands around a place, at most so many characters on each side; a place beyond the end is the end. */
export function excerptAt(text: string, offset: number, around = 24): Excerpt {
  const place = Math.min(Math.max(0, offset), text.length)
  const at = place < text.length ? String.fromCodePoint(text.codePointAt(place)!) : ''
  const [from, to] = [Math.max(0, place - around), Math.min(text.length, place + at.length + around)]
  return {
    before: (from > 0 ? '…' : '') + text.slice(from, place),
    at,
    after: text.slice(place + at.length, to) + (to < text.length ? '…' : ''),
  }
}
