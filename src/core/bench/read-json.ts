import { createScanner, parse, visit, type JSONPath } from 'jsonc-parser'
import type { TokenFault } from '../../contract/bench/inspection.ts'
import type { Json } from '../../contract/json.ts'

/** JSON as far as it can be read. */
export interface ReadJson {
  /** undefined when there is nothing to show */
  value: Json | undefined
  /** false when a JSON reader refuses the text, and `value` is what could be made of it */
  isJson: boolean
  faults: TokenFault[]
}

/** What lies deeper is not shown. */
const deepestShown = 64
/** Deeper texts are read, but their places are not told: the library that tells them recurses. */
const deepestTold = 500
const mostFaults = 100
/** Of a list or an object so many are shown. */
const mostElements = 2_000

/** By the numbers of jsonc-parser's ParseErrorCode, which is a constant enumeration and cannot be imported. */
const sentences: Record<number, string> = {
  1: 'Something stands here that JSON does not know.',
  2: 'This is no number of JSON.',
  3: 'The name of a member is missing here.',
  4: 'A value is missing here.',
  5: 'A colon is missing here.',
  6: 'A comma is missing here.',
  7: 'The closing brace is missing: the text ends too early, or something else stands here.',
  8: 'The closing bracket is missing: the text ends too early, or something else stands here.',
  9: 'The JSON is over here, and something follows.',
  10: 'JSON has no comments.',
  11: 'A comment does not end.',
  12: 'A text does not end.',
  13: 'A number does not end.',
  14: 'An escape \\u is not followed by four hexadecimal digits.',
  15: 'A backslash is followed by what it cannot escape.',
  16: 'A control character stands in a text without being escaped.',
}

/** Characters that are not seen, or that change in which order others are seen, and halves of characters. */
const hidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Reads a text as JSON and names what is wrong with it, with offset and JSON pointer. Never throws. @see RFC 8259 */
export function readJson(text: string): ReadJson {
  const faults: TokenFault[] = []
  const bare = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text
  if (bare !== text) faults.push(fault('json', 'It begins with a byte order mark.', { offset: 0 }))
  const tooDeep = placeTooDeep(bare)
  if (tooDeep !== undefined) {
    const detail = `It is nested deeper than ${deepestTold} levels; only the first ${deepestShown} are shown.`
    faults.push(fault('too-deep', detail, { offset: tooDeep }))
  }
  const strict = parseStrictly(bare)
  if (tooDeep === undefined) faults.push(...tellPlaces(bare, strict.isJson))
  if (strict.isJson) return { value: prune(strict.value, 0), isJson: true, faults }
  if (!faults.some(({ id }) => id === 'json')) {
    faults.push(fault('json', 'A JSON reader refuses it at this place.', { offset: Math.min(strict.at, text.length) }))
  }
  const partly = tooDeep === undefined ? (parse(bare, [], { disallowComments: true }) as Json | undefined) : undefined
  return { value: partly === undefined ? undefined : prune(partly, 0), isJson: false, faults }
}

function fault(id: string, detail: string, place: Pick<TokenFault, 'offset' | 'pointer'>): TokenFault {
  return { id, detail, ...place, inDecoded: true, specification: 'RFC 8259' }
}

function parseStrictly(text: string): { isJson: true; value: Json } | { isJson: false; at: number } {
  try {
    return { isJson: true, value: JSON.parse(text) as Json }
  } catch (error) {
    // SECURITY: of the message only the number is used, for it quotes the text.
    return { isJson: false, at: Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? 0) }
  }
}

/** By the numbers of jsonc-parser's SyntaxKind. */
const opening = new Set([1, 3])
const closing = new Set([2, 4])
const endOfText = 17

/** Where the nesting gets deeper than can be told. */
function placeTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true)
  let depth = 0
  for (let kind: number = scanner.scan(); kind !== endOfText; kind = scanner.scan()) {
    if (opening.has(kind) && ++depth > deepestTold) return scanner.getTokenOffset()
    if (closing.has(kind)) depth = Math.max(0, depth - 1)
  }
  return undefined
}

