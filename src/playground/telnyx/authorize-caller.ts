import type Provider from 'oidc-provider'
import { ApiError } from './api-error.ts'
import { bearerOf, type ApiKey } from './api-key.ts'
import type { ApiRequest } from './api-request.ts'
import type { GrantStore } from './grant-store.ts'
import { adminScope } from './scopes.ts'

/** What is needed to tell who calls. */
interface CallerParts {
  issuer: string
  provider: Provider
  apiKey: ApiKey
  grants: GrantStore
}

/** Who may call: whoever has the API key, or a client with an access token that has the scope as well. */
export type Callers = 'key' | 'key-or-token'

/**
 * Refuses whoever may not call. An access token needs `account_management.read` to read and `.write` for the rest.
 * @throws ApiError 401 without a good key or token, 403 when the token may not do this.
 */
export async function authorizeCaller(request: ApiRequest, callers: Callers, parts: CallerParts): Promise<void> {
  if (parts.apiKey.isIn(request)) return
  const token = await findToken(parts.provider, bearerOf(request))
  if (!token?.isValid) throw unauthenticated(parts.issuer)
  // SECURITY: a client with a token could otherwise approve more of its own requests.
  if (callers === 'key') throw forbidden('This wants an API key.')
  const needed = `account_management.${['GET', 'HEAD'].includes(request.method) ? 'read' : 'write'}`
  const scopes = (token.scope ?? '').split(' ')
  if (!scopes.includes(needed) && !scopes.includes(adminScope)) throw forbidden(`The token lacks the scope ${needed}.`)
  parts.grants.touch(token.grantId)
}

async function findToken(provider: Provider, value: string | undefined) {
  if (value === undefined) return undefined
  const token = await provider.AccessToken.find(value)
  if (!token) return withoutGrant(await provider.ClientCredentials.find(value))
  // A token whose grant was revoked has no record any more; this holds even if one were left.
  const grant = token.grantId === undefined ? undefined : await provider.Grant.find(token.grantId)
  return grant && { isValid: token.isValid, scope: token.scope, grantId: token.grantId }
}

function withoutGrant(token: { isValid: boolean; scope?: string | undefined } | undefined) {
  return token && { isValid: token.isValid, scope: token.scope, grantId: undefined }
}

function unauthenticated(issuer: string): ApiError {
  const detail = 'No key found matching the ID you specified, or the access token is no good.'
  const challenge = `Bearer resource_metadata="${issuer}/.well-known/oauth-protected-resource"`
  return new ApiError(401, { code: '10009', detail }, { 'www-authenticate': challenge })
}

function forbidden(detail: string): ApiError {
  return new ApiError(403, { code: '10010', detail })
}
