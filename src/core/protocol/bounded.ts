import type { Json, JsonObject } from '../../contract/json.ts'

const maximumListed = 200
const maximumCharacters = 2_000
const maximumDepth = 8
/** characters of JSON; real metadata has some 5,000 */
const maximumDocument = 65_536

/** Metadata as an event may carry it: lists are cut, overlong texts and what nests too deep are left out. */
export function bounded(value: Json, depth = 0): Json {
  // Not cut: the masker would not know half a secret.
  if (typeof value === 'string') return value.length > maximumCharacters ? `… (${value.length} characters)` : value
  if (typeof value !== 'object' || value === null) return value
  if (depth > maximumDepth) return '…'
  if (Array.isArray(value)) return value.slice(0, maximumListed).map((element) => bounded(element, depth + 1))
  const fields = Object.entries(value).slice(0, maximumListed)
  return Object.fromEntries(fields.map(([name, field]) => [name, bounded(field, depth + 1)]))
}

/** A document as an event carries it, field after field while there is room; the whole one is the exchange's body. */
export function boundedDocument(document: JsonObject): JsonObject {
  const fields = Object.entries(bounded(document) as JsonObject)
  let room = maximumDocument
  return Object.fromEntries(
    fields.filter(([name, value]) => {
      const size = name.length + JSON.stringify(value).length
      if (size > room) return false
      room -= size
      return true
    }),
  )
}
