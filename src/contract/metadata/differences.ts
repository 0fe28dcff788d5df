import { isJsonObject, type Json } from '../json.ts'

/** One field in which two documents differ. */
export interface Difference {
  kind: 'added' | 'removed' | 'changed'
  /** JSON pointer */
  pointer: string
  /** `absent` where there is none */
  before: string
  after: string
}

const deepest = 6

/**
 * Field by field, in the order of the first document, then of what the second adds. Lists of texts are sets: order means
 * nothing in metadata.
 */
export function differencesOf(before: Json, after: Json): Difference[] {
  return differencesAt([before, after], '', 0)
}

function differencesAt([before, after]: [Json, Json], pointer: string, depth: number): Difference[] {
  if (sameValue(before, after)) return []
  if (!isJsonObject(before) || !isJsonObject(after) || depth > deepest) {
    return [{ kind: 'changed', pointer, before: textOf(before), after: textOf(after) }]
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name): Difference[] => {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const [old, now] = [before[name], after[name]]
    if (old === undefined) return [{ kind: 'added', pointer: at, before: 'absent', after: textOf(now) }]
    if (now === undefined) return [{ kind: 'removed', pointer: at, before: textOf(old), after: 'absent' }]
    return differencesAt([old, now], at, depth + 1)
  })
}

function sameValue(a: Json, b: Json): boolean {
  return canonical(a) === canonical(b)
}

/** One text per meaning: names in order, lists of texts as sets. */
function canonical(value: Json): string {
  if (Array.isArray(value)) {
    const parts = value.map(canonical)
    const isSet = value.every((one) => typeof one === 'string')
    return `[${(isSet ? [...new Set(parts)].sort() : parts).join(',')}]`
  }
  if (!isJsonObject(value)) return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

function textOf(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text
}
