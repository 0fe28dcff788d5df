import type { PlaygroundClient } from '../playground-info.ts'

const signInGrants = ['authorization_code', 'refresh_token']
const redirectUris = ['http://127.0.0.1/callback', 'http://[::1]/callback', 'http://localhost/callback']

/**
 * The registered clients. There are two confidential ones because oidc-provider takes exactly one authentication method
 * per client (RFC 7591 §2 token_endpoint_auth_method).
 */
export function playgroundClients(secrets: Record<string, string>): PlaygroundClient[] {
  return [
    {
      client_id: 'public',
      token_endpoint_auth_method: 'none',
      grant_types: signInGrants,
      redirect_uris: redirectUris,
      title: 'Public client',
    },
    confidentialClient('confidential', 'client_secret_basic', secrets),
    confidentialClient('confidential-post', 'client_secret_post', secrets),
  ]
}

function confidentialClient(
  id: 'confidential' | 'confidential-post',
  method: 'client_secret_basic' | 'client_secret_post',
  secrets: Record<string, string>,
): PlaygroundClient {
  const secret = secrets[id]
  if (!secret) throw new Error(`The state has no secret for the client ${id}.`)
  return {
    client_id: id,
    client_secret: secret,
    token_endpoint_auth_method: method,
    grant_types: [...signInGrants, 'client_credentials'],
    redirect_uris: redirectUris,
    title: id === 'confidential' ? 'Confidential client' : 'Confidential client (secret in the body)',
  }
}