/** Walks through the text for the places of errors, and of what JSON allows and readers do not agree on. */
function tellPlaces(text: string, isJson: boolean): TokenFault[] {
  const faults: TokenFault[] = []
  const add = (id: string, detail: string, place: { offset: number; path: JSONPath }) => {
    if (faults.length < mostFaults)
      faults.push(fault(id, detail, { offset: place.offset, pointer: pointerOf(place.path) }))
  }
  const names: Set<string>[] = []
  // Asked only where something is told: a path is as long as the nesting is deep.
  let pathNow: () => JSONPath = () => []
  let isBehindComma = false
  visit(
    text,
    {
      onObjectBegin: () => void names.push(new Set()),
      onObjectEnd: () => void names.pop(),
      onObjectProperty(name, offset, ...rest) {
        pathNow = rest[3]
        const tell = (id: string, detail: string) => add(id, detail, { offset, path: [...pathNow(), name] })
        if (names.at(-1)?.has(name)) tell('duplicate-key', twice(name))
        names.at(-1)?.add(name)
        if (hidden.test(name)) tell('control-characters', hiddenIn('The name of a member', name))
      },
      onSeparator: (character) => void (isBehindComma = character === ','),
      onLiteralValue(value: unknown, offset, ...rest) {
        pathNow = rest[3]
        isBehindComma = false
        const tell = (id: string, detail: string) => add(id, detail, { offset, path: pathNow() })
        if (typeof value === 'string' && hidden.test(value)) tell('control-characters', hiddenIn('The text', value))
        const detail = typeof value === 'number' ? imprecise(text.slice(offset, offset + rest[0])) : undefined
        if (detail) tell('number', detail)
      },
      onError(code, offset) {
        const detail = sentences[code] ?? 'A JSON reader refuses it at this place.'
        if (!isJson) add('json', detail, { offset, path: placeOf(code, pathNow(), isBehindComma) })
      },
    },
    { disallowComments: true },
  )
  return faults
}

/** What cannot be read as a token of JSON is told before the element of a list that it belongs to is counted. */
function placeOf(code: number, path: JSONPath, isBehindComma: boolean): JSONPath {
  const last = path.at(-1)
  const isEarly = isBehindComma && typeof last === 'number' && (code <= 2 || code >= 12)
  return isEarly ? [...path.slice(0, -1), last + 1] : path
}

function twice(name: string): string {
  const shown = JSON.stringify(name.slice(0, 80))
  return `${shown} stands here a second time: most readers take the last one, some the first, and some refuse the token (RFC 7519 §4). The last one is shown.`
}

function hiddenIn(what: string, text: string): string {
  const code = text.charCodeAt(text.search(hidden)).toString(16).toUpperCase().padStart(4, '0')
  return `${what} holds U+${code}, a character that is not seen or changes how others are seen.`
}

function imprecise(raw: string): string | undefined {
  const value = Number(raw)
  if (!Number.isFinite(value)) return 'The number is larger than readers can keep.'
  const isRounded = /^-?\d+$/.test(raw) && !Number.isSafeInteger(value)
  return isRounded ? 'The number has more digits than most readers keep: they take another one.' : undefined
}

/** The path as JSON pointer. @see RFC 6901 §3 */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).slice(0, 200).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Without what lies too deep or is too much, said in its place, and with infinite numbers as text: neither crosses a border. */
function prune(value: Json, depth: number): Json {
  // Plus zero makes one zero of the two.
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepestShown) return '…'
  if (Array.isArray(value)) {
    const kept = value.slice(0, mostElements).map((element) => prune(element, depth + 1))
    return value.length > mostElements ? [...kept, `… (${value.length - mostElements} more)`] : kept
  }
  const names = Object.keys(value)
  const kept = names.slice(0, mostElements).map((name): [string, Json] => [name, prune(value[name]!, depth + 1)])
  if (names.length > mostElements) kept.push(['…', `${names.length - mostElements} more`])
  return Object.fromEntries(kept)
}
