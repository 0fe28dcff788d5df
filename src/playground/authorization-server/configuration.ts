import { errors, interactionPolicy, type ClientMetadata, type Configuration } from 'oidc-provider'
import type { PlaygroundClient } from '../playground-info.ts'
import type { PlaygroundState } from '../state/playground-state.ts'
import { renderErrorPage } from './error-response.ts'
import { RecordAdapter, type Records } from './record-adapter.ts'
import { registrationFeatures, registrationSettings, type RegistrationOptions } from './registration.ts'
import { apiResources, defaultResource } from './resources.ts'
import { allScopes } from './scopes.ts'
import { scopesForRequest, settleScope } from './settle-scope.ts'
import { signOutFeature } from './sign-out.ts'
import { claimsOf, claimsOfScope, findUser } from './users.ts'

/** What one playground is made of. Times are in seconds. */
export interface ServerParts extends RegistrationOptions {
  issuer: string
  port: number
  clients: PlaygroundClient[]
  state: PlaygroundState
  records: Records
  accessTokenSeconds: number
  codeSeconds: number
}

const hourSeconds = 3600
const daySeconds = 24 * hourSeconds

/** The configuration of oidc-provider. Every callback that it would warn about is given. */
export function buildConfiguration(parts: ServerParts): Configuration {
  const { issuer, port, clients, state, records } = parts
  return {
    adapter: (model) => new RecordAdapter(model, records),
    jwks: { keys: state.signingKeys },
    clients: clients.map(toClientMetadata),
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    responseTypes: ['code'],
    scopes: allScopes,
    claims: claimsOfScope,
    // ID tokens carry the claims of the scopes that were asked for; a beginner looks for them there.
    conformIdTokenClaims: false,
    findAccount,
    cookies: cookieOptions(port, state.cookieKeys),
    ttl: lifetimes(parts),
    features: { ...buildFeatures(issuer, parts.accessTokenSeconds), ...registrationFeatures(parts) },
    ...registrationSettings(parts),
    discovery: discoveryAdditions(issuer),
    pkce: { required: (_ctx, client) => client.tokenEndpointAuthMethod === 'none' },
    allowOmittingSingleRegisteredRedirectUri: false,
    interactions: { policy: interactionPolicy.base(), url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    rotateRefreshToken: () => true,
    clientBasedCORS: (_ctx, origin) => isLoopbackOrigin(origin),
    renderError: renderErrorPage,
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256'] },
  }
}

function toClientMetadata({ title, ...client }: PlaygroundClient): ClientMetadata {
  const canSignIn = client.grant_types.includes('authorization_code')
  return {
    ...client,
    client_name: title,
    response_types: canSignIn ? ['code'] : [],
    post_logout_redirect_uris: client.redirect_uris,
  }
}

const findAccount: Configuration['findAccount'] = (_ctx, sub) => {
  const user = findUser(sub)
  return user && { accountId: user.username, claims: () => claimsOf(user) }
}

function cookieOptions(port: number, keys: string[]): Configuration['cookies'] {
  const options = { httpOnly: true, sameSite: 'lax', signed: true, overwrite: true } as const
  // A browser sends the cookies of one loopback port to every other, so the names carry the port.
  const prefix = `playground_${port}`
  return {
    keys,
    names: { session: `${prefix}_session`, interaction: `${prefix}_sign_in`, resume: `${prefix}_resume` },
    long: options,
    short: options,
  }
}

function lifetimes({ accessTokenSeconds, codeSeconds }: ServerParts): Configuration['ttl'] {
  return {
    AccessToken: accessTokenSeconds,
    ClientCredentials: accessTokenSeconds,
    AuthorizationCode: codeSeconds,
    IdToken: hourSeconds,
    Interaction: hourSeconds,
    // These three end with the process at the latest: they are kept in memory.
    RefreshToken: daySeconds,
    Grant: daySeconds,
    Session: daySeconds,
  }
}

function buildFeatures(issuer: string, accessTokenSeconds: number): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    // Its own userinfo takes opaque tokens only; userinfo.ts takes the JWT that this server issues.
    userinfo: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => mayInspect(client, token) },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => client.clientId === token.clientId },
    rpInitiatedLogout: signOutFeature,
    resourceIndicators: {
      enabled: true,
      // With several resources granted, a token request that names none gets a token for the first (RFC 8707 §2.2).
      defaultResource: (_ctx, _client, oneOf) => oneOf?.[0] ?? defaultResource,
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, resource) => {
        if (!apiResources(issuer).includes(resource)) throw new errors.InvalidTarget()
        // The one callback for authorization and client credentials requests alike, after the server's own scope check.
        settleScope(ctx)
        const scope = scopesForRequest(ctx).join(' ')
        const format = { accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } } as const
        return { audience: resource, scope, accessTokenTTL: accessTokenSeconds, ...format }
      },
    },
  }
}

/** SECURITY: a public client proves nothing about itself, so it may only look at its own tokens. @see RFC 7662 §2.1 */
export function mayInspect(
  client: { clientId: string; tokenEndpointAuthMethod?: unknown },
  token: { clientId?: string | undefined },
): boolean {
  return client.tokenEndpointAuthMethod !== 'none' || client.clientId === token.clientId
}

function discoveryAdditions(issuer: string): Record<string, unknown> {
  const withSecret = ['client_secret_basic', 'client_secret_post']
  return {
    userinfo_endpoint: `${issuer}/me`,
    introspection_endpoint_auth_methods_supported: ['none', ...withSecret],
    revocation_endpoint_auth_methods_supported: ['none', ...withSecret],
    protected_resources: [`${issuer}/api`],
  }
}

function isLoopbackOrigin(origin: string): boolean {
  const url = URL.parse(origin)
  return url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
}
