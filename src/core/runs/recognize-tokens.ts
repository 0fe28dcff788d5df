import { decodeProtectedHeader } from 'jose/decode/protected_header'
import { decodeJwt } from 'jose/jwt/decode'
import type { JsonObject } from '../../contract/json.ts'
import type { TokenFacts } from '../../contract/events.ts'
import type { TokenKind } from '../../contract/token-kind.ts'
import type { Masker } from '../http/masking/create-masker.ts'

const kinds: TokenKind[] = ['access_token', 'id_token', 'refresh_token']
const maximumJwtCharacters = 16_384

/** What a token answer carries, told without the values: read from the recorded answer, whatever the verdict on it. */
export function recognizeTokens(answer: JsonObject, masker: Masker, receivedAt: number): TokenFacts[] {
  return kinds.flatMap((kind) => {
    const value = answer[kind]
    return typeof value === 'string' && value !== '' ? [factsOf({ kind, value, answer, masker, receivedAt })] : []
  })
}

interface Found {
  kind: TokenKind
  value: string
  answer: JsonObject
  masker: Masker
  receivedAt: number
}

function factsOf({ kind, value, answer, masker, receivedAt }: Found): TokenFacts {
  const decoded = readJwt(value)
  const expires = expiryOf({ kind, value, answer, masker, receivedAt }, decoded?.claims)
  return {
    kind,
    format: decoded ? 'jwt' : value.split('.').length === 5 ? 'jwe' : 'opaque',
    fingerprint: masker.fingerprint(value),
    length: value.length,
    receivedAt: new Date(receivedAt).toISOString(),
    ...(decoded ? { header: masker.maskJson(decoded.header), claims: masker.maskJson(decoded.claims) } : {}),
    ...(kind === 'access_token' && typeof answer.token_type === 'string'
      ? { tokenType: wordsOf(answer.token_type, masker) }
      : {}),
    ...(kind === 'access_token' && typeof answer.scope === 'string' ? { scope: wordsOf(answer.scope, masker) } : {}),
    ...(expires === undefined ? {} : { expiresAt: expires }),
  }
}

const longestWords = 4_000

/** SECURITY: a server can put anything in these fields, a secret among it, and at any length. */
function wordsOf(text: string, masker: Masker): string {
  return masker.maskText(text).slice(0, longestWords)
}

/** ISO expiry: `expires_in` for access tokens (RFC 6749 §5.1), else the `exp` claim. */
function expiryOf({ kind, answer, receivedAt }: Found, claims: JsonObject | undefined): string | undefined {
  const expiresIn = Number(answer.expires_in)
  if (kind === 'access_token' && answer.expires_in !== undefined && Number.isFinite(expiresIn)) {
    return toIso(receivedAt + expiresIn * 1000)
  }
  return typeof claims?.exp === 'number' ? toIso(claims.exp * 1000) : undefined
}

function toIso(milliseconds: number): string | undefined {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** Header and claims of a compact JWS, unjudged; undefined when it is none, or too large to show. */
function readJwt(value: string): { header: JsonObject; claims: JsonObject } | undefined {
  if (value.length > maximumJwtCharacters) return undefined
  try {
    return { header: decodeProtectedHeader(value) as JsonObject, claims: decodeJwt(value) as JsonObject }
  } catch {
    return undefined
  }
}
