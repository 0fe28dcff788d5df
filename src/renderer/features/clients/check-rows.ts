/** Where the keys are in a list, and which rows are marked for what is done to several. */
export interface RowChecks {
  active?: string
  checked: ReadonlySet<string>
  /** where a range began, and what was marked then */
  anchor?: string
  base: ReadonlySet<string>
}

/** Nothing is marked. */
export const noChecks: RowChecks = { checked: new Set(), base: new Set() }

/** Goes to a row; marks stay. */
export function goTo({ checked }: RowChecks, active: string): RowChecks {
  return { active, checked, anchor: active, base: checked }
}

/** Marks a row, or takes its mark away, and goes to it. */
export function toggleRow(before: RowChecks, id: string): RowChecks {
  const checked = new Set(before.checked)
  if (!checked.delete(id)) checked.add(id)
  return { active: id, checked, anchor: id, base: checked }
}

/** Marks all rows from where the range began to this one, beside those marked before. */
export function extendTo(ids: readonly string[], before: RowChecks, active: string): RowChecks {
  const anchor = before.anchor !== undefined && ids.includes(before.anchor) ? before.anchor : active
  const [from = 0, to = 0] = [ids.indexOf(anchor), ids.indexOf(active)].sort((one, other) => one - other)
  const checked = new Set([...before.base, ...ids.slice(from, to + 1)])
  return { active, anchor, base: before.base, checked }
}

/** Marks all; when all are marked, none. */
export function toggleAll(ids: readonly string[], before: RowChecks): RowChecks {
  const checked = new Set(ids.every((id) => before.checked.has(id)) ? [] : ids)
  return { ...before, checked, base: checked }
}

/** After the list changed: what is not shown is not marked, and the keys go on at the place where they were. */
export function keepChecks(ids: readonly string[], earlier: readonly string[], before: RowChecks): RowChecks {
  const left = new Set(ids)
  const checked = new Set([...before.checked].filter((id) => left.has(id)))
  const kept = { ...before, checked, base: checked }
  if (before.active === undefined || left.has(before.active)) return kept
  const next = earlier.slice(earlier.indexOf(before.active)).find((id) => left.has(id)) ?? ids.at(-1)
  return next === undefined ? noChecks : { ...kept, active: next, anchor: next }
}

/** What an action acts on: all that is marked, else the row that the keys are at. */
export function targetsOf(ids: readonly string[], { checked, active }: RowChecks): string[] {
  if (checked.size > 0) return ids.filter((id) => checked.has(id))
  return active !== undefined && ids.includes(active) ? [active] : []
}
