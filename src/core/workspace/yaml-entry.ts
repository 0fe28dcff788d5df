import type { Document, LineCounter, Node, Pair } from 'yaml'
import type { Json } from '../../contract/json.ts'
import type { ProblemPlace } from '../../contract/problem.ts'

/** Aliases resolved in one value; more is an attempt to fill the memory. */
const maximumAliases = 100

/** One `key: value` at the top of a file. */
export interface YamlEntry {
  key: string
  keyPlace: ProblemPlace
  valuePlace: ProblemPlace
  value: Json
  /** the place of what lies deeper in the value; that of the nearest thing around it when there is no such node */
  placeOf(path: readonly (string | number)[]): ProblemPlace
}

/** Why an entry cannot be read, without its value. */
export interface UnreadableEntry {
  problem: string
  place: ProblemPlace & { whatToDo?: string[] }
}

/** What places are told from. */
export interface EntrySource {
  file: string
  document: Document
  lines: LineCounter
}

/** Reads one entry at the top of a file. */
export function readYamlEntry(pair: Pair<Node, Node | null>, source: EntrySource): YamlEntry | UnreadableEntry {
  const keyValue = (pair.key as { value?: unknown }).value
  const keyStart = pair.key.range?.[0] ?? 0
  if (typeof keyValue !== 'string') return { problem: 'A name must be plain text.', place: placeAt(keyStart, source) }
  const pointer = pointerTo([keyValue])
  const valueStart = pair.value?.range?.[0] ?? keyStart
  const valuePlace = placeAt(valueStart, source, pointer)
  const read = jsonOf(pair.value, source)
  if (read === undefined) {
    return {
      problem: 'An alias (*name) here names nothing, or too much.',
      place: { ...valuePlace, whatToDo: ['Write the value out: a profile needs no aliases.'] },
    }
  }
  return {
    key: keyValue,
    keyPlace: placeAt(keyStart, source, pointer),
    valuePlace,
    value: read,
    placeOf: (path) => placeAt(startOf(pair.value, path) ?? valueStart, source, pointerTo([keyValue, ...path])),
  }
}

/** A JSON pointer (RFC 6901 §3) of these names. */
function pointerTo(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function startOf(node: Node | null, path: readonly (string | number)[]): number | undefined {
  let start = node?.range?.[0]
  let at: unknown = node
  for (const part of path) {
    at = (at as { get?: (key: unknown, keep: true) => unknown } | null)?.get?.(part, true)
    const range = (at as Node | undefined)?.range
    if (!range) return start
    start = range[0]
  }
  return start
}

/** Undefined for unknown aliases and alias bombs: they show only here. */
function jsonOf(node: Node | null, { document }: EntrySource): Json | undefined {
  if (!node) return null
  try {
    return (node.toJS(document, { maxAliasCount: maximumAliases }) ?? null) as Json
  } catch {
    return undefined
  }
}

function placeAt(offset: number, { file, lines }: EntrySource, pointer?: string): ProblemPlace {
  const { line, col } = lines.linePos(offset)
  return { file, line, column: col, ...(pointer === undefined ? {} : { pointer }) }
}
