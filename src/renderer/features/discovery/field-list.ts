import type { JsonObject, Json } from '../../../contract/json.ts'
import { fieldRowsOf, type FieldRow } from '../../../contract/metadata/field-rows.ts'

/** A line of the list of fields: a heading, or a field below it. */
export type FieldLine = { kind: 'group'; title: string } | { kind: 'field'; row: FieldRow }

/** Which fields are listed. */
export interface FieldFilter {
  text: string
  /** fields the document leaves out, shown for what their absence means */
  hidesAbsent: boolean
}

/** The fields of a document as one list; a filter looks at name, value and meaning. */
export function fieldLinesOf(document: JsonObject, isResource: boolean, filter: FieldFilter): FieldLine[] {
  const wanted = filter.text.trim().toLowerCase()
  return fieldRowsOf(document, isResource ? 'protected-resource' : 'authorization-server').flatMap(
    ({ title, rows }) => {
      const fitting = rows.filter(
        (row) => (!filter.hidesAbsent || row.value !== undefined || isMissing(row)) && holds(row, wanted),
      )
      const lines = fitting.map((row): FieldLine => ({ kind: 'field', row }))
      return lines.length > 0 ? [{ kind: 'group', title } as const, ...lines] : []
    },
  )
}

/** A field that must be there and is not. */
export function isMissing({ value, known }: FieldRow): boolean {
  return value === undefined && known?.required === 'always'
}

function holds({ name, value, known }: FieldRow, wanted: string): boolean {
  return wanted === '' || [name, fieldText(value), known?.meaning].some((text) => text?.toLowerCase().includes(wanted))
}

/** A field's value in one text: lists of texts as they are read, all else as JSON. */
export function fieldText(value: Json | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ')
  return JSON.stringify(value)
}
