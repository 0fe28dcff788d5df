import { expect, test } from 'vitest'
import { escapeTerminal, terminalJson } from './escape-terminal.ts'

const hostile: [what: string, text: string, shown: string][] = [
  ['clears the screen', 'a\u001b[2Jb', 'a\\e[2Jb'],
  ['sets the title', '\u001b]0;owned\u0007', '\\e]0;owned\\u{7}'],
  ['copies to the clipboard (OSC 52)', '\u001b]52;c;aGk=\u001b\\', '\\e]52;c;aGk=\\e\\'],
  ['a link that lies (OSC 8)', '\u001b]8;;https://evil.test\u001b\\ok', '\\e]8;;https://evil.test\\e\\ok'],
  ['C1 control sequence introducer', '\u009b31mred', '\\u{9b}31mred'],
  ['device control string', '\u0090q', '\\u{90}q'],
  ['overwrites the line', 'FAILED\rok    ', 'FAILED\\rok    '],
  ['erases by backspace', 'bad\b\b\bok', 'bad\\u{8}\\u{8}\\u{8}ok'],
  ['adds a line', 'x\nSucceeded', 'x\\nSucceeded'],
  ['adds a line in other words', 'x\u2028y\u2029z\u0085', 'x\\u{2028}y\\u{2029}z\\u{85}'],
  ['turns the direction', 'user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
  ['isolates the direction', '\u2066a\u2069\u200f\u061c', '\\u{2066}a\\u{2069}\\u{200f}\\u{61c}'],
  ['has no width', 'ad\u200bmin\ufeff\u00ad\u2060', 'ad\\u{200b}min\\u{feff}\\u{ad}\\u{2060}'],
  ['hides text in tags', 'a\u{e0041}\u{e0042}', 'a\\u{e0041}\\u{e0042}'],
  ['half a pair', 'a\ud800b', 'a\\u{d800}b'],
  ['deletes', '\u007f\u0000', '\\u{7f}\\u{0}'],
]

test.each(hostile)('%s', (_what, text, shown) => {
  expect(escapeTerminal(text)).toBe(shown)
})

test('plain text of any script stays as it is', () => {
  const text = 'Grüße, Ελλάδα, 日本語, עברית, हिन्दी, 😀👍🏽, ●●●● #a91c, C:\\temp'
  expect(escapeTerminal(text)).toBe(text)
})

test('nothing below the space and nothing of C1 is left, whatever the text', () => {
  const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).join('')
  expect(escapeTerminal(all)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
})

test('JSON keeps its value and loses what acts on a terminal', () => {
  const value = { text: hostile.map(([, text]) => text).join(''), nested: [{ 'na\u202eme': '😀' }] }
  for (const indent of [undefined, 2]) {
    const printed = terminalJson(value, indent)
    expect(JSON.parse(printed)).toEqual(value)
    expect(printed.replaceAll('\n', '')).toBe(escapeTerminal(printed.replaceAll('\n', '')))
  }
  expect(terminalJson({ a: 1 }, 2)).toBe('{\n  "a": 1\n}')
})
