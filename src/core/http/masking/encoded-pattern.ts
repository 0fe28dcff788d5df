import { encodedCharacter, isPlain } from './encoded-character.ts'

/** A value to look for in every form in which common encoders write it. */
export interface EncodedPattern {
  /** letters and digits that no encoder changes, looked for first since that is fast; empty when there are too few */
  anchor: string
  /** RegExp source that finds where the value may begin; for patterns without an anchor */
  beginning(): string
  /** Whether the value stands around the anchor (or from the beginning) at this place. */
  matchAt(text: string, at: number): { start: number; end: number } | undefined
  /** what looking has cost so far, about one for each plain character, so that a text made to be slow can be given up */
  spent: number
  /** a hit stands in base64: the whole run belongs to the secret, since its ends share bytes with it */
  base64: boolean
}

const shortestAnchor = 3
const longestAnchor = 16
const goodAnchor = 8
/** the end of a value, searched for an anchor first */
const anchorWindow = 100
/** Places that a value's forms may reach at once; more would need a value of dozens of backslashes. */
const mostPlaces = 32
const costOfSpecial = 10

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
  spent = 0
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

  beginning(): string {
    const first = String.fromCodePoint(this.#value.codePointAt(0)!)
    return isPlain(first.charCodeAt(0)) ? first : encodedCharacter(first, this.base64).source
  }

  matchAt(text: string, at: number): { start: number; end: number } | undefined {
    this.#characters ??= {
      before: [...this.#value.slice(0, this.#anchorAt)].toReversed(),
      after: [...this.#value.slice(this.#anchorAt)],
    }
    const ends = this.#follow(this.#characters.after, [at], (character, place) =>
      this.#endsFrom(text, character, place),
    )
    if (ends.length === 0) return undefined
    const starts = this.#follow(this.#characters.before, [at], (character, place) =>
      this.#startsTo(text, character, place),
    )
    return starts.length === 0 ? undefined : { start: Math.min(...starts), end: Math.max(...ends) }
  }

  /** Walks all readings of the text at once, so that no number of ambiguous escapes makes it slow. */
  #follow(characters: string[], from: number[], step: (character: string, place: number) => number[]): number[] {
    let places = from
    for (const character of characters) {
      const next = places.length === 1 ? step(character, places[0]!) : places.flatMap((place) => step(character, place))
      this.spent += isPlain(character.charCodeAt(0)) ? places.length : costOfSpecial * (places.length + next.length)
      places = next.length > 1 ? [...new Set(next)].slice(0, mostPlaces) : next
      if (places.length === 0) break
    }
    return places
  }

  #endsFrom(text: string, character: string, place: number): number[] {
    if (!isPlain(character.charCodeAt(0))) return encodedCharacter(character, this.base64).endsFrom(text, place)
    return text[place] === character ? [place + 1] : []
  }

  #startsTo(text: string, character: string, place: number): number[] {
    if (!isPlain(character.charCodeAt(0))) return encodedCharacter(character, this.base64).startsTo(text, place)
    return text[place - 1] === character ? [place - 1] : []
  }
}

/** The longest run of letters and digits; of several long ones the last, since tokens often begin alike. */
function anchorOf(value: string): { start: number; end: number } {
  const from = Math.max(0, value.length - anchorWindow)
  const nearEnd = longestRun(value.slice(from))
  if (from === 0 || nearEnd.end - nearEnd.start >= goodAnchor)
    return { start: from + nearEnd.start, end: from + nearEnd.end }
  return longestRun(value)
}

function longestRun(value: string): { start: number; end: number } {
  let best = { start: 0, end: 0 }
  for (const { index, 0: run } of value.matchAll(/[A-Za-z0-9]+/g)) {
    const length = Math.min(run.length, longestAnchor)
    const end = index + run.length
    if (length >= shortestAnchor && length >= best.end - best.start) best = { start: end - length, end }
  }
  return best
}
