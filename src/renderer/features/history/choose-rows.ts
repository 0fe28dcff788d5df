/** What is chosen in a list: the row the keys act on, and all that an action for many acts on. */
export interface RowChoice {
  active?: string
  chosen: ReadonlySet<string>
  /** where a range began */
  anchor?: string
}

/** How a row is chosen: alone, in addition, or with all up to where the range began. */
export type ChoiceKind = 'alone' | 'toggled' | 'range'

/** Nothing chosen. */
export const noChoice: RowChoice = { chosen: new Set() }

/** Chooses a row of a list of ids. */
export function chooseRow(
  ids: readonly string[],
  before: RowChoice,
  { id, kind }: { id: string; kind: ChoiceKind },
): RowChoice {
  if (kind === 'toggled') {
    const chosen = new Set(before.chosen)
    if (!chosen.delete(id)) chosen.add(id)
    return { active: id, anchor: id, chosen }
  }
  const anchor = kind === 'range' && before.anchor !== undefined && ids.includes(before.anchor) ? before.anchor : id
  const [from, to] = [ids.indexOf(anchor), ids.indexOf(id)].sort((one, other) => one - other)
  return { active: id, anchor, chosen: new Set(ids.slice(from, to! + 1)) }
}

/** The choice after the list changed: what is gone is not chosen, and the keys go on at the place where they were. */
export function keepChoice(ids: readonly string[], earlier: readonly string[], before: RowChoice): RowChoice {
  const left = new Set(ids)
  const chosen = new Set([...before.chosen].filter((id) => left.has(id)))
  if (before.active === undefined || left.has(before.active)) return { ...before, chosen }
  const after = earlier.slice(earlier.indexOf(before.active)).find((id) => left.has(id)) ?? ids.at(-1)
  return after === undefined ? noChoice : { active: after, anchor: after, chosen: new Set([after]) }
}
