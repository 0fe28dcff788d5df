import { randomBytes } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import Provider, { errors, type Configuration } from 'oidc-provider'
import { findUser } from '../authorization-server/users.ts'
import type { PlaygroundState } from '../state/playground-state.ts'
import { adapterOf, type Stores } from './adapters.ts'
import { everyScope } from './scopes.ts'

/** The authorization server below the API, and the one client that is the API itself. */
export interface EmulatorProvider {
  provider: Provider
  /** Introspects in the place of whoever has the API key. Not in any list; a new secret at each start. */
  ownClient: { id: string; secret: string }
}

/** Life of an access token in seconds, as the service was seen to give. */
export const accessTokenSeconds = 1800
const codeSeconds = 60
const refreshTokenSeconds = 30 * 24 * 3600
/** The API knows no end of a grant. */
const grantSeconds = 10 * 365 * 24 * 3600

/** Where oidc-provider's own handlers are. */
export const providerPaths = { token: '/v2/oauth/token', introspection: '/v2/oauth/introspect', jwks: '/v2/oauth/jwks' }

/** oidc-provider over the API's clients and grants, with opaque tokens. Its own authorization endpoint is never reached. */
export function createEmulatorProvider(issuer: string, state: PlaygroundState, stores: Stores): EmulatorProvider {
  const ownClient = { id: 'telnyx-emulator', secret: randomBytes(32).toString('base64url') }
  const provider = new Provider(issuer, configurationOf(state, stores, ownClient))
  limitClientScopes(provider, stores)
  provider.on('access_token.saved', ({ grantId }) => stores.grants.touch(grantId))
  // Koa prints faults when nobody listens; whoever asked gets them as an answer with status 500.
  const emitter: EventEmitter = provider
  emitter.on('error', () => undefined)
  return { provider, ownClient }
}

function configurationOf(
  state: PlaygroundState,
  stores: Stores,
  ownClient: EmulatorProvider['ownClient'],
): Configuration {
  return {
    adapter: (model) => adapterOf(model, stores),
    jwks: { keys: state.signingKeys },
    clients: [ownClientMetadata(ownClient)],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    responseTypes: ['code'],
    scopes: everyScope,
    claims: { openid: ['sub'] },
    findAccount: (_ctx, sub) => findUser(sub) && { accountId: sub, claims: () => ({ sub }) },
    cookies: { keys: state.cookieKeys },
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      AuthorizationCode: codeSeconds,
      RefreshToken: refreshTokenSeconds,
      Grant: grantSeconds,
      IdToken: accessTokenSeconds,
      Interaction: codeSeconds,
      Session: codeSeconds,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      // A `resource` (RFC 8707) that a client sends is not looked at: tokens are opaque and for the one API.
      resourceIndicators: { enabled: false },
      clientCredentials: { enabled: true },
      // SECURITY: a public client proves nothing about itself, so it may only look at its own tokens (RFC 7662 §2.1).
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) =>
          client.tokenEndpointAuthMethod !== 'none' || client.clientId === token.clientId,
      },
    },
    routes: { ...providerPaths, authorization: '/v2/oauth/authorize' },
    // The emulator's own authorization endpoint asks for it by the client's require_pkce.
    pkce: { required: () => false },
    allowOmittingSingleRegisteredRedirectUri: false,
    interactions: { url: () => '/portal/consent' },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    clientBasedCORS: () => false,
    renderError: (ctx, out) => {
      ctx.body = out
    },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256'] },
  }
}

function ownClientMetadata({ id, secret }: EmulatorProvider['ownClient']) {
  return {
    client_id: id,
    client_secret: secret,
    token_endpoint_auth_method: 'client_secret_basic' as const,
    grant_types: [],
    response_types: [],
    redirect_uris: [],
  }
}

type Saves = { clientId?: string; scope?: string; save: (ttl?: number) => Promise<string> }

/**
 * SECURITY: a client gets for itself what it is allowed and nothing else; without a scope it gets all of that.
 * oidc-provider lets every scope pass that it does not know.
 */
function limitClientScopes(provider: Provider, { clients }: Stores): void {
  const tokens = provider.ClientCredentials.prototype as unknown as Saves
  const { save } = tokens
  tokens.save = function (this: Saves, ttl?: number) {
    const allowed = clients.get(this.clientId ?? '')?.allowed_scopes ?? []
    const refused = this.scope?.split(' ').find((scope) => !allowed.includes(scope))
    if (refused !== undefined) throw new errors.InvalidScope('the client is not allowed this scope', refused)
    this.scope ??= allowed.join(' ')
    return save.call(this, ttl)
  }
}
