import type { KeptFamilies } from './kept-families.ts'
import type { TokenFamily } from './token-family.ts'

/** What became of families from elsewhere. */
export interface TakenIn {
  taken: number
  /** those that stay as they are here */
  skipped: TokenFamily[]
}

/** Every family as its record has it, newest first. @throws ProblemError vault-locked when some cannot be read */
export async function everyFamily(families: KeptFamilies): Promise<TokenFamily[]> {
  const { newestFirst, locked } = await families.all()
  if (locked) throw locked
  const all: TokenFamily[] = []
  for (const { id } of newestFirst) {
    const whole = await families.get(id)
    if (whole) all.push(whole)
  }
  return all
}

/**
 * Puts families from elsewhere where they belong; see `TokenStore.takeIn`. When one cannot be written those before it go
 * again, and what stood in their places comes back.
 */
export async function takeIn(
  families: KeptFamilies,
  given: readonly TokenFamily[],
  replace: boolean,
): Promise<TakenIn> {
  const skipped: TokenFamily[] = []
  const undo: (() => Promise<unknown>)[] = []
  try {
    for (const family of given) {
      // Another process may be refreshing just this one.
      await families.exclusively(family.id, undefined, async () => {
        const here = await families.get(family.id)
        // A refresh token that was sent since is of no use any more.
        if (here && (!replace || here.generation > family.generation)) return void skipped.push(here)
        undo.push(() => (here ? families.put(here) : families.remove([family.id])))
        const refusal = await families.put(family)
        if (refusal) throw refusal
        return undefined
      })
    }
  } catch (error) {
    for (const back of undo.toReversed()) await back().catch(() => undefined)
    throw error
  }
  return { taken: given.length - skipped.length, skipped }
}
