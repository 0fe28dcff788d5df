/**
 * Characters that make a terminal do something or a reader see something else than what is there: control characters
 * (C0, DEL, C1), format characters (marks that turn the direction of text, joiners, tags), private use, halves of
 * surrogate pairs, other line ends, odd blanks, fillers without ink and most variation selectors.
 */
const acting =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\ufe00-\ufe0d\u180b-\u180f]|[\u2000-\u200f\u202f\u205f]|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0|[\u{e0000}-\u{e0fff}]/gu

const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' }

/**
 * Makes a stranger's text safe to print: one line, nothing in it acts on the terminal, and what was hidden is shown as
 * `\e`, `\n` or `\u{202e}`. The one escape for terminals; every text from outside goes through it.
 */
export function escapeTerminal(text: string): string {
  return text.replace(acting, (character) => {
    const known = short[character]
    return known ?? `\\u{${character.codePointAt(0)?.toString(16) ?? '0'}}`
  })
}

/** JSON that is safe to print: the same value to a program, and nothing in it acts on a terminal. */
export function terminalJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(acting, (character) =>
    character === '\n' ? character : [...unitsOf(character)].map((unit) => `\\u${unit}`).join(''),
  )
}

/** The UTF-16 units of a character, as four hex digits each. */
function* unitsOf(character: string): Generator<string> {
  for (let index = 0; index < character.length; index++) {
    yield character.charCodeAt(index).toString(16).padStart(4, '0')
  }
}
