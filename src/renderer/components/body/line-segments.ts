import { splitAtMasks } from '../../../contract/mask.ts'

/** A piece of a shown line. */
export type LineSegment =
  { kind: 'plain' | 'name' | 'match'; text: string } | { kind: 'mask'; text: string; fingerprint?: string | undefined }

const jsonName = /^(\s*"(?:[^"\\]|\\.)*":)(.*)$/s

/** Cuts a line into what is drawn apart: masks, matches of a search (small letters), and the name in a line of JSON. */
export function segmentsOf(line: string, query: string): LineSegment[] {
  return splitAtMasks(line).flatMap((piece, index): LineSegment[] => {
    if ('mask' in piece) return [{ kind: 'mask', text: piece.mask, fingerprint: piece.fingerprint }]
    if (query) return matchesIn(piece.text, query)
    const [, name, rest] = (index === 0 && jsonName.exec(piece.text)) || []
    if (name === undefined) return [{ kind: 'plain', text: piece.text }]
    return [
      { kind: 'name', text: name },
      { kind: 'plain', text: rest ?? '' },
    ]
  })
}

function matchesIn(text: string, query: string): LineSegment[] {
  const segments: LineSegment[] = []
  const small = text.toLowerCase()
  let end = 0
  for (let at = small.indexOf(query); at >= 0; at = small.indexOf(query, end)) {
    if (at > end) segments.push({ kind: 'plain', text: text.slice(end, at) })
    end = at + query.length
    segments.push({ kind: 'match', text: text.slice(at, end) })
  }
  if (end < text.length) segments.push({ kind: 'plain', text: text.slice(end) })
  return segments
}

/** The numbers of the lines in which a text (small letters) stands. */
export function linesWith(lines: readonly string[], query: string): number[] {
  if (!query) return []
  return lines.flatMap((line, index) => (line.toLowerCase().includes(query) ? [index] : []))
}
