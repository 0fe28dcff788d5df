import type { TokenFacts } from '../../../contract/events.ts'
import { maskOf } from '../../../contract/mask.ts'

/** A made-up authorization server. */
export interface Server {
  issuer: string
  profile: string
  tls: boolean
}

/** The server of most recordings. */
export const playground: Server = { issuer: 'http://127.0.0.1:7420', profile: 'playground', tls: false }
/** A server over TLS. */
export const acme: Server = { issuer: 'https://login.acme.test', profile: 'acme-staging', tls: true }

const fingerprintOf = (start: string) => `${start}0f22d941883b5e0c7719e26a904d`

/** Fingerprints and masks of the made-up values. */
export const accessToken = fingerprintOf('51d0')
export const idToken = fingerprintOf('9e12')
export const refreshToken = fingerprintOf('c7aa')
export const code = maskOf(fingerprintOf('a91c'))
export const state = maskOf(fingerprintOf('77b2'))
export const otherState = maskOf(fingerprintOf('0bad'))
export const verifier = maskOf(fingerprintOf('3c4d'))
export const credentials = maskOf(fingerprintOf('d00d'))

/** The metadata a made-up server answers. */
export function metadataOf(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/me`,
    jwks_uri: `${issuer}/jwks`,
    revocation_endpoint: `${issuer}/token/revocation`,
    introspection_endpoint: `${issuer}/token/introspection`,
    scopes_supported: ['openid', 'offline_access', 'profile', 'email', 'api:read', 'api:write'],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    subject_types_supported: ['public'],
    authorization_response_iss_parameter_supported: true,
  }
}

/** The tokens a made-up server answers. */
export function tokensOf(server: Server, receivedAt: number): TokenFacts[] {
  const seconds = Math.floor(receivedAt / 1000)
  const at = new Date(receivedAt).toISOString()
  const expiresAt = new Date(receivedAt + 600_000).toISOString()
  const claims = { iss: server.issuer, sub: 'alice', iat: seconds, exp: seconds + 600 }
  return [
    {
      kind: 'access_token',
      format: 'jwt',
      fingerprint: accessToken,
      length: 711,
      header: { alg: 'RS256', typ: 'at+jwt', kid: 'k1' },
      claims: {
        ...claims,
        aud: 'urn:playground:api',
        scope: 'openid offline_access',
        client_id: 'public',
        jti: '5Kb8',
      },
      tokenType: 'Bearer',
      scope: 'openid offline_access',
      receivedAt: at,
      expiresAt,
    },
    {
      kind: 'id_token',
      format: 'jwt',
      fingerprint: idToken,
      length: 820,
      header: { alg: 'RS256', kid: 'k1' },
      claims: { ...claims, aud: 'public', email: 'alice@example.test', auth_time: seconds - 1, at_hash: 'x4Q' },
      receivedAt: at,
      expiresAt,
    },
    { kind: 'refresh_token', format: 'opaque', fingerprint: refreshToken, length: 43, receivedAt: at },
  ]
}
