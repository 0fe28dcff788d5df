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
    const asked = firstText(ctx.query['scope']) ?? defaultScopeOf(client)
    const keepsOffline = client.grantTypeAllowed('refresh_token')
    params['scope'] = allowedScopes(asked, client)
      .filter((scope) => scope !== 'offline_access' || keepsOffline)
      .join(' ')
  }
  if (params['grant_type'] === 'client_credentials') {
    params['scope'] = allowedScopes(firstText(params['scope']) ?? defaultScopeOf(client), client).join(' ')
  }
}

/** The scopes that an access token for the protected API can carry in this request. */
export function scopesForRequest(ctx: KoaContextWithOIDC): string[] {
  return ctx.oidc.params?.['grant_type'] === 'client_credentials' ? clientScopes : allScopes
}

interface ScopedClient {
  /** what the client registered with, if anything @see RFC 7591 §2 */
  scope?: string | undefined
}

function defaultScopeOf({ scope }: ScopedClient): string {
  return !scope || scope.split(' ').includes(defaultScope) ? defaultScope : scope
}

/** SECURITY: scopes are put back after oidc-provider's own check, so what a client registered with is checked here too. */
function allowedScopes(text: string, { scope }: ScopedClient): string[] {
  const scopes = knownScopes(text)
  const registered = scope?.split(' ')
  const other = scopes.find((name) => registered && !registered.includes(name))
  if (other === undefined) return scopes
  throw new errors.InvalidScope('requested scope is not allowed', other)
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
