import { isSign, readingsAt } from './read-encoded.ts'

/** Counts what looking costs, about one for a plain character, so that a text made to be slow can be given up. */
export interface Cost {
  spent: number
}

/** A value to look for in every form in which common encoders write it. */
export interface EncodedPattern {
  /** letters and digits that no encoder changes, looked for first since that is fast; empty when there are too few */
  anchor: string
  /** what the value may begin with, unless it is encoded */
  firstCharacters: string[]
  /** Whether the value stands around the anchor (without one: from here on) at this place. */
  matchAt(text: string, at: number, cost: Cost): { start: number; end: number } | undefined
  /** a hit stands in base64: the whole run belongs to the secret, since its ends share bytes with it */
  base64: boolean
}

const shortestAnchor = 3
const longestAnchor = 16
const goodAnchor = 8
/** the end of a value, searched for an anchor first */
const anchorWindow = 100
/** most characters that encoders make of one */
const longestForm = 40
/** Most readings of one place; more would need a value of dozens of backslashes. */
const mostPlaces = 32
const costOfSign = 100

/** A value as it is, percent-, form-, JSON- and HTML-encoded, also several times over and mixed. */
export function textPattern(value: string): EncodedPattern {
  return new Pattern(value, false)
}

/**
 * A value inside base64 or base64url at each of the three ways its bytes can fall, so inside Basic credentials and inside
 * JSON that is encoded whole. Only characters that depend on the value alone are looked for.
 */
export function base64Patterns(value: string): EncodedPattern[] {
  const bytes = Buffer.from(value)
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    return new Pattern(text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)), true)
  })
}

class Pattern implements EncodedPattern {
  readonly anchor: string
  readonly base64: boolean
  readonly #value: string
  readonly #anchorAt: number
  #characters: { before: string[]; after: string[] } | undefined

  constructor(value: string, base64: boolean) {
    const { start, end } = anchorOf(value)
    this.#value = value
    this.#anchorAt = start
    this.anchor = value.slice(start, end)
    this.base64 = base64
  }

  matchAt(text: string, at: number, cost: Cost): { start: number; end: number } | undefined {
    const plain = at - this.#anchorAt
    // Mostly a value stands there as it is. One that begins with a sign may have an escape before it, to be taken in.
    cost.spent += this.#value.length >> 4
    if (isLetterOrDigit(this.#value[0]!) && text.startsWith(this.#value, plain))
      return { start: plain, end: plain + this.#value.length }
    this.#characters ??= {
      before: this.#split(this.#value.slice(0, this.#anchorAt)),
      after: this.#split(this.#value.slice(this.#anchorAt)),
    }
    const ends = read(this.#characters.after, { text, from: at, cost })
    const start = ends.length > 0 ? this.#startBefore(text, at, cost) : undefined
    return start === undefined ? undefined : { start, end: Math.max(...ends) }
  }

  /** Tries every beginning that may lead to the anchor; the first of all takes in the escapes before the value. */
  #startBefore(text: string, at: number, cost: Cost): number | undefined {
    const { before } = this.#characters!
    if (before.length === 0) return at
    const specials = before.filter((character) => !isLetterOrDigit(character)).length
    const last = at - this.#anchorAt
    const first = Math.max(0, last - specials * longestForm)
    for (let start = first; start <= last; start++) {
      if (read(before, { text, from: start, cost }).includes(at)) return start
    }
    return undefined
  }

  get firstCharacters(): string[] {
    return this.#split(String.fromCodePoint(this.#value.codePointAt(0)!)).flatMap((character) => Array.from(character))
  }

  #split(value: string): string[] {
    const characters = Array.from(value)
    return this.base64 ? characters.map(withTwin) : characters
  }
}

/** The alphabets of base64 and base64url differ in two signs. */
function withTwin(character: string): string {
  if (character === '+' || character === '-') return '+-'
  return character === '/' || character === '_' ? '/_' : character
}

/**
 * All places at which the characters may end when they begin at a place. All readings are followed at once, so that no
 * number of ambiguous escapes makes it slow. A character of two signs stands for either.
 */
function read(
  characters: readonly string[],
  { text, from, cost }: { text: string; from: number; cost: Cost },
): number[] {
  let places = [from]
  for (const character of characters) {
    const next: number[] = []
    for (const at of places) {
      if (isSign(text[at])) {
        cost.spent += costOfSign
        for (const reading of readingsAt(text, at)) {
          if (isSame(reading.character, character) && !next.includes(reading.end)) next.push(reading.end)
        }
      } else {
        cost.spent++
        const length = plainLength(text, at, character)
        if (length > 0) next.push(at + length)
      }
    }
    if (next.length === 0) return next
    places = next.length > mostPlaces ? next.slice(0, mostPlaces) : next
  }
  return places
}

/** Characters of the text that are the expected one as it is; 0 when they are not. */
function plainLength(text: string, at: number, expected: string): number {
  if (text[at] === expected) return 1
  if (expected.length === 1) return 0
  if (isPair(expected)) return at < text.length && expected.includes(text[at]!) ? 1 : 0
  return text.startsWith(expected, at) ? expected.length : 0
}

function isSame(found: string, expected: string): boolean {
  return found === expected || (isPair(expected) && found.length === 1 && expected.includes(found))
}

/** Two signs that count as one, as against one character of two UTF-16 units. */
function isPair(expected: string): boolean {
  return expected === '+-' || expected === '/_'
}

/** Encoders leave these as they are. */
function isLetterOrDigit(character: string): boolean {
  return /^[A-Za-z0-9]$/.test(character)
}

/** The longest run of letters and digits; of several long ones the last, since tokens often begin alike. */
function anchorOf(value: string): { start: number; end: number } {
  const from = Math.max(0, value.length - anchorWindow)
  const nearEnd = longestRun(value, from)
  return from === 0 || nearEnd.end - nearEnd.start >= goodAnchor ? nearEnd : longestRun(value, 0)
}

function longestRun(value: string, from: number): { start: number; end: number } {
  let best = { start: 0, end: 0 }
  for (const { index, 0: run } of value.slice(from).matchAll(/[A-Za-z0-9]+/g)) {
    const length = Math.min(run.length, longestAnchor)
    const end = from + index + run.length
    if (length >= shortestAnchor && length >= best.end - best.start) best = { start: end - length, end }
  }
  return best
}
