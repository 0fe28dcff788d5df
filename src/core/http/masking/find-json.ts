import { credentialSpan } from './find-credentials.ts'
import { isMaskedThere, kindOfName, looksLikeWords, type SecretKind } from './secret-names.ts'
import type { FoundSecret } from './spans.ts'

/** A name before a colon: in double quotes, in single ones, or bare as in scripts. */
const nameAndColon = /(?:"([^"]{1,200})"|'([^'\n]{1,64})'|(?<![\w$"'])([A-Za-z_$][\w$]{2,40}))\s{0,16}:\s{0,16}/g
const nextElement = /\s{0,64},?\s{0,64}/y
const numberHere = /-?\d[\d.eE+-]{0,30}/y

/**
 * Secrets under known names in JSON at any depth, also in JSON that does not parse or breaks off, in JSON within a string
 * of JSON, and in object literals of scripts. A scan rather than a parse: what is wrong elsewhere must not unmask it.
 */
export function findInJson(text: string): FoundSecret[] {
  if (!text.includes(':')) return []
  const found: FoundSecret[] = []
  for (const match of text.matchAll(nameAndColon)) {
    const raw = match[1] ?? match[2] ?? match[3]!
    // A name in a string of JSON ends with the backslashes of its quote: \"client_secret\":
    const name = raw.replace(/\\{1,8}$/, '')
    const kind = kindOfName(name.includes('\\u') ? unescape(name) : name)
    if (kind) valuesAt(text, { at: match.index + match[0].length, kind, level: raw.length - name.length }, found)
  }
  return found
}

interface ValuePlace {
  at: number
  kind: SecretKind
  /** backslashes before each quote */
  level: number
}

function valuesAt(text: string, place: ValuePlace, found: FoundSecret[]): void {
  if (text[place.at] !== '[') {
    stringAt(text, place, found)
    return
  }
  for (let at = place.at + 1; ;) {
    nextElement.lastIndex = at
    at += nextElement.exec(text)![0].length
    const end = stringAt(text, { ...place, at }, found)
    if (end === undefined) return
    at = end
  }
}

/** Takes the string at a place and answers the place behind it; undefined when there is no string. */
function stringAt(text: string, { at, kind, level }: ValuePlace, found: FoundSecret[]): number | undefined {
  const start = at + level + 1
  const quote = text[start - 1]
  if ((quote !== '"' && quote !== "'") || text.slice(at, at + level) !== '\\'.repeat(level)) {
    numberAt(text, { at, kind, level }, found)
    return undefined
  }
  const end = endOfString(text, { start, quote, level })
  const raw = text.slice(start, end)
  const clear = raw.includes('\\') ? unescape(raw) : raw
  const secret = asFound(kind, { start, end, raw, clear })
  if (secret) found.push(secret)
  return end + level + 1
}

function asFound(
  kind: SecretKind,
  { start, end, raw, clear }: { start: number; end: number; raw: string; clear: string },
): FoundSecret | undefined {
  if (kind === 'credentials') return credentialSpan(raw, start)
  if (!isMaskedThere(kind, clear)) return undefined
  // {"errors":[{"code":"unauthorized_client"}]} is no authorization code, and is what a person needs to read.
  if (kind === 'code' && looksLikeWords(clear)) return undefined
  const learn = kind === 'secret' || !looksLikeWords(clear)
  return { start, end, clear, kind: kind === 'password' ? 'password' : 'secret', learn }
}

/** One-time codes come as numbers, too. */
function numberAt(text: string, { at, kind }: ValuePlace, found: FoundSecret[]): void {
  if (kind !== 'password') return
  numberHere.lastIndex = at
  const number = numberHere.exec(text)?.[0]
  if (number) found.push({ start: at, end: at + number.length, clear: number, kind: 'password', quoted: true })
}

/** Where a string ends: at its quote, at the quote of the string around it, or with the text. */
function endOfString(text: string, place: { start: number; quote: string; level: number }): number {
  const { start, quote, level } = place
  for (let end = text.indexOf(quote, start); end >= 0; end = text.indexOf(quote, end + 1)) {
    let first = end
    while (first > start && text[first - 1] === '\\') first--
    const backslashes = end - first
    if (level === 0 ? backslashes % 2 === 0 : backslashes <= level) return end - (level === 0 ? 0 : backslashes)
  }
  return text.length
}

/** Takes off JSON escapes, of several levels at once. */
function unescape(raw: string): string {
  return raw.replace(/\\{1,8}(?:u[0-9a-fA-F]{4}|[bfnrt"'/\\])/g, (escape) => {
    const code = escape.replace(/^\\{1,8}(?=[^\\])/, '')
    if (code.startsWith('u')) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return letters[code] ?? code.slice(-1)
  })
}

const letters: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
