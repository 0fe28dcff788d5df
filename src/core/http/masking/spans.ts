import { maskOf, type Fingerprint } from '../../../contract/mask.ts'

/** A secret found in a text. */
export interface FoundSecret {
  /** first character, and the one after the last */
  start: number
  end: number
  /** the value itself, decoded, so that it has the same fingerprint wherever it is found */
  clear: string
  /** passwords and one-time codes get no fingerprint */
  kind: 'secret' | 'password'
  /** also known from now on, wherever else it turns up */
  learn?: boolean
  /** the mask stands in quotes, because a JSON number did not */
  quoted?: boolean
}

/**
 * Replaces what was found by masks, in one pass over the text as it came: a mask is never masked again. Of what lies
 * within something larger only the larger counts; what overlaps is masked as one.
 */
export function replaceFound(
  text: string,
  found: FoundSecret[],
  fingerprintOf: (secret: FoundSecret) => Fingerprint | undefined,
): string {
  if (found.length === 0) return text
  const pieces: string[] = []
  let end = 0
  for (const secret of merged(found)) {
    const mask = maskOf(fingerprintOf(secret))
    pieces.push(text.slice(end, secret.start), secret.quoted ? `"${mask}"` : mask)
    end = secret.end
  }
  pieces.push(text.slice(end))
  return pieces.join('')
}

function merged(found: FoundSecret[]): FoundSecret[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const result: FoundSecret[] = []
  for (const next of sorted) {
    const last = result.at(-1)
    if (!last || next.start >= last.end) result.push(next)
    else if (next.end > last.end) result[result.length - 1] = { ...last, end: next.end }
  }
  return result
}
