import type { TokenKind } from '../../contract/token-kind.ts'
import type { KeptTokenSummary } from '../../contract/commands.ts'
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
}

/** The kinds of token that have a value of their own. */
export const tokenKinds: readonly TokenKind[] = ['access_token', 'id_token', 'refresh_token']

/**
 * The family after a refresh: new tokens over the old ones. An answer without a refresh token leaves the old one in
 * use, and one without an ID token leaves the last one known; the access token's facts are the answer's alone.
 * @see RFC 6749 §6
 */
export function nextGeneration(family: TokenFamily, tokens: KeptTokens, scope: string): TokenFamily {
  return {
    ...family,
    generation: family.generation + 1,
    scope,
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

/** What a list shows of one token. */
export function summaryOf(family: TokenFamily, kind: TokenKind, fingerprint: string): KeptTokenSummary {
  const { key, tokens } = family
  return {
    kind,
    fingerprint,
    profile: key.profile,
    issuer: key.issuer,
    client_id: key.client_id,
    scope: kind === 'refresh_token' ? key.scope : (tokens.scope ?? family.scope),
    user: key.user,
    ...(kind === 'access_token' && tokens.expiresAt ? { expiresAt: tokens.expiresAt } : {}),
  }
}
