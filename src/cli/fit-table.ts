import { escapeTerminal } from '../contract/escape-terminal.ts'
import { cutToWidth, displayWidth } from './display-width.ts'
import { line, type Paint, type Painted } from './paint.ts'

/** One column of a table that fits its terminal. */
export interface Column<Row> {
  heading: string
  cell(row: Row): string | undefined
  /** never narrower than that; absent: never cut */
  minimum?: number
  /** where there is no room, the column with the highest number goes first; absent: it stays */
  leave?: number
}

/** What a table is drawn with. */
export interface TableDrawing {
  paint: Paint
  /** columns of the terminal; absent: nothing is cut */
  width: number | undefined
}

interface Drawn {
  heading: string
  cells: string[]
  natural: number
  minimum: number
  leave: number
}

const gap = 2

/**
 * A table of one line for each row. Where the terminal is too narrow, columns are cut down to their minimum, then left
 * out, which the last line says. Cells that nothing stands in have a dash; columns that are empty everywhere are absent.
 */
export function fitTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], drawing: TableDrawing): Painted[] {
  const { paint, width } = drawing
  if (rows.length === 0) return [paint.dim('none')]
  const drawn = columns.map((column) => draw(column, rows)).filter(({ cells }) => cells.some(Boolean))
  const kept = withRoom(drawn, width ?? Number.POSITIVE_INFINITY)
  const widths = widthsOf(kept, width ?? Number.POSITIVE_INFINITY)
  const aligned = (cellOf: (column: Drawn) => string) =>
    kept
      .map((column, index) => padded(cellOf(column), widths[index] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd()
  const left = drawn.filter((column) => !kept.includes(column)).map(({ heading }) => heading)
  return [
    paint.dim(aligned(({ heading }) => heading)),
    ...rows.map((_row, index) => line`${aligned(({ cells }) => cells[index] || '-')}`),
    ...(left.length > 0 ? [paint.dim(`no room for: ${left.join(', ')}; --json has everything`)] : []),
  ]
}

function draw<Row>({ heading, cell, minimum, leave = 0 }: Column<Row>, rows: readonly Row[]): Drawn {
  // Escaped before it is measured: what is hidden takes room once it is shown.
  const cells = rows.map((row) => escapeTerminal(cell(row) ?? ''))
  let natural = displayWidth(heading)
  for (const text of cells) natural = Math.max(natural, displayWidth(text))
  const least = Math.min(natural, Math.max(minimum ?? natural, displayWidth(heading)))
  return { heading, cells, natural, minimum: least, leave }
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, one) => total + one, 0) + gap * Math.max(0, widths.length - 1)
}

/** The columns that have room with their minimum widths. */
function withRoom(columns: readonly Drawn[], room: number): Drawn[] {
  const kept = [...columns]
  while (sum(kept.map(({ minimum }) => minimum)) > room) {
    const least = kept.reduce((worst, one) => (one.leave > worst.leave ? one : worst), { leave: 0 } as Drawn)
    if (least.leave === 0) break
    kept.splice(kept.indexOf(least), 1)
  }
  return kept
}

/** Takes what is missing from the widest column that can give, again and again. */
function widthsOf(columns: readonly Drawn[], room: number): number[] {
  const widths = columns.map(({ natural }) => natural)
  for (let missing = sum(widths) - room; missing > 0; missing--) {
    let widest = -1
    for (const [index, { minimum }] of columns.entries()) {
      const width = widths[index] ?? 0
      if (width > minimum && width > (widths[widest] ?? 0)) widest = index
    }
    if (widest < 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

function padded(text: string, width: number): string {
  const cut = cutToWidth(text, width)
  return cut + ' '.repeat(Math.max(0, width - displayWidth(cut)))
}
