import { decodeJwt } from 'jose/jwt/decode'
import type { TokenKind } from '../../contract/token-kind.ts'
import type { TokenFamily } from './token-family.ts'

/**
 * Milliseconds since 1970 at which a kept token ends: an access token's `expires_in` (RFC 6749 §5.1), else the `exp` of
 * a JWT; undefined when it cannot be told.
 */
export function endOf({ tokens }: Pick<TokenFamily, 'tokens'>, kind: TokenKind): number | undefined {
  if (kind === 'refresh_token') return undefined
  if (kind === 'access_token' && tokens.expiresAt) return Date.parse(tokens.expiresAt)
  try {
    const { exp } = decodeJwt(tokens[kind] ?? '')
    return exp === undefined ? undefined : exp * 1000
  } catch {
    return undefined
  }
}

/** The same as ISO time; undefined when it cannot be told, or there is no such time. */
export function endTextOf(family: Pick<TokenFamily, 'tokens'>, kind: TokenKind): string | undefined {
  const day = new Date(endOf(family, kind) ?? Number.NaN)
  return Number.isNaN(day.getTime()) ? undefined : day.toISOString()
}

/** Whether a kept token is good for so many seconds more; one whose end is not known counts as good. */
export function isGoodFor(family: TokenFamily, kind: TokenKind, at: { now: number; seconds: number }): boolean {
  const end = endOf(family, kind)
  return end === undefined || end - at.now >= at.seconds * 1000
}

/** One sentence about when a kept token ends or ended. */
export function lifeOf(family: TokenFamily, kind: TokenKind, now: number): string {
  const end = endOf(family, kind)
  if (end === undefined) return `The ${kind} does not say when it ends.`
  const seconds = Math.round((end - now) / 1000)
  if (seconds > 0) return `The ${kind} ends in ${seconds} s.`
  return `The ${kind} ended at ${endTextOf(family, kind) ?? 'some time'}.`
}
