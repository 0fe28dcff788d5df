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
  get(id: string): TokenFamily | undefined
  newestFirst(): TokenFamily[]
  /** Adds a new family. @throws ProblemError internal when all that is held may still be in use */
  add(family: TokenFamily, now: number): void
  /** Puts the next generation in the place of the one before it. */
  replace(family: TokenFamily): void
  clear(): void
}

/** Creates the shelf. Expired families leave first, then those that a newer one of the same key hides; never another. */
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
  const fits = (added: TokenFamily, share = 1) =>
    families.size < maximumFamilies * share && characters + sizeOf(added) <= maximumCharacters * share
  return {
    get: (id) => families.get(id),
    newestFirst: () => [...families.values()].toReversed(),
    add(family, now) {
      if (!fits(family)) {
        for (const leaving of leavingOrder([...families.values()], family, now)) {
          remove(leaving)
          // A tenth is cleared at once: a load test would pay for the search at every token otherwise.
          if (fits(family, 0.9)) break
        }
      }
      if (!fits(family)) throw fullProblem(maximumFamilies)
      put(family)
    },
    replace: put,
    clear() {
      families.clear()
      characters = 0
    },
  }
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
  return problem(
    'internal',
    `Grantlab keeps tokens of at most ${maximumFamilies} grants in memory, and all are in use.`,
    {
      whatToDo: ['Start Grantlab again: tokens are kept in memory only and leave with it.'],
    },
  )
}
