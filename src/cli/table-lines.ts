import { isJsonObject } from '../contract/json.ts'
import { maskOf, shortenMasks } from '../contract/mask.ts'
import { isSecretReference } from '../contract/profile.ts'
import { adviceText } from './advice-lines.ts'
import { line, type Paint, type Painted } from './paint.ts'

/** The result of a command for people: a table for a list, `name  value` lines for an object. */
export function tableLines(result: unknown, paint: Paint): Painted[] {
  if (Array.isArray(result)) return result.length === 0 ? [paint.dim('none')] : rowLines(result, paint)
  if (typeof result !== 'object' || result === null) return [line`${cellOf(result)}`]
  const entries = Object.entries(result).filter(([, value]) => value !== undefined)
  // A text of several lines that is all there is to say stands as it is.
  const [only] = entries
  if (entries.length === 1 && only?.[0] === 'text')
    return String(only[1])
      .split('\n')
      .map((text) => line`${text}`)
  return memberLines(entries, paint, '')
}

/** The member that says what a person can do: a sentence for each line. */
const advice = 'whatToDo'

function memberLines(entries: readonly [string, unknown][], paint: Paint, indent: string): Painted[] {
  const longest = Math.max(0, ...entries.map(([name]) => (name === advice ? 0 : headingOf(name).length)))
  return entries.flatMap(([name, value]) => {
    const heading = paint.dim(`${indent}${headingOf(name).padEnd(longest)}`)
    if (name === advice && Array.isArray(value)) {
      return value.map((text) => line`${indent}→ ${adviceText(String(text))}`)
    }
    const inner = isJsonObject(value) && !isSecretReference(value) ? Object.entries(value) : []
    return inner.length > 0
      ? [paint.dim(`${indent}${headingOf(name)}`), ...memberLines(inner, paint, `${indent}  `)]
      : [line`${heading}  ${cellOf(value, name)}`]
  })
}

function rowLines(items: readonly unknown[], paint: Paint): Painted[] {
  const rows = items.map((item) => (typeof item === 'object' && item !== null ? { ...item } : { value: item }))
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = rows.map((row) => names.map((name) => cellOf((row as Record<string, unknown>)[name], name)))
  const widths = names.map((name, column) =>
    Math.max(headingOf(name).length, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const aligned = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [paint.dim(aligned(names.map(headingOf))), ...cells.map((row) => line`${aligned(row)}`)]
}

/** A member's name as words: `missingSecrets` gives `missing secrets`; wire names stay. */
function headingOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** A masked value's fingerprint; a certificate's has colons and is there to be compared. */
const isOfSecret = (fingerprint: string) => /^[0-9a-f]{32}$/.test(fingerprint)

function cellOf(value: unknown, name = ''): string {
  if (typeof value === 'string')
    return shortenMasks(name === 'fingerprint' && isOfSecret(value) ? maskOf(value) : value)
  return value === undefined || value === null ? '-' : textOf(value)
}

function textOf(value: unknown): string {
  if (isSecretReference(value)) return `secret ${value.secret}`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ') || '-'
  return shortenMasks(JSON.stringify(value))
}
