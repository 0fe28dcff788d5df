/** One character as it can be read at a place of a text. */
export interface Reading {
  character: string
  /** the place after it */
  end: number
}

/** Encoders that may have worked on one another: JSON in HTML in an address. */
const mostLayers = 3

const namedEntities: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', plus: '+', sol: '/', equals: '=', lowbar: '_',
  period: '.', hyphen: '-', dash: '-', excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')', ast: '*',
  comma: ',', colon: ':', semi: ';', quest: '?', commat: '@', lbrack: '[', lsqb: '[', bsol: '\\', rbrack: ']',
  rsqb: ']', Hat: '^', grave: '`', lcub: '{', vert: '|', rcub: '}', NewLine: '\n', Tab: '\t',
} // prettier-ignore

const escapedLetters: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** Every encoded form begins with one of these. */
export function isSign(character: string | undefined): boolean {
  return character === '%' || character === '&' || character === '\\' || character === '+'
}

/**
 * What can be read at a place: the character itself, and what it begins when it is a percent-encoding, an HTML entity, an
 * escape of JSON or of a script, or a `+` for a space, also several over one another.
 */
export function readingsAt(text: string, at: number, layers = mostLayers): Reading[] {
  const codePoint = text.codePointAt(at)
  if (codePoint === undefined) return []
  const character = String.fromCodePoint(codePoint)
  if (layers === 0 || !isSign(character)) return [{ character, end: at + character.length }]
  const below = readingsAt(text, at, layers - 1)
  const all = [...below]
  for (const sign of below) {
    for (const reading of escapesAfter(sign, { text, layers: layers - 1 })) {
      if (!all.some((other) => other.character === reading.character && other.end === reading.end)) all.push(reading)
    }
  }
  return all
}

interface Below {
  text: string
  /** layers under the one that is being taken off */
  layers: number
}

function escapesAfter({ character, end }: Reading, below: Below): Reading[] {
  switch (character) {
    case '%':
      return percentAfter(end, below)
    case '&':
      return [...numericEntityAfter(end, below), ...namedEntityAfter(end, below)]
    case '\\':
      return backslashAfter(end, below)
    case '+':
      return [{ character: ' ', end }]
    default:
      return []
  }
}

/** Places after a sign when it stands at a place. */
function skip(sign: string, at: number, { text, layers }: Below): number[] {
  return readingsAt(text, at, layers).flatMap(({ character, end }) => (character === sign ? [end] : []))
}

/** @see RFC 3986 §2.1; several bytes are one character of UTF-8 */
function percentAfter(at: number, below: Below): Reading[] {
  const first = hexAt(below.text, at, 2)
  if (first === undefined) return []
  if (first < 0x80) return [{ character: String.fromCharCode(first), end: at + 2 }]
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1
  const bytes = [first]
  let end = at + 2
  for (let i = 0; i < more; i++) {
    const next = skip('%', end, below).find((place) => isContinuation(hexAt(below.text, place, 2)))
    if (next === undefined) return []
    bytes.push(hexAt(below.text, next, 2)!)
    end = next + 2
  }
  const character = Buffer.from(bytes).toString()
  return character.includes('\ufffd') ? [] : [{ character, end }]
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf
}

const decimalOrHex = /(\d{1,8})|[xX]([0-9a-fA-F]{1,7})/y
const entityName = /[A-Za-z]{2,7}/y

function numericEntityAfter(at: number, below: Below): Reading[] {
  return skip('#', at, below).flatMap((place) => {
    decimalOrHex.lastIndex = place
    const match = decimalOrHex.exec(below.text)
    if (!match) return []
    const codePoint = match[1] ? Number(match[1]) : Number.parseInt(match[2]!, 16)
    if (codePoint > 0x10ffff) return []
    return withSemicolon(String.fromCodePoint(codePoint), place + match[0].length, below)
  })
}

function namedEntityAfter(at: number, below: Below): Reading[] {
  entityName.lastIndex = at
  const name = entityName.exec(below.text)?.[0]
  if (!name || !Object.hasOwn(namedEntities, name)) return []
  return skip(';', at + name.length, below).map((end) => ({ character: namedEntities[name]!, end }))
}

/** Browsers take numeric entities without their semicolon, too. */
function withSemicolon(character: string, end: number, below: Below): Reading[] {
  return [...skip(';', end, below), end].map((place) => ({ character, end: place }))
}

/** @see RFC 8259 §7; scripts also write \xHH and escape any sign */
function backslashAfter(at: number, below: Below): Reading[] {
  const { text } = below
  const letter = text[at] ?? ''
  if (letter === 'u') return unicodeAfter(at + 1, below)
  if (letter === 'x') return unitReading(hexAt(text, at + 1, 2), at + 3)
  const escaped = escapedLetters[letter]
  if (escaped) return [{ character: escaped, end: at + 1 }]
  return readingsAt(text, at, below.layers).filter(({ character }) => `"'/\\\``.includes(character))
}

function unicodeAfter(at: number, below: Below): Reading[] {
  const unit = hexAt(below.text, at, 4)
  if (unit === undefined || unit < 0xd800 || unit > 0xdbff) return unitReading(unit, at + 4)
  return skip('\\', at + 4, below).flatMap((place) => {
    const low = below.text[place] === 'u' ? hexAt(below.text, place + 1, 4) : undefined
    return low === undefined ? [] : [{ character: String.fromCharCode(unit, low), end: place + 5 }]
  })
}

function unitReading(unit: number | undefined, end: number): Reading[] {
  return unit === undefined ? [] : [{ character: String.fromCharCode(unit), end }]
}

function hexAt(text: string, at: number, length: number): number | undefined {
  const digits = text.slice(at, at + length)
  return digits.length === length && /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : undefined
}
