/** How a table is sorted; undefined leaves the order of the server. */
export interface RowSort {
  column: string
  isDescending: boolean
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The sort after a heading was pressed: upward, downward, then the server's order again. */
export function nextSort(before: RowSort | undefined, column: string): RowSort | undefined {
  if (before?.column !== column) return { column, isDescending: false }
  return before.isDescending ? undefined : { column, isDescending: true }
}

/** The rows in order of a text of theirs; without one they stand last, whichever way. ISO times sort as texts. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: RowSort | undefined,
  textOf: (row: Row, column: string) => string,
): readonly Row[] {
  if (!sort) return rows
  const keyed = rows.map((row) => ({ row, text: textOf(row, sort.column) }))
  const [filled, empty] = [keyed.filter(({ text }) => text !== ''), keyed.filter(({ text }) => text === '')]
  const sign = sort.isDescending ? -1 : 1
  filled.sort((one, other) => sign * collator.compare(one.text, other.text))
  return [...filled, ...empty].map(({ row }) => row)
}

/** Whether every word of a search stands in a text; both in small letters. */
export function hasWords(text: string, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every((word) => text.includes(word))
}
