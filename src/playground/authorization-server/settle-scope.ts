import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { allScopes, clientScopes, defaultScope } from './scopes.ts'

/**
 * Settles the scope of an authorization request or a client credentials request: refuses an unknown scope, gives a
 * request without scope the default one, and puts back `offline_access`, which oidc-provider has dropped unless
 * `prompt=consent` was sent (OpenID Connect Core 1.0 §11; plain OAuth 2.0 servers ask for no such prompt).
 * @throws errors.InvalidScope
 */
export function settleScope(ctx: KoaContextWithOIDC): void {
  const { params, client, route } = ctx.oidc
  if (!params || !client) return
  if (route === 'authorization') {
    const asked = firstText(ctx.query['scope']) ?? defaultScope
    const keepsOffline = client.grantTypeAllowed('refresh_token')
    params['scope'] = knownScopes(asked)
      .filter((scope) => scope !== 'offline_access' || keepsOffline)
      .join(' ')
  }
  if (params['grant_type'] === 'client_credentials') {
    params['scope'] = knownScopes(firstText(params['scope']) ?? defaultScope).join(' ')
  }
}

/** The scopes that an access token for the protected API can carry in this request. */
export function scopesForRequest(ctx: KoaContextWithOIDC): string[] {
  return ctx.oidc.params?.['grant_type'] === 'client_credentials' ? clientScopes : allScopes
}

function knownScopes(text: string): string[] {
  const scopes = [...new Set(text.split(' ').filter(Boolean))]
  const unknown = scopes.find((scope) => !allScopes.includes(scope))
  if (unknown === undefined) return scopes
  throw new errors.InvalidScope(`the playground has no such scope; it has ${allScopes.join(', ')}`, unknown)
}

function firstText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
