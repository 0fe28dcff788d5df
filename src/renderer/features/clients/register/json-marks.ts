import type { JsonObject } from '../../../../contract/json.ts'
import { findJsonMistake, type JsonMistake } from '../../../components/json/find-json-mistake.ts'

/** Where a member of the outermost object stands in a text; the first line when it is not found. */
export function placeOfMember(text: string, member: string): { line: number; column: number } {
  const name = JSON.stringify(member)
  let depth = 0
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if ('{['.includes(piece)) depth++
    else if ('}]'.includes(piece)) depth--
    else if (depth === 1 && piece.endsWith(':') && piece.startsWith(name)) return placeAt(text, index)
  }
  return { line: 1, column: 1 }
}

/** Names of members with their colon, other texts, and the brackets outside of both. */
const pieces = /"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/g

function placeAt(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

/** What is wrong with a text that is to be client metadata, each at its place. */
export function jsonMarksOf(
  text: string,
  problems: Readonly<Record<string, string>>,
  unsendable: readonly string[],
): JsonMistake[] {
  const mistake = findJsonMistake(text)
  if (mistake) return [mistake]
  const refused = Object.entries(problems).map(([member, message]) => ({ ...placeOfMember(text, member), message }))
  const unknown = unsendable.map((member) => ({
    ...placeOfMember(text, member),
    message: `This server knows no ${member} of this kind, so it cannot be sent.`,
  }))
  return [...unknown, ...refused]
}

/** The document behind a text; undefined when it is none. */
export function documentIn(text: string): JsonObject | undefined {
  return findJsonMistake(text) ? undefined : (JSON.parse(text) as JsonObject)
}
