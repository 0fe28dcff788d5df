import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { KeptTokenSummary } from '../../contract/kept.ts'
import type { TokenKind } from '../../contract/token-kind.ts'
import type { Clock, SealedTexts } from '../ports.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { type RefreshWanted, chooseRefreshable } from './choose-refreshable.ts'
import { type UsableWanted, chooseUsable } from './choose-usable.ts'
import { type ShelfBounds, createFamilyShelf, identityNow } from './family-shelf.ts'
import { type Kept, type KeptFamilies, createUnrecordedFamilies } from './kept-families.ts'
import { createRecordedFamilies } from './recorded-families.ts'
import { type KeptTokens, type TokenFamily, isFresh, nextGeneration, revokedFamily, valuesOf } from './token-family.ts'
import { type TokenKey, identityOf, isOfWorkspace, scopeWords } from './token-key.ts'
import { summaryOf } from './token-summary.ts'
import { createTurns } from './turns.ts'

/** How a refresh is made. */
export interface RefreshOptions {
  /** the scope asked for; absent or empty: all that was granted (RFC 6749 §6) */
  scope?: string | undefined
  signal?: AbortSignal | undefined
}

/** Which answer of which family a caller looked at. */
export type SeenFamily = Pick<TokenFamily, 'id' | 'generation'>

/** Families of somebody; what is left out may be any. */
export interface FamiliesOf {
  /** those of other workspaces are none of them; what belongs to no workspace is */
  workspace?: string | undefined
  profile?: string | undefined
  user?: string | undefined
}

/** A token of a family. */
export interface HeldToken {
  family: TokenFamily
  kind: TokenKind
}

/** Kept tokens by everything they were got for; where the vault lasts, they outlive the process. */
export interface TokenStore {
  /**
   * Keeps the tokens of a new grant as a new family; `grant` is the operation that got them.
   * @throws ProblemError internal when the store is full of tokens that may all still be in use
   */
  keep(key: TokenKey, tokens: KeptTokens, grant: string): Promise<TokenFamily>
  /** The newest family whose tokens were got for exactly this; undefined when there is none. */
  find(key: TokenKey): Promise<TokenFamily | undefined>
  /** The family of an id, or of the first 8 characters that only one id has; undefined when it is gone. */
  get(familyId: string): Promise<TokenFamily | undefined>
  /**
   * The newest family with a token that fits.
   * @throws ProblemError token-missing when there is none, or those of several users
   */
  findUsable(wanted: UsableWanted): Promise<TokenFamily>
  /**
   * The newest family with a refresh token that fits.
   * @throws ProblemError token-missing when none fits, or several users' do
   */
  findRefresh(wanted: RefreshWanted): Promise<TokenFamily>
  /**
   * Refreshes the family that the caller saw, one caller at a time over all processes. `work` gets the family as it is
   * when its turn comes, and its answer becomes the next generation at once; when it rejects, the family stays as it was.
   * When somebody else refreshed it for the same scope since `seen`, and that access token is fresh, `work` is not called
   * and the newer family is the answer.
   * @throws ProblemError token-missing when the family is gone; the signal's reason while waiting; what `work` throws
   */
  refresh(
    seen: SeenFamily,
    work: (current: TokenFamily) => Promise<KeptTokens>,
    options?: RefreshOptions,
  ): Promise<TokenFamily>
  /** Every kept token without its value, newest first. */
  list(of?: FamiliesOf): Promise<KeptTokenSummary[]>
  /** Remembers that the server refused the refresh token of this answer for good; a newer answer stays alive. */
  markDead(seen: SeenFamily): Promise<void>
  /** The families that have a token of this value, newest first, and what it is there. */
  holding(value: string): Promise<HeldToken[]>
  /** Remembers that the server revoked a token: no family uses it any more. Answers those that had it. */
  markRevoked(value: string): Promise<HeldToken[]>
  /** Forgets a family, named as for `get`; false when it is gone already. */
  remove(familyId: string): Promise<boolean>
  /** Forgets families, without `of` also those that cannot be read; the number of them. */
  clear(of?: FamiliesOf): Promise<number>
  /** A workspace's profile has another name from now on. */
  renameProfile(renamed: { workspace: string; from: string; to: string }): Promise<void>
  /** The clear value behind a fingerprint of `list`. */
  reveal(fingerprint: string): Promise<string | undefined>
  /** Seals what was kept a moment ago; answers why some of it is in memory only, unless nothing lasts here. Never rejects. */
  settle(): Promise<ProblemError | undefined>
}

/** How a token store is made. */
export interface TokenStoreOptions extends ShelfBounds {
  clock: Pick<Clock, 'now'>
  /** where families are sealed; left out: in memory only */
  records?: SealedTexts | undefined
  /** the data folder's fingerprint, so that lists and recorded masks agree; left out: one of this store's own */
  fingerprint?: (value: string) => string | Promise<string>
}

