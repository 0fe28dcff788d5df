import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { KeptTokenSummary } from '../../contract/commands.ts'
import type { Clock } from '../ports.ts'
import { problem } from '../problems/problem-error.ts'
import { type RefreshWanted, chooseRefreshable } from './choose-refreshable.ts'
import { type ShelfBounds, createFamilyShelf, identityNow } from './family-shelf.ts'
import { type KeptTokens, type TokenFamily, nextGeneration, summaryOf, valuesOf } from './token-family.ts'
import { type TokenKey, identityOf } from './token-key.ts'
import { createTurns } from './turns.ts'

/** What a refresh brought. */
export interface Refreshed {
  tokens: KeptTokens
  /** the scope asked for in the refresh; absent: all that was granted (RFC 6749 §6) */
  scope?: string | undefined
}

/** The tokens of this session, in clear, in memory. */
export interface TokenStore {
  /**
   * Keeps the tokens of a new grant as a new family.
   * @throws ProblemError internal when the store is full of tokens that may all still be in use
   */
  keep(key: TokenKey, tokens: KeptTokens): TokenFamily
  /** The newest family whose tokens were got for exactly this; undefined when there is none. */
  find(key: TokenKey): TokenFamily | undefined
  /**
   * The newest family with a refresh token that fits.
   * @throws ProblemError token-missing when none fits, or several users' do
   */
  findRefresh(wanted: RefreshWanted): TokenFamily
  /**
   * Refreshes a family, one caller at a time: `work` gets the family as it is when its turn comes, and its answer
   * becomes the next generation at once. When `work` rejects, the family stays as it was.
   * @throws ProblemError token-missing when the family is gone; the signal's reason while waiting; what `work` throws
   */
  refresh(
    familyId: string,
    work: (current: TokenFamily) => Promise<Refreshed>,
    signal?: AbortSignal,
  ): Promise<TokenFamily>
  /** Every kept token without its value, newest first; of one profile when given. */
  list(profile?: string): Promise<KeptTokenSummary[]>
  /** The clear value behind a fingerprint of `list`. */
  reveal(fingerprint: string): Promise<string | undefined>
  clear(): void
}

/** How a token store is made. */
export interface TokenStoreOptions extends ShelfBounds {
  clock: Pick<Clock, 'now'>
  /** the data folder's fingerprint, so that lists and recorded masks agree; left out: one of this store's own */
  fingerprint?: (value: string) => string | Promise<string>
}

/** Creates the store. */
export function createTokenStore(options: TokenStoreOptions): TokenStore {
  const { clock, fingerprint = ownFingerprint() } = options
  const shelf = createFamilyShelf(options)
  const turns = createTurns()
  return {
    keep(key, tokens) {
      const family = { id: randomUUID(), key, generation: 1, scope: key.scope, tokens }
      shelf.add(family, clock.now())
      return family
    },
    find(key) {
      const identity = identityOf(key)
      return shelf.newestFirst().find((family) => identityNow(family) === identity)
    },
    findRefresh: (wanted) => chooseRefreshable(shelf.newestFirst(), wanted),
    refresh: (familyId, work, signal) =>
      turns.take(familyId, signal, async () => {
        const current = shelf.get(familyId)
        if (!current) throw problem('token-missing', 'These tokens are no longer kept.')
        const { tokens, scope } = await work(current)
        const next = nextGeneration(current, tokens, scope || current.key.scope)
        shelf.replace(next)
        return next
      }),
    async list(profile) {
      const wanted = shelf.newestFirst().filter(({ key }) => profile === undefined || key.profile === profile)
      const tokens = wanted.flatMap((family) => valuesOf(family).map((token) => ({ family, ...token })))
      return Promise.all(
        tokens.map(async ({ family, kind, value }) => summaryOf(family, kind, await fingerprint(value))),
      )
    },
    async reveal(wanted) {
      for (const { value } of shelf.newestFirst().flatMap(valuesOf)) {
        if ((await fingerprint(value)) === wanted) return value
      }
      return undefined
    },
    clear: () => shelf.clear(),
  }
}

function ownFingerprint(): (value: string) => string {
  const key = randomBytes(32)
  return (value) => createHmac('sha256', key).update(value).digest('hex').slice(0, 32)
}
