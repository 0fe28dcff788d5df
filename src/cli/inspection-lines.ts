import type { ClaimFamily, ClaimRow, InspectedToken, Inspection, TokenFault } from '../contract/bench/inspection.ts'
import type { Json } from '../contract/json.ts'
import { maskOf, shortenMasks } from '../contract/mask.ts'
import { escapeTerminal } from '../contract/escape-terminal.ts'
import { displayWidth } from './display-width.ts'
import { pointOf } from './human-time.ts'
import { line, type Paint, type Painted } from './paint.ts'
import { problemLines } from './summary-lines.ts'

/** Longer values are cut: the JSON output has them whole. */
const longestValue = 300

/** A longer value pushes its meaning to the right, so that those of all others stay near. */
const widestValue = 48

interface Drawing {
  paint: Paint
  now: Date
}

/** What was found in a text, for people: each token as rows of claim, value and meaning, with what is wrong and where. */
export function inspectionLines({ read, tokens, members, problems }: Inspection, drawing: Drawing): Painted[] {
  const { paint } = drawing
  const longest = Math.max(0, ...members.map(({ name }) => name.length))
  return [
    ...(problems.length === 0 || tokens.length > 0 ? [line`${told(read)}`] : []),
    ...members.map(({ name, value }) => line`  ${paint.dim(told(name).padEnd(longest))}  ${cut(told(value))}`),
    ...tokens.flatMap((token) => [line``, ...tokenLines(token, drawing)]),
    ...problems.flatMap((one) => problemLines(one, paint)),
  ]
}

const forms: Record<InspectedToken['form'], string> = {
  jws: 'signed (JWS)',
  jwe: 'encrypted (JWE)',
  unsecured: 'unsecured: nobody signed it',
  opaque: 'opaque',
  malformed: 'malformed',
}

function tokenLines(token: InspectedToken, drawing: Drawing): Painted[] {
  const { paint } = drawing
  const { label, use, because, form, characters, fingerprint, inner } = token
  const name = label || (use === 'unknown' ? 'token' : use)
  const isOdd = form === 'malformed' || form === 'unsecured'
  return [
    line`${paint.bold(told(name))}  ${paint.accent(shortenMasks(maskOf(fingerprint)))}  ${isOdd ? paint.bad(forms[form]) : forms[form]}, ${characters} characters`,
    line`  ${use === 'unknown' ? 'not known what it is' : use}: ${told(because)}`,
    ...rowLines('header', unrepeated(token.header, token.faults), drawing),
    ...rowLines('claims', unrepeated(token.claims, token.faults), drawing),
    ...token.faults.map((fault) => faultLine(fault, paint)),
    ...token.notes.map((note) => line`  ${paint.warn('note')}  ${told(note)}`),
    ...(inner ? [line``, paint.dim('  within it'), ...tokenLines(inner, drawing).map((one) => line`  ${one}`)] : []),
  ]
}

/** The rows without the faults that are told below, with their places. */
function unrepeated(rows: readonly ClaimRow[], faults: readonly TokenFault[]): ClaimRow[] {
  const details = new Set(faults.map(({ detail }) => detail))
  return rows.map((row) => ({ ...row, faults: row.faults.filter((fault) => !details.has(fault)) }))
}

/** Whose word a claim is, where that is not plain. */
const families: Partial<Record<ClaimFamily, string>> = { vendor: 'vendor', unknown: 'not registered' }

function rowLines(title: string, rows: readonly ClaimRow[], { paint, now }: Drawing): Painted[] {
  if (rows.length === 0) return []
  // Escaped before it is measured: what is hidden takes room once it is shown.
  const cells = rows.map((row) => ({
    row,
    name: escapeTerminal(told(row.name)),
    value: escapeTerminal(valueOf(row, now)),
  }))
  const names = Math.max(...cells.map(({ name }) => displayWidth(name)))
  const values = Math.min(widestValue, Math.max(...cells.map(({ value }) => displayWidth(value))))
  return [
    line`  ${paint.dim(title)}`,
    ...cells.flatMap(({ row, name, value }) => {
      const meaning = meaningOf(row)
      return [
        line`    ${paint.accent(padded(name, names))}  ${meaning ? padded(value, values) : value}${meaning ? '  ' : ''}${paint.dim(meaning)}`,
        ...row.faults.map((fault) => line`    ${' '.repeat(names)}  ${paint.bad('✗')} ${told(fault)}`),
      ]
    }),
  ]
}

function valueOf({ value, shape, time }: ClaimRow, now: Date): string {
  if (shape === 'time' && typeof time === 'string') return `${textOf(value)}, ${pointOf(new Date(time), now)}`
  return cut(textOf(value))
}

function textOf(value: Json): string {
  if (typeof value === 'string') return told(value)
  const isWords = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
  return told(isWords ? value.join(', ') : JSON.stringify(value))
}

function meaningOf({ meaning, section, family }: ClaimRow): string {
  const whose = families[family]
  const said = [meaning, section && `[${section}]`, whose && `(${whose})`]
  return said.filter(Boolean).join(' ')
}

/** What is wrong with the form, with its place. */
function faultLine(
  { id, detail, segment, offset, inDecoded, pointer, specification }: TokenFault,
  paint: Paint,
): Painted {
  const place = [
    segment,
    offset === undefined ? undefined : `character ${offset}${inDecoded ? ' of its decoded text' : ''}`,
    pointer || undefined,
  ].filter((part) => part !== undefined)
  const where = place.length > 0 ? ` (${told(place.join(', '))})` : ''
  return line`  ${paint.bad('✗')} ${id}${where}: ${told(detail)}${specification ? ` [${specification}]` : ''}`
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

function cut(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}… (${text.length} characters)` : text
}

const told = shortenMasks