/** Creates the store. */
export function createTokenStore(options: TokenStoreOptions): TokenStore {
  const { clock, records, fingerprint = ownFingerprint() } = options
  const shelf = createFamilyShelf(options)
  const families = records ? createRecordedFamilies(shelf, records, clock) : createUnrecordedFamilies(shelf, clock)
  const turns = createTurns()
  const nowText = () => new Date(clock.now()).toISOString()
  return {
    async keep(key, tokens, grant) {
      const family = { id: randomUUID(), key, generation: 1, scope: key.scope, tokens, grant, receivedAt: nowText() }
      families.add(family)
      return family
    },
    async find(key) {
      const identity = identityOf(key)
      return (await families.all()).newestFirst.find((family) => identityNow(family) === identity)
    },
    get: (familyId) => named(families, familyId, (id) => families.get(id)),
    findUsable: async (wanted) => chooseFrom(await families.all(), (newestFirst) => chooseUsable(newestFirst, wanted)),
    findRefresh: async (wanted) =>
      chooseFrom(await families.all(), (newestFirst) => chooseRefreshable(newestFirst, wanted)),
    refresh: (seen, work, { scope, signal } = {}) =>
      turns.take(seen.id, signal, () =>
        families.exclusively(seen.id, signal, async () => {
          const current = await families.get(seen.id)
          if (!current) throw gone()
          if (current.generation > seen.generation && isWanted(current, scope, clock.now())) return current
          const tokens = await work(current)
          const at = { scope: scope || current.key.scope, receivedAt: nowText() }
          // Somebody may have renamed the profile meanwhile.
          const next = await families.change(seen.id, (now) => nextGeneration(now, tokens, at))
          // Who forgot these tokens meanwhile does not get them back; the caller has them.
          return next ?? nextGeneration(current, tokens, at)
        }),
      ),
    list: async (of = {}) => listOf(await families.all(), { of, fingerprint }),
    async markDead({ id, generation }) {
      await families.change(id, (now) => (now.generation === generation ? { ...now, dead: true } : undefined))
    },
    holding: async (value) => holding(await families.all(), value),
    markRevoked: (value) => markRevoked(families, value, nowText()),
    remove: async (familyId) => Boolean(await named(families, familyId, (id) => families.remove([id]))),
    clear: (of = {}) => clear(families, of),
    async renameProfile({ workspace, from, to }) {
      const { newestFirst, locked } = await families.all()
      if (locked) throw locked
      for (const { id, key } of newestFirst.toReversed()) {
        if (key.profile !== from || !isOfWorkspace(key, workspace)) continue
        await families.change(id, (now) => ({ ...now, key: { ...now.key, workspace, profile: to } }))
      }
    },
    async reveal(wanted) {
      for (const { value } of (await families.all()).newestFirst.flatMap(valuesOf)) {
        if ((await fingerprint(value)) === wanted) return value
      }
      return undefined
    },
    settle: () => families.settle(),
  }
}

/** Lists for people show the first 8 characters of an id. Undefined for what names none, such as a typing error. */
async function wholeId(families: KeptFamilies, given: string): Promise<string | undefined> {
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(given)) return given
  if (given.length !== 8) return undefined
  const fitting = (await families.all()).newestFirst.filter(({ id }) => id.startsWith(given))
  return fitting.length === 1 ? fitting[0]?.id : undefined
}

async function named<T>(families: KeptFamilies, given: string, work: (id: string) => Promise<T>) {
  const id = await wholeId(families, given)
  return id === undefined ? undefined : work(id)
}

async function clear(families: KeptFamilies, of: FamiliesOf): Promise<number> {
  if (Object.values(of).every((wanted) => wanted === undefined)) return families.removeAll()
  const { newestFirst, locked } = await families.all()
  if (locked) throw locked
  return families.remove(newestFirst.filter(({ key }) => isOf(key, of)).map(({ id }) => id))
}

function isOf(key: TokenKey, { workspace, profile, user }: FamiliesOf): boolean {
  return (
    (workspace === undefined || key.workspace === '' || isOfWorkspace(key, workspace)) &&
    (profile === undefined || key.profile === profile) &&
    (user === undefined || key.user === user)
  )
}

function holding({ newestFirst }: Kept, wanted: string): HeldToken[] {
  return newestFirst.flatMap((family) =>
    valuesOf(family).flatMap(({ kind, value }) => (value === wanted ? [{ family, kind }] : [])),
  )
}

async function markRevoked(families: KeptFamilies, value: string, at: string): Promise<HeldToken[]> {
  const held = holding(await families.all(), value)
  for (const { family } of held) await families.change(family.id, (now) => revokedFamily(now, value, at))
  return held
}

const gone = () => problem('token-missing', 'These tokens are no longer kept.')

/** What somebody else brought is what this caller would have asked for, and can be used. */
function isWanted(current: TokenFamily, scope: string | undefined, now: number): boolean {
  const wanted = scopeWords(scope || current.key.scope).join(' ')
  return scopeWords(current.scope).join(' ') === wanted && isFresh(current, now)
}

/** @throws the reason why some families cannot be read, when none of the others fits */
function chooseFrom({ newestFirst, locked }: Kept, choose: (newestFirst: TokenFamily[]) => TokenFamily): TokenFamily {
  try {
    return choose(newestFirst)
  } catch (error) {
    throw locked ?? error
  }
}

interface Listing {
  of: FamiliesOf
  fingerprint(value: string): string | Promise<string>
}

async function listOf({ newestFirst, locked }: Kept, { of, fingerprint }: Listing): Promise<KeptTokenSummary[]> {
  if (locked && newestFirst.length === 0) throw locked
  const wanted = newestFirst.filter(({ key }) => isOf(key, of))
  const tokens = wanted.flatMap((family) => valuesOf(family).map((token) => ({ family, ...token })))
  return Promise.all(tokens.map(async ({ family, kind, value }) => summaryOf(family, kind, await fingerprint(value))))
}

function ownFingerprint(): (value: string) => string {
  const key = randomBytes(32)
  return (value) => createHmac('sha256', key).update(value).digest('hex').slice(0, 32)
}
