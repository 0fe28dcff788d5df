import type { TokenKind } from '../../contract/token-kind.ts'
import {
  type Generations,
  charactersOf,
  earlierAfter,
  earlierSizeOf,
  withWordOnEarlier,
} from './earlier-generations.ts'
import { type KeptTokens, tokenKinds } from './kept-tokens.ts'
import type { TokenKey } from './token-key.ts'

export { type KeptTokens, tokenKinds } from './kept-tokens.ts'

/** A grant's tokens: those of its newest answer, and which answer that is. */
export interface TokenFamily extends Generations {
  readonly id: string
  /** what the grant was got for */
  readonly key: TokenKey
  /** the operation that got the first answer, such as `client-credentials`: it can be run again in place of a refresh */
  readonly grant: string
  /** the server refused the refresh token as invalid_grant */
  readonly dead?: boolean
}

/** A token that ends within so many seconds is renewed before it is used: it might end on its way. */
export const marginSeconds = 60

/**
 * The family after a refresh: new tokens over the old ones. An answer without a refresh token leaves the old one in
 * use, and one without an ID token leaves the last one known; the access token's facts are the answer's alone. The answer
 * before is remembered.
 * @see RFC 6749 §6
 */
export function nextGeneration(
  family: TokenFamily,
  tokens: KeptTokens,
  at: { scope: string; receivedAt: string },
): TokenFamily {
  const { dead: _dead, said: _said, ...living } = family
  return {
    ...living,
    ...at,
    earlier: earlierAfter(family),
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
  const saidOf = (kind: TokenKind) => ({ said: { ...family.said, [kind]: { word: 'revoked' as const, at } } })
  if (refresh_token === value) return { ...family, dead: true, ...saidOf('refresh_token') }
  if (access_token !== value) return withWordOnEarlier(family, value, { word: 'revoked', at })
  const end = expiresAt !== undefined && expiresAt < at ? expiresAt : at
  return { ...family, tokens: { ...family.tokens, expiresAt: end }, ...saidOf('access_token') }
}

/** Characters a family holds in memory. */
export function sizeOf(family: TokenFamily): number {
  return charactersOf(family.tokens) + earlierSizeOf(family)
}

/** The family's tokens with their clear values. */
export function valuesOf({ tokens }: TokenFamily): { kind: TokenKind; value: string }[] {
  return tokenKinds.flatMap((kind) => {
    const value = tokens[kind]
    return value ? [{ kind, value }] : []
  })
}
