import { json, type Answer } from './answer.ts'
import { authMethods, grantTypes } from './client-store.ts'
import { scopesSupported } from './scopes.ts'
import type { TelnyxSwitches } from './switches.ts'

/** Anybody may read these, a page of another origin too. */
const open = { 'access-control-allow-origin': '*' }

/** The authorization server's metadata, with the members that the service was seen to have. @see RFC 8414 §2 */
export function serverMetadata(issuer: string, switches: TelnyxSwitches): Answer {
  const oauth = `${issuer}/v2/oauth`
  const metadata = {
    issuer,
    authorization_endpoint: `${oauth}/authorize`,
    token_endpoint: `${oauth}/token`,
    introspection_endpoint: `${oauth}/introspect`,
    jwks_uri: `${oauth}/jwks`,
    registration_endpoint: `${oauth}/register`,
    response_types_supported: ['code'],
    grant_types_supported: grantTypes,
    scopes_supported: scopesSupported(switches),
    code_challenge_methods_supported: switches.plain_pkce ? ['S256', 'plain'] : ['S256'],
    token_endpoint_auth_methods_supported: authMethods,
    protected_resources: [issuer, `${issuer}/v2/mcp`],
  }
  return json(200, metadata, open)
}

/** The metadata of the API, or of what lies at a path of it. @see RFC 9728 §2 */
export function resourceMetadata(issuer: string, path: string, switches: TelnyxSwitches): Answer {
  const metadata = {
    resource: `${issuer}${path}`,
    authorization_servers: [issuer],
    resource_name: 'Telnyx API emulator',
    scopes_supported: scopesSupported(switches),
    bearer_methods_supported: ['header'],
  }
  return json(200, metadata, open)
}
