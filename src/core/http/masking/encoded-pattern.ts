/** A value to look for in every form in which common encoders write it. */
export interface EncodedPattern {
  /** letters and digits that no encoder changes: looked for first, since a plain text is found fast; empty when there are none */
  anchor: string
  /** matches at an anchor (sticky) or, without one, anywhere (global); group 1 is what stands before the anchor. Built when first needed. */
  regexp(): RegExp
  /** what follows the pattern in a value too long for one */
  rest: string
  /** characters of the value, the cost of one look */
  cost: number
  /** a hit stands in base64: the whole run belongs to the secret, since its ends share bytes with it */
  base64: boolean
}

const shortestAnchor = 4
const longestAnchor = 16
/** A longer value is found by its beginning: an expression has a largest size, and an error about it would quote the value. */
const longestPattern = 4096
const mostSpecials = 400

const namedEntities: Record<string, string> = {
  '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos', '+': 'plus', '/': 'sol', '=': 'equals', _: 'lowbar',
  '.': 'period', '-': 'hyphen', '!': 'excl', '#': 'num', $: 'dollar', '%': 'percnt', '(': 'lpar', ')': 'rpar',
  '*': 'ast', ',': 'comma', ':': 'colon', ';': 'semi', '?': 'quest', '@': 'commat', '[': 'lbrack', '\\': 'bsol',
  ']': 'rbrack', '^': 'Hat', '`': 'grave', '{': 'lcub', '|': 'vert', '}': 'rcub', '\n': 'NewLine', '\t': 'Tab',
} // prettier-ignore

/** A value as it is, percent-, form-, JSON- and HTML-encoded, also several times over and mixed. */
export function textPattern(value: string): EncodedPattern {
  return toPattern(value, textAlternatives, false)
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
    return toPattern(core, base64Alternatives, true)
  })
}

function toPattern(whole: string, alternativesOf: (char: string) => string[], base64: boolean): EncodedPattern {
  const value = beginningOf(whole)
  const { start, end } = anchorOf(value)
  let compiled: RegExp | undefined
  const source = (part: string) =>
    part.replace(/[^A-Za-z0-9]/gu, (character) => `(?:${alternativesOf(character).join('|')})`)
  const regexp = () =>
    (compiled ??= new RegExp(
      `(?<=(${source(value.slice(0, start))}))${source(value.slice(start))}`,
      end > 0 ? 'y' : 'g',
    ))
  return { anchor: value.slice(start, end), regexp, rest: whole.slice(value.length), cost: value.length, base64 }
}

function beginningOf(whole: string): string {
  const value = whole.slice(0, longestPattern)
  const specials = [...value.matchAll(/[^A-Za-z0-9]/gu)]
  return specials.length <= mostSpecials ? value : value.slice(0, specials[mostSpecials]!.index)
}

/** The longest run of letters and digits; of several long ones the last, since tokens often begin alike. */
function anchorOf(value: string): { start: number; end: number } {
  let best = { start: 0, end: 0 }
  for (const { index, 0: run } of value.matchAll(/[A-Za-z0-9]+/g)) {
    const length = Math.min(run.length, longestAnchor)
    const end = index + run.length
    if (length >= shortestAnchor && length >= best.end - best.start) best = { start: end - length, end }
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
