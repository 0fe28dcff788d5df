import type { TokenKind } from '../../contract/token-kind.ts'
import type { TokenKey } from './token-key.ts'

/** Tokens in clear, with the wire's names. */
export interface KeptTokens {
  access_token?: string | undefined
  id_token?: string | undefined
  refresh_token?: string | undefined
  token_type?: string | undefined
  /** as granted; absent: as asked for (RFC 6749 §5.1) */
  scope?: string | undefined
  /** ISO time at which the access token ends */
  expiresAt?: string | undefined
  /** origin of the token endpoint that gave them: the refresh token goes nowhere else */
  issuedAt?: string | undefined
  /** digest of the connection of the profile they came over; another one in the profile's file is asked about first */
  connection?: string | undefined
}

/** A grant's tokens: those of its newest answer, and which answer that is. */
export interface TokenFamily {
  readonly id: string
  /** what the grant was got for */
  readonly key: TokenKey
  /** 1 for the first answer, one more for each refresh */
  readonly generation: number
  /** what the newest answer was asked for: a refresh can narrow it */
  readonly scope: string
  readonly tokens: KeptTokens
  /** the operation that got the first answer, such as `client-credentials`: it can be run again in place of a refresh */
  readonly grant: string
  /** ISO time of the newest answer */
  readonly receivedAt: string
  /** the server refused the refresh token as invalid_grant */
  readonly dead?: boolean
}

/** A token that ends within so many seconds is renewed before it is used: it might end on its way. */
export const marginSeconds = 60

/** The kinds of token that have a value of their own. */
export const tokenKinds: readonly TokenKind[] = ['access_token', 'id_token', 'refresh_token']

/**
 * The family after a refresh: new tokens over the old ones. An answer without a refresh token leaves the old one in
 * use, and one without an ID token leaves the last one known; the access token's facts are the answer's alone.
 * @see RFC 6749 §6
 */
export function nextGeneration(
  family: TokenFamily,
  tokens: KeptTokens,
  at: { scope: string; receivedAt: string },
): TokenFamily {
  const { dead: _dead, ...living } = family
  return {
    ...living,
    ...at,
    generation: family.generation + 1,
    tokens: {
      ...tokens,
      id_token: tokens.id_token ?? family.tokens.id_token,
      refresh_token: tokens.refresh_token || family.tokens.refresh_token,
    },
  }
}

/** True when nothing of the family can be used any more, as far as can be told here: a refresh token may always work. */
export function isExpired({ tokens }: TokenFamily, now: number): boolean {
  return !tokens.refresh_token && tokens.expiresAt !== undefined && Date.parse(tokens.expiresAt) <= now
}

/** A family that can only be got anew, by running its grant again, is remembered this long after its end. */
const afterEndMs = 30 * 24 * 3_600_000

/** True when a family has been of no use for so long that it leaves. */
export function isOver(family: TokenFamily, now: number): boolean {
  return isExpired(family, now - afterEndMs)
}

/** True when an access token is there that lasts: a minute more, or half of its short life. */
export function isFresh({ tokens, receivedAt }: TokenFamily, now: number): boolean {
  if (!tokens.access_token) return false
  if (tokens.expiresAt === undefined) return true
  const end = Date.parse(tokens.expiresAt)
  return end - now > Math.min(60_000, (end - Date.parse(receivedAt)) / 2)
}

/** A family as it was written; undefined for a text that is none. */
export function familyIn(text: string | undefined): TokenFamily | undefined {
  if (text === undefined) return undefined
  try {
    const family = JSON.parse(text) as TokenFamily
    const isWhole =
      typeof family.id === 'string' && typeof family.generation === 'number' && Boolean(family.key && family.tokens)
    return isWhole ? family : undefined
  } catch {
    return undefined
  }
}

/**
 * The family after the server revoked one of its tokens: an access token has ended, a refresh token is dead. What is not
 * named here may still be good (RFC 7009 §2.1). Undefined when the family does not have the value.
 */
export function revokedFamily(family: TokenFamily, value: string, at: string): TokenFamily | undefined {
  const { access_token, refresh_token, expiresAt } = family.tokens
  if (refresh_token === value) return { ...family, dead: true }
  if (access_token !== value) return undefined
  const end = expiresAt !== undefined && expiresAt < at ? expiresAt : at
  return { ...family, tokens: { ...family.tokens, expiresAt: end } }
}

/** Characters a family holds in memory. */
export function sizeOf({ tokens }: TokenFamily): number {
  return tokenKinds.reduce((sum, kind) => sum + (tokens[kind]?.length ?? 0), 0)
}

/** The family's tokens with their clear values. */
export function valuesOf({ tokens }: TokenFamily): { kind: TokenKind; value: string }[] {
  return tokenKinds.flatMap((kind) => {
    const value = tokens[kind]
    return value ? [{ kind, value }] : []
  })
}
