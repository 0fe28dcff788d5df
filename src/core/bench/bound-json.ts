import type { Json, JsonObject } from '../../contract/json.ts'

/** A value of about `characters` at most; what is left out is said in its place. It must not be nested deeply. */
export function boundJson<T extends Json>(value: T, characters: number): T {
  return cut(value, { left: characters }) as T
}

interface Budget {
  left: number
}

function cut(value: Json, budget: Budget): Json {
  if (typeof value === 'string') return cutText(value, budget)
  budget.left -= 4
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? cutList(value, budget) : cutObject(value, budget)
}

function cutText(value: string, budget: Budget): string {
  const room = Math.max(0, budget.left)
  budget.left -= value.length + 4
  if (value.length <= room) return value
  // Half of a character at the end would be shown as none.
  const kept = value.slice(0, room).replace(/[\ud800-\udbff]$/, '')
  return `${kept}… (${value.length} characters)`
}

function cutList(values: Json[], budget: Budget): Json[] {
  const kept: Json[] = []
  for (const [index, value] of values.entries()) {
    if (budget.left <= 0) return [...kept, `… (${values.length - index} more)`]
    kept.push(cut(value, budget))
  }
  return kept
}

function cutObject(value: JsonObject, budget: Budget): JsonObject {
  const entries = Object.entries(value)
  const kept: [string, Json][] = []
  for (const [index, [name, field]] of entries.entries()) {
    if (budget.left <= 0) {
      kept.push(['…', `${entries.length - index} more`])
      break
    }
    kept.push([cutText(name, budget), cut(field, budget)])
  }
  return Object.fromEntries(kept)
}
