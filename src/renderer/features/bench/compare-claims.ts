import type { ClaimRow, InspectedToken } from '../../../contract/bench/inspection.ts'
import type { Json, JsonObject } from '../../../contract/json.ts'
import { formatSeconds } from '../../components/format/duration.ts'

/** How a member of one token stands to that of the other. */
export type ClaimChange = 'same' | 'changed' | 'only-left' | 'only-right'

/** A member of a header or of claims, in two tokens. */
export interface ComparedClaim {
  name: string
  change: ClaimChange
  left?: ClaimRow
  right?: ClaimRow
  /** what is different, where words say it better than the values; else empty */
  words: string
}

/** Compares two tokens member by member, in the order of the left one. */
export function compareTokens(left: InspectedToken, right: InspectedToken) {
  return {
    header: compareRows({ rows: left.header, whole: left.headerJson }, { rows: right.header, whole: right.headerJson }),
    claims: compareRows({ rows: left.claims, whole: left.claimsJson }, { rows: right.claims, whole: right.claimsJson }),
  }
}

interface Side {
  rows: readonly ClaimRow[]
  /** the values of rows are bounded, these are not so soon */
  whole: JsonObject | undefined
}

function compareRows(left: Side, right: Side): ComparedClaim[] {
  const others = new Map(right.rows.map((row) => [row.name, row]))
  const valueIn = ({ whole }: Side, { name, value }: ClaimRow) =>
    whole && Object.hasOwn(whole, name) ? whole[name]! : value
  const compared = left.rows.map((row): ComparedClaim => {
    const other = others.get(row.name)
    if (!other) return { name: row.name, change: 'only-left', left: row, words: '' }
    const [one, two] = [valueIn(left, row), valueIn(right, other)]
    const isSame = ordered(one) === ordered(two)
    const words = isSame ? '' : differenceWords(row, one, two)
    return { name: row.name, change: isSame ? 'same' : 'changed', left: row, right: other, words }
  })
  const known = new Set(left.rows.map(({ name }) => name))
  const added = right.rows.filter(({ name }) => !known.has(name))
  return [
    ...compared,
    ...added.map((row): ComparedClaim => ({ name: row.name, change: 'only-right', right: row, words: '' })),
  ]
}

/** JSON with the members of objects in one order: that order says nothing. */
function ordered(value: Json): string {
  return JSON.stringify(value, (_name, one: Json) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([first], [second]) => (first < second ? -1 : 1)))
      : one,
  )
}

function differenceWords({ shape }: ClaimRow, left: Json, right: Json): string {
  if (shape === 'time' && typeof left === 'number' && typeof right === 'number') {
    return `${formatSeconds(Math.abs(right - left))} ${right > left ? 'later' : 'earlier'}`
  }
  const isList = Array.isArray(left) || Array.isArray(right)
  const [before, after] = [left, right].map((value) => wordsOf(isList ? 'list' : shape, value))
  if (!before || !after) return ''
  return wordChanges(before, after) || (typeof left === typeof right ? 'in another order' : 'written in another way')
}

function wordChanges(before: readonly string[], after: readonly string[]): string {
  const gone = before.filter((word) => !after.includes(word))
  const added = after.filter((word) => !before.includes(word))
  const told = [added.length ? `more: ${added.join(' ')}` : '', gone.length ? `gone: ${gone.join(' ')}` : '']
  return told.filter(Boolean).join('; ')
}

/** The words of a scope, the texts of a list; one text counts as a list of one. */
function wordsOf(shape: ClaimRow['shape'], value: Json): string[] | undefined {
  if (typeof value === 'string') {
    if (shape === 'words') return value.split(' ').filter(Boolean)
    return shape === 'list' ? [value] : undefined
  }
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string')
  return isList && shape !== 'json' ? value : undefined
}
