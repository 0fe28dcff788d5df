import type { Clock } from '../ports.ts'
import type { ProblemError } from '../problems/problem-error.ts'
import type { FamilyShelf } from './family-shelf.ts'
import type { TokenFamily } from './token-family.ts'

/** Families as they are now. */
export interface Kept {
  newestFirst: TokenFamily[]
  /** why some of them cannot be read for now */
  locked?: ProblemError | undefined
}

/** Token families in memory and, where records last, on disk; what other processes did to them is seen. */
export interface KeptFamilies {
  all(): Promise<Kept>
  /** One family, read anew. @throws ProblemError vault-locked */
  get(id: string): Promise<TokenFamily | undefined>
  /** Adds a new family; it is written a moment later. @throws ProblemError internal when all places are in use */
  add(family: TokenFamily): void
  /**
   * Writes a family from elsewhere in its place, over one of the same id. Answers why nothing was changed.
   * @throws ProblemError data-folder-failed
   */
  put(family: TokenFamily): Promise<ProblemError | undefined>
  /** Changes a family as it is now; undefined from `next` leaves it. Resolves when that is written. */
  change(id: string, next: (now: TokenFamily) => TokenFamily | undefined): Promise<TokenFamily | undefined>
  /** The number of those that were there. */
  remove(ids: readonly string[]): Promise<number>
  /** Forgets every family, also those that cannot be read. */
  removeAll(): Promise<number>
  /** Lets one caller work on a family at a time, over all processes. */
  exclusively<T>(id: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T>
  /** Writes what was not written yet, as far as it can be; answers why the rest is in memory only. Never rejects. */
  settle(): Promise<ProblemError | undefined>
}

/** Families in memory only. */
export function createUnrecordedFamilies(shelf: FamilyShelf, clock: Pick<Clock, 'now'>): KeptFamilies {
  return {
    all: async () => ({ newestFirst: shelf.newestFirst() }),
    get: async (id) => shelf.get(id),
    add: (family) => void shelf.add(family, clock.now()),
    async put(family) {
      shelf.load([family], clock.now())
      return undefined
    },
    async change(id, next) {
      const family = shelf.get(id)
      const changed = family && next(family)
      if (changed) shelf.replace(changed)
      return changed
    },
    remove: async (ids) => ids.filter((id) => shelf.remove(id)).length,
    removeAll: async () => shelf.newestFirst().filter(({ id }) => shelf.remove(id)).length,
    exclusively: (_id, _signal, work) => work(),
    settle: async () => undefined,
  }
}
