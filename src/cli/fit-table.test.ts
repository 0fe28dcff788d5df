import { expect, test } from 'vitest'
import { displayWidth } from './display-width.ts'
import { fitTable, type Column } from './fit-table.ts'
import { createPaint } from './paint.ts'

interface Row {
  id: string
  name?: string
  scope?: string
}

const columns: Column<Row>[] = [
  { heading: 'id', cell: ({ id }) => id },
  { heading: 'name', cell: ({ name }) => name, minimum: 6, leave: 1 },
  { heading: 'scope', cell: ({ scope }) => scope, minimum: 8, leave: 2 },
]

const draw = (rows: Row[], width?: number) =>
  fitTable(columns, rows, { paint: createPaint({}), width }).map(({ painted }) => painted)

const rows: Row[] = [
  { id: '0123456789', name: 'A rather long name', scope: 'read write delete' },
  { id: 'b', name: 'B' },
]

test('without a width nothing is cut', () => {
  expect(draw(rows)).toEqual([
    'id          name                scope',
    '0123456789  A rather long name  read write delete',
    'b           B                   -',
  ])
})

test('a narrow terminal cuts columns, a narrower one leaves some out and says so, ids stay whole', () => {
  const cut = draw(rows, 36)
  expect(cut[1]).toBe('0123456789  A rather l…  read write…')
  expect(cut.every((one) => displayWidth(one) <= 36)).toBe(true)
  expect(draw(rows, 20)).toEqual([
    'id          name',
    '0123456789  A rathe…',
    'b           B',
    'no room for: scope; --json has everything',
  ])
  expect(draw(rows, 4).at(1)).toBe('0123456789')
})

test('a column that is empty everywhere is absent, and no row at all is said', () => {
  expect(draw([{ id: 'a' }])).toEqual(['id', 'a'])
  expect(draw([])).toEqual(['none'])
})

test('wide characters take two columns and marks none', () => {
  const lines = draw([
    { id: '日本', name: 'x' },
    { id: 'e\u0301e', name: 'y' },
  ])
  expect(lines).toEqual(['id    name', '日本  x', 'e\u0301e    y'])
})

test("a stranger's text acts on nothing and stays in its line", () => {
  const [, text] = draw([{ id: 'a\u001b[2J\nb', name: '\u202eevil' }])
  expect(text).toBe('a\\e[2J\\nb  \\u{202e}evil')
})
