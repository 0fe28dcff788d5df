import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { createPaint, line } from './paint.ts'

const hostile = '\u001b[31mred\u001b]0;title\u0007\r\nSucceeded \u202eevil'

test('values are escaped in a line, painted or not, with colours or without', () => {
  for (const isTTY of [true, false]) {
    const paint = createPaint({ isTTY }, {})
    const { painted } = line`a ${hostile} ${paint.bold(hostile)} ${3}`
    const plain = stripVTControlCharacters(painted)
    const shown = '\\e[31mred\\e]0;title\\u{7}\\r\\nSucceeded \\u{202e}evil'
    expect(plain).toBe(`a ${shown} ${shown} 3`)
    expect(painted.includes('\u001b')).toBe(isTTY)
  }
})

test('no colours without a terminal, against NO_COLOR, or on a dumb one', () => {
  const isColoured = (stream: { isTTY?: boolean }, environment: Record<string, string>) =>
    createPaint(stream, environment).bad('x').painted !== 'x'
  expect(isColoured({ isTTY: true }, {})).toBe(true)
  expect(isColoured({}, {})).toBe(false)
  expect(isColoured({ isTTY: true }, { NO_COLOR: '1' })).toBe(false)
  expect(isColoured({ isTTY: true }, { NO_COLOR: '' })).toBe(true)
  expect(isColoured({ isTTY: true }, { TERM: 'dumb' })).toBe(false)
})

test('fixed text keeps its backslashes and braces', () => {
  expect(line`a\\b {c} ${'d\\e'}`.painted).toBe('a\\b {c} d\\e')
})
