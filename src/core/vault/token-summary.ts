import type { KeptTokenSummary } from '../../contract/kept.ts'
import type { TokenKind } from '../../contract/token-kind.ts'
import type { TokenFamily } from './token-family.ts'
import { endTextOf } from './token-life.ts'

/** What a list shows of one token. */
export function summaryOf(family: TokenFamily, kind: TokenKind, fingerprint: string): KeptTokenSummary {
  const { key, tokens } = family
  const expiresAt = endTextOf(family, kind)
  return {
    kind,
    fingerprint,
    family: family.id,
    generation: family.generation,
    profile: key.profile,
    issuer: key.issuer,
    client_id: key.client_id,
    scope: kind === 'refresh_token' ? key.scope : (tokens.scope ?? family.scope),
    user: key.user,
    resource: [...key.resource],
    receivedAt: family.receivedAt,
    ...(family.dead ? { dead: true } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}
