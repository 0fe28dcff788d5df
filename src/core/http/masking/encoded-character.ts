/**
 * One character in every form in which common encoders write it: plain, percent-encoded any number of times over, as an
 * HTML entity, behind the backslashes of JSON and scripts. Letters and digits are never encoded.
 */
export interface EncodedCharacter {
  /** ends of the forms that begin at a place of the text */
  endsFrom(text: string, at: number): number[]
  /** beginnings of the forms that end at a place of the text */
  startsTo(text: string, at: number): number[]
  /** RegExp source of any form */
  source: string
}

/** Most percent signs or backslashes that encoders put before one character. */
const deepest = 8

const namedEntities: Record<string, string> = {
  '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos', '+': 'plus', '/': 'sol', '=': 'equals', _: 'lowbar',
  '.': 'period', '-': 'hyphen', '!': 'excl', '#': 'num', $: 'dollar', '%': 'percnt', '(': 'lpar', ')': 'rpar',
  '*': 'ast', ',': 'comma', ':': 'colon', ';': 'semi', '?': 'quest', '@': 'commat', '[': 'lbrack', '\\': 'bsol',
  ']': 'rbrack', '^': 'Hat', '`': 'grave', '{': 'lcub', '|': 'vert', '}': 'rcub', '\n': 'NewLine', '\t': 'Tab',
} // prettier-ignore

/** Characters, never values: it cannot grow beyond the characters that secrets are made of. */
const cache = new Map<string, EncodedCharacter>()

/** The forms of a character. In base64 `+` and `-` are one, `/` and `_` are one. */
export function encodedCharacter(character: string, isBase64: boolean): EncodedCharacter {
  const accepted = isBase64 ? twinsOf(character) : character
  let known = cache.get(accepted)
  if (!known) cache.set(accepted, (known = build(accepted)))
  return known
}

/** True for characters that no encoder changes. */
export function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
}

function twinsOf(character: string): string {
  if (character === '+' || character === '-') return '+-'
  return character === '/' || character === '_' ? '/_' : character
}

function build(accepted: string): EncodedCharacter {
  const single = accepted === '+-' || accepted === '/_' ? [...accepted] : [accepted]
  const forms = single.flatMap(encodedForms)
  const forward = forms.map((form) => new RegExp(form, 'y'))
  const backward = forms.map((form) => new RegExp(`(?<=(${form}))`, 'y'))
  return {
    source: [...single.map(escapeRegExp), ...forms].join('|'),
    endsFrom(text, at) {
      const ends = single.filter((one) => text.startsWith(one, at)).map((one) => at + one.length)
      // All encoded forms begin with one of these: asking is slow, and texts are mostly plain.
      if (at >= text.length || !'%&\\+'.includes(text[at]!)) return ends
      // Each form on its own: %26 is a form of & and also the beginning of another, %26amp%3B.
      for (const form of forward) pushDefined(ends, endOf(form, text, at))
      return accepted in repeats ? [...ends, ...repeatedFrom(accepted, text, at)] : ends
    },
    startsTo(text, at) {
      const starts = single.filter((one) => text.endsWith(one, at)).map((one) => at - one.length)
      for (const form of backward) pushDefined(starts, startOf(form, text, at))
      return accepted in repeats ? [...starts, ...repeatedTo(accepted, text, at)] : starts
    },
  }
}

function pushDefined(places: number[], place: number | undefined): void {
  if (place !== undefined) places.push(place)
}

/** A backslash doubled, a percent sign with its `25`, each any number of times over: every length may be the right one. */
function repeatedFrom(character: string, text: string, at: number): number[] {
  const { first, more } = repeats[character]!
  const ends: number[] = []
  for (let end = endOf(first, text, at); end !== undefined && ends.length <= deepest; end = endOf(more, text, end))
    ends.push(end)
  return ends
}

function repeatedTo(character: string, text: string, at: number): number[] {
  const { firstBefore, moreBefore } = repeats[character]!
  const starts: number[] = []
  let end: number | undefined = at
  for (let times = 0; end !== undefined && times <= deepest; times++) {
    const start = startOf(firstBefore, text, end)
    if (start !== undefined) starts.push(start)
    end = startOf(moreBefore, text, end)
  }
  return starts
}

function endOf(sticky: RegExp, text: string, at: number): number | undefined {
  sticky.lastIndex = at
  const match = sticky.exec(text)
  return match ? at + match[0].length : undefined
}

function startOf(stickyBefore: RegExp, text: string, at: number): number | undefined {
  stickyBefore.lastIndex = at
  const match = stickyBefore.exec(text)
  return match ? at - match[1]!.length : undefined
}

// The signs of one encoding, as another one over it writes them: HTML in an address, JSON in HTML, and so on.
const times = `{0,${deepest}}`
const percentSign = `(?:%|&(?:amp;)?#(?:37|[xX]25);|&percnt;|\\\\{1,${deepest}}(?:u00|x)25)(?:25)${times}`
const hash = `(?:#|${percentSign}23)`
const semicolon = `(?:;|${percentSign}3[bB])`
const ampersand = `(?:&|${percentSign}26|\\\\{1,${deepest}}(?:u00|x)26)(?:(?:amp|${hash}(?:38|[xX]26))${semicolon})${times}`
const backslash = `(?:\\\\|${percentSign}5[cC]|${ampersand}${hash}(?:92|[xX]5[cC])${semicolon}|${ampersand}bsol${semicolon})`
const backslashes = `${backslash}{1,${deepest}}`

const repeating = (first: string, more: string) => ({
  first: new RegExp(first, 'y'),
  more: new RegExp(more, 'y'),
  firstBefore: new RegExp(`(?<=(${first}))`, 'y'),
  moreBefore: new RegExp(`(?<=(${more}))`, 'y'),
})
const repeats: Record<string, ReturnType<typeof repeating>> = {
  '\\': repeating(backslash, backslash),
  '%': repeating('%', '25'),
}

function encodedForms(character: string): string[] {
  const units = Array.from({ length: character.length }, (_none, i) => character.charCodeAt(i))
  const codePoint = character.codePointAt(0)!
  const hex = (value: number, digits: number) => anyCase(value.toString(16).padStart(digits, '0'))
  const name = namedEntities[character]
  return [
    [...Buffer.from(character)].map((byte) => percentSign + hex(byte, 2)).join(''),
    `${ampersand}${hash}(?:0{0,6}${codePoint}|[xX]0{0,6}${hex(codePoint, 1)})${semicolon}?`,
    ...(name ? [ampersand + name + semicolon] : []),
    units.map((unit) => `${backslashes}u${hex(unit, 4)}`).join(''),
    ...(codePoint < 0x100 ? [`${backslashes}x${hex(codePoint, 2)}`] : []),
    ...jsonEscapes(character),
    ...(character === ' ' ? ['\\+'] : []),
  ]
}

function jsonEscapes(character: string): string[] {
  const letter = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' }[character]
  if (letter) return [backslashes + letter]
  if (!`"'/`.includes(character)) return []
  const encodedAgain =
    character === '"' ? [`${percentSign}22`, `${ampersand}(?:quot|${hash}(?:34|[xX]22))${semicolon}`] : []
  const quote = character === "'" ? [`${percentSign}27`, `${ampersand}(?:apos|${hash}(?:39|[xX]27))${semicolon}`] : []
  const slash = character === '/' ? [`${percentSign}2[fF]`] : []
  return [`${backslashes}(?:${[character, ...encodedAgain, ...quote, ...slash].join('|')})`]
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

/** The text as a RegExp source that matches it and nothing else. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
