import { isJsonObject } from '../../contract/json.ts'
import { decodeSegment } from './base64url.ts'
import type { FoundToken } from './found.ts'
import { parseJson } from './find-json.ts'
import { startsObject } from './read-segments.ts'
import { expectedSignatureBytes } from './token-notes.ts'

const mostTokens = 50
const narrowest = 16
const mostLines = 5_000
/** Whatever could be a token: `+`, `/` and `=` stand in those that were encoded wrongly. */
const run = /(?<![\w+/=-])[\w+/=-]{4,}(?:\.[\w+/=~-]*){1,64}/g

/** JWS and JWE anywhere in a text, at most 50, also percent-encoded and broken into lines; each value once. */
export function findTokens(text: string): FoundToken[] {
  const here = scan(text)
  const tokens = /%[0-9a-f]{2}/i.test(text) ? [...here, ...scan(decodeLoosely(text))] : here
  const values = [...new Set(tokens)].slice(0, mostTokens)
  // The same token before and behind decoding: the shorter one is a part of the longer.
  return values
    .filter((value) => !values.some((other) => other !== value && other.startsWith(value)))
    .map((value) => ({ value, label: '' }))
}

function scan(text: string): string[] {
  const values: string[] = []
  let covered = 0
  for (const match of text.matchAll(run)) {
    if (match.index < covered || values.length >= mostTokens) continue
    const start = match[0].split('.')[0]!.search(/e[w-z0-9]/)
    if (start < 0 || !startsObject(match[0].slice(start))) continue
    const { value, end } = joinLines(text, match[0].slice(start), match.index + match[0].length)
    covered = end
    values.push(withoutSentenceEnd(value))
  }
  return values
}

/** A full stop behind a token belongs to the sentence, unless it makes the second dot of an unsecured one. */
function withoutSentenceEnd(value: string): string {
  const dots = value.split('.', 8).length - 1
  return value.endsWith('.') && (dots === 3 || dots === 5) ? value.slice(0, -1) : value
}

/** Mail clients and terminals break lines: what follows in lines of its own belongs to it, until it is complete. */
function joinLines(text: string, first: string, from: number): { value: string; end: number } {
  const parts = [first]
  let end = from
  const next = /[ \t]*\r?\n[ \t>]*([\w+/=.~-]+)(?=[ \t]*(?:\r?\n|$|["'`,;]))/y
  for (;;) {
    next.lastIndex = end
    const line = next.exec(text)
    const soFar = parts.join('')
    if (!line || !belongs(line[1]!, soFar)) break
    parts.push(line[1]!)
    end = next.lastIndex
    // A short line is the last one: nobody breaks texts this narrow.
    if (line[1]!.length < narrowest || parts.length > mostLines) break
  }
  return { value: parts.join(''), end }
}

/** Whether a line goes on with a token that may be incomplete. */
function belongs(line: string, soFar: string): boolean {
  const dots = soFar.split('.', 8).length - 1
  if (dots < 2 || soFar.endsWith('.')) return true
  if (startsObject(line)) return false
  const missing = missingCharacters(soFar)
  // Where nobody knows how long the signature is, a word is a word.
  return missing === undefined ? !/^[A-Za-z]{1,24}[.,:]?$/.test(line) : line.length <= missing
}

/** How many characters the signature lacks for its algorithm; undefined when that depends on the key. */
function missingCharacters(value: string): number | undefined {
  const [header = '', , signature = '', more] = value.split('.', 4)
  const read = more === undefined ? parseJson(decodeSegment(header).bytes?.toString() ?? '') : undefined
  const expected = isJsonObject(read) ? expectedSignatureBytes(read.alg) : undefined
  return expected === undefined ? undefined : Math.ceil((expected * 4) / 3) - signature.length
}

/** Undoes percent-encoding where it is well-formed. */
export function decodeLoosely(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return encoded
    }
  })
}
