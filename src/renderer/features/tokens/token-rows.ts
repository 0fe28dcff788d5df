import type { KeptTokenSummary } from '../../../contract/kept.ts'
import type { TokenKind } from '../../../contract/token-kind.ts'

/** What kinds of token are called on screen. */
export const tokenTitles: Record<TokenKind, string> = {
  access_token: 'Access token',
  id_token: 'ID token',
  refresh_token: 'Refresh token',
}

/** Several tokens below a heading. */
export interface TokenGroup {
  id: string
  profile: string | null
  /** absent on the row of a profile; empty for the client itself or whoever signed in */
  user?: string
  title: string
  issuer: string
  tokens: readonly KeptTokenSummary[]
}

/** A row of the list: a profile, a test user of it, or a token; tokens of one family stand together. */
export type TokenRow =
  | { kind: 'group'; id: string; level: 1 | 2; group: TokenGroup }
  | { kind: 'token'; id: string; level: 3; token: KeptTokenSummary; startsFamily: boolean; isDead: boolean }

/** What a list of tokens is made from. */
export interface TokenRowsOptions {
  tokens: readonly KeptTokenSummary[]
  /** words that a token must hold, all of them; empty: every token fits */
  filter: string
  /** the title of a profile by its name */
  titleOf(profile: string): string
}

const kindOrder: TokenKind[] = ['access_token', 'id_token', 'refresh_token']

/** The rows of a list: by profile, then test user, then family, latest family first. */
export function tokenRowsOf({ tokens, filter, titleOf }: TokenRowsOptions): TokenRow[] {
  const title = (profile: string | null) => (profile === null ? 'Without a profile' : titleOf(profile))
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const fitting = tokens.filter((token) => fits(token, words, title(token.profile)))
  const byProfile = [...Map.groupBy(fitting, ({ profile }) => profile)]
  return byProfile
    .toSorted(
      ([one], [other]) => Number(one === null) - Number(other === null) || title(one).localeCompare(title(other)),
    )
    .flatMap(([profile, of]) => rowsOfProfile({ profile, title: title(profile), tokens: of }))
}

function rowsOfProfile({ profile, title, tokens }: Pick<TokenGroup, 'profile' | 'title' | 'tokens'>): TokenRow[] {
  const id = `profile ${profile ?? ''}`
  const issuer = tokens[0]?.issuer ?? ''
  const byUser = [...Map.groupBy(tokens, ({ user }) => user)].toSorted(([one], [other]) => one.localeCompare(other))
  return [
    { kind: 'group', id, level: 1, group: { id, profile, title, issuer, tokens } },
    ...byUser.flatMap(([user, of]): TokenRow[] => {
      const group = { id: `${id} user ${user}`, profile, user, title: user || nobodyTitle(of), issuer, tokens: of }
      return [{ kind: 'group', id: group.id, level: 2, group }, ...rowsOfFamilies(of)]
    }),
  ]
}

/** Whether somebody signed in for a token, as far as its family tells: the client itself gets an access token only. */
export function isSignedIn(family: readonly KeptTokenSummary[]): boolean {
  return family.some(({ kind, scope }) => kind !== 'access_token' || scope.split(' ').includes('openid'))
}

/** Who tokens without a test user are of. */
function nobodyTitle(tokens: readonly KeptTokenSummary[]): string {
  const families = [...Map.groupBy(tokens, ({ family }) => family).values()]
  if (families.every(isSignedIn)) return 'Whoever signed in'
  return families.some(isSignedIn) ? 'Whoever signed in, or the client' : 'No test user'
}

function rowsOfFamilies(tokens: readonly KeptTokenSummary[]): TokenRow[] {
  const families = [...Map.groupBy(tokens, ({ family }) => family).values()]
  const latest = (of: readonly KeptTokenSummary[]) => Math.max(...of.map(({ receivedAt }) => Date.parse(receivedAt)))
  return families
    .toSorted((one, other) => latest(other) - latest(one))
    .flatMap((of) => {
      const sorted = of.toSorted((one, other) => kindOrder.indexOf(one.kind) - kindOrder.indexOf(other.kind))
      const marked = sorted.some(({ dead }) => dead) ? sorted.at(-1) : undefined
      return sorted.map((token, index): TokenRow => {
        const id = `${token.family} ${token.kind}`
        return { kind: 'token', id, level: 3, token, startsFamily: index === 0, isDead: token === marked }
      })
    })
}

function fits(token: KeptTokenSummary, words: readonly string[], title: string): boolean {
  const { kind, fingerprint, scope, user, client_id, issuer, resource, dead } = token
  const facts = [title, token.profile ?? '', tokenTitles[kind], `#${fingerprint.slice(0, 4)}`, scope, user, client_id]
  const text = [...facts, issuer, ...resource, dead ? 'sign in again' : ''].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}
