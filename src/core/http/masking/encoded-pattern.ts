/** A value to look for in every form in which common encoders write it. */
export interface EncodedPattern {
  /** letters and digits that no encoder changes: looked for first, since a plain text is found fast; empty when there are none */
  anchor: string
  /** RegExp source of what stands before the anchor, and of the anchor with what follows */
  before: string
  after: string
  /** characters of the value, the cost of one look */
  cost: number
  /** a hit stands in base64: the whole run belongs to the secret, since its ends share bytes with it */
  base64: boolean
}

const shortestAnchor = 4
const longestAnchor = 16
/** A longer value is found by its beginning. */
const longestPattern = 4096

const namedEntities: Record<string, string> = {
  '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos', '+': 'plus', '/': 'sol', '=': 'equals', _: 'lowbar',
  '.': 'period', '-': 'hyphen', '!': 'excl', '#': 'num', $: 'dollar', '%': 'percnt', '(': 'lpar', ')': 'rpar',
  '*': 'ast', ',': 'comma', ':': 'colon', ';': 'semi', '?': 'quest', '@': 'commat', '[': 'lbrack', '\\': 'bsol',
  ']': 'rbrack', '^': 'Hat', '`': 'grave', '{': 'lcub', '|': 'vert', '}': 'rcub', '\n': 'NewLine', '\t': 'Tab',
} // prettier-ignore

/** A value as it is, percent-, form-, JSON- and HTML-encoded, also several times over and mixed. */
export function textPattern(value: string): EncodedPattern {
  const characters = [...value.slice(0, longestPattern)]
  return toPattern(characters, { alternativesOf: textAlternatives, base64: false })
}

/**
 * A value inside base64 or base64url at each of the three ways its bytes can fall, so inside Basic credentials and inside
 * JSON that is encoded whole. Only characters that depend on the value alone are looked for.
 */
export function base64Patterns(value: string): EncodedPattern[] {
  const bytes = Buffer.from(value.slice(0, longestPattern))
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    const core = text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
    return toPattern([...core], { alternativesOf: base64Alternatives, base64: true })
  })
}

interface PatternStyle {
  alternativesOf(character: string): string[]
  base64: boolean
}

function toPattern(characters: string[], { alternativesOf, base64 }: PatternStyle): EncodedPattern {
  const { start, end } = anchorOf(characters)
  const source = (part: string[]) =>
    part.map((char) => (isPlain(char) ? char : `(?:${alternativesOf(char).join('|')})`)).join('')
  return {
    anchor: characters.slice(start, end).join(''),
    before: source(characters.slice(0, start)),
    after: source(characters.slice(start)),
    cost: characters.length,
    base64,
  }
}

function isPlain(character: string): boolean {
  return /^[A-Za-z0-9]$/.test(character)
}

/** The longest run of letters and digits; of several long ones the last, since tokens often begin alike. */
function anchorOf(characters: string[]): { start: number; end: number } {
  let best = { start: 0, end: 0 }
  let start = 0
  for (let i = 0; i <= characters.length; i++) {
    if (i < characters.length && isPlain(characters[i]!)) continue
    const length = Math.min(i - start, longestAnchor)
    if (length >= shortestAnchor && length >= best.end - best.start) best = { start: i - length, end: i }
    start = i + 1
  }
  return best
}

function textAlternatives(character: string): string[] {
  const units = Array.from({ length: character.length }, (_none, i) => character.charCodeAt(i))
  const codePoint = character.codePointAt(0)!
  const name = namedEntities[character]
  return [
    ...(character === '%' ? [] : [escapeRegExp(character)]),
    percentSource(character),
    `&(?:amp;)?#(?:0{0,6}${codePoint}|[xX]0{0,6}${anyCase(codePoint.toString(16))});?`,
    ...(name ? [`&(?:amp;)?${name};`] : []),
    units.map((unit) => `\\\\{1,8}u${anyCase(unit.toString(16).padStart(4, '0'))}`).join(''),
    ...(codePoint < 0x100 ? [`\\\\{1,8}x${anyCase(codePoint.toString(16).padStart(2, '0'))}`] : []),
    ...jsonEscapes(character),
    ...(character === ' ' ? ['\\+'] : []),
  ]
}

function base64Alternatives(character: string): string[] {
  const twins = character === '+' || character === '-' ? ['+', '-'] : ['/', '_']
  return twins.flatMap(textAlternatives)
}

/** Percent-encoding any number of times over; a percent sign itself also stands plain. */
function percentSource(character: string): string {
  const bytes = [...Buffer.from(character)]
  const encoded = bytes.map((byte) => `%(?:25){0,8}${anyCase(byte.toString(16).padStart(2, '0'))}`).join('')
  return character === '%' ? '%(?:25){0,8}' : encoded
}

function jsonEscapes(character: string): string[] {
  const letter = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' }[character]
  if (letter) return [`\\\\{1,8}${letter}`]
  return '"\'/\\'.includes(character) ? [`\\\\{1,8}${escapeRegExp(character)}`] : []
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

/** The text as a RegExp source that matches it and nothing else. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
