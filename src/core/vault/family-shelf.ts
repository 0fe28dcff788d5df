import { problem } from '../problems/problem-error.ts'
import { type TokenFamily, isExpired, sizeOf } from './token-family.ts'
import { identityOf } from './token-key.ts'

/** How much a shelf holds. */
export interface ShelfBounds {
  /** default 10,000 */
  maximumFamilies?: number
  /** default 64 million */
  maximumCharacters?: number
}

/** Token families in the order of their last answer, bounded. */
export interface FamilyShelf {
  readonly maximumFamilies: number
  get(id: string): TokenFamily | undefined
  newestFirst(): TokenFamily[]
  /** Adds a new family and answers the ids of those that left for it. @throws ProblemError internal when all that is held may still be in use */
  add(family: TokenFamily, now: number): string[]
  /** Puts families that were kept before in their places, by the time of their last answer; answers the ids of those that left. */
  load(families: TokenFamily[], now: number): string[]
  /** Puts the next generation in the place of the one before it. */
  replace(family: TokenFamily): void
  /** Takes a family away; false when it is gone already. */
  remove(id: string): boolean
}

/**
 * Creates the shelf. Where characters run out the earlier answers of families leave first, those of the oldest family
 * before others; their records still have them. Then expired families leave, then those that a newer one of the same key
 * hides; never another.
 */
export function createFamilyShelf({
  maximumFamilies = 10_000,
  maximumCharacters = 64_000_000,
}: ShelfBounds): FamilyShelf {
  const families = new Map<string, TokenFamily>()
  let characters = 0
  const remove = (family: TokenFamily | undefined) => {
    if (family && families.delete(family.id)) characters -= sizeOf(family)
  }
  const put = (family: TokenFamily) => {
    remove(families.get(family.id))
    families.set(family.id, family)
    characters += sizeOf(family)
  }
  const shed = (wanted: number) => {
    characters -= shedEarlier(families, characters - wanted)
  }
  const fits = (added: TokenFamily, share = 1) =>
    families.size < maximumFamilies * share && characters + sizeOf(added) <= maximumCharacters * share
  const makeRoom = (added: TokenFamily, now: number): string[] => {
    const left: string[] = []
    if (characters + sizeOf(added) > maximumCharacters) shed(maximumCharacters * 0.9 - sizeOf(added))
    if (fits(added)) return left
    for (const leaving of leavingOrder([...families.values()], added, now)) {
      remove(leaving)
      left.push(leaving.id)
      // A tenth is cleared at once: a load test would pay for the search at every token otherwise.
      if (fits(added, 0.9)) break
    }
    return left
  }
  return {
    maximumFamilies,
    get: (id) => families.get(id),
    newestFirst: () => [...families.values()].toReversed(),
    add(family, now) {
      const left = fits(family) ? [] : makeRoom(family, now)
      if (!fits(family)) throw fullProblem(maximumFamilies)
      put(family)
      return left
    },
    load(loaded, now) {
      for (const family of loaded) put(family)
      const newest = sortByLastAnswer(families)
      if (characters > maximumCharacters) shed(maximumCharacters * 0.9)
      const isOver = families.size > maximumFamilies || characters > maximumCharacters
      return newest && isOver ? makeRoom(newest, now) : []
    },
    replace(family) {
      put(family)
      // Every refresh leaves an answer behind.
      if (characters > maximumCharacters) shed(maximumCharacters * 0.9)
    },
    remove(id) {
      const family = families.get(id)
      remove(family)
      return family !== undefined
    },
  }
}

/** Puts the oldest first, and answers the newest. */
function sortByLastAnswer(families: Map<string, TokenFamily>): TokenFamily | undefined {
  const sorted = [...families.values()].sort((a, b) =>
    a.receivedAt < b.receivedAt ? -1 : Number(a.receivedAt > b.receivedAt),
  )
  families.clear()
  for (const family of sorted) families.set(family.id, family)
  return sorted.at(-1)
}

/** Earlier answers leave memory, the oldest family's first, never the places; the number of characters that left. */
function shedEarlier(families: Map<string, TokenFamily>, wanted: number): number {
  let left = 0
  for (const [id, family] of families) {
    if (left >= wanted) break
    if (!family.earlier) continue
    const { earlier: _earlier, ...rest } = family
    families.set(id, rest)
    left += sizeOf(family) - sizeOf(rest)
  }
  return left
}

/** What a family's tokens were asked for: after a narrowed refresh another scope than the grant's. */
export function identityNow(family: TokenFamily): string {
  return identityOf({ ...family.key, scope: family.scope })
}

/** Those that may leave: expired ones, then those that nobody finds because a newer one stands under the same key. */
function leavingOrder(oldestFirst: TokenFamily[], added: TokenFamily, now: number): TokenFamily[] {
  const newest = new Map([...oldestFirst, added].map((family) => [identityNow(family), family]))
  const isHidden = (family: TokenFamily) => {
    const newer = newest.get(identityNow(family))
    // A newer one without a refresh token does not stand in for an older one that has one.
    return newer !== family && (!family.tokens.refresh_token || Boolean(newer?.tokens.refresh_token))
  }
  const expired = oldestFirst.filter((family) => isExpired(family, now))
  return [...expired, ...oldestFirst.filter((family) => !isExpired(family, now) && isHidden(family))]
}

function fullProblem(maximumFamilies: number) {
  return problem('internal', `Grantlab keeps tokens of at most ${maximumFamilies} grants, and all are in use.`, {
    whatToDo: ['Delete tokens that are no longer needed (tokens clear).'],
  })
}
