import { createHash } from 'node:crypto'
import type { OAuthClient } from './client-store.ts'
import type { TelnyxSwitches } from './switches.ts'

/** The code challenge as oidc-provider keeps it: always S256. */
export interface Challenge {
  codeChallenge: string
  codeChallengeMethod: 'S256'
}

/** What an authorization request asks for, or the error that goes back to the client. @see RFC 6749 §4.1.2.1 */
export type Asked =
  { scopes: string[]; challenge: Challenge | undefined } | { error: string; error_description: string }

const challengePattern = /^[A-Za-z0-9._~-]{43,128}$/

/** Reads what comes after client and redirect URI are known to be good. */
export function readAuthorizationRequest(query: URLSearchParams, client: OAuthClient, switches: TelnyxSwitches): Asked {
  const repeated = [...new Set(query.keys())].find((name) => name !== 'resource' && query.getAll(name).length > 1)
  if (repeated !== undefined) return refusal('invalid_request', `${repeated} is given more than once`)
  if (!query.has('response_type')) return refusal('invalid_request', 'response_type is missing')
  if (query.get('response_type') !== 'code') return refusal('unsupported_response_type', 'response_type must be code')
  if (!client.allowed_grant_types.includes('authorization_code')) {
    return refusal('unauthorized_client', 'the client is not allowed authorization_code')
  }
  const scopes = (query.get('scope') ?? '').split(' ').filter(Boolean)
  const refused = scopes.find((scope) => !client.allowed_scopes.includes(scope))
  if (refused !== undefined) return refusal('invalid_scope', `the client is not allowed the scope ${refused}`)
  const challenge = readChallenge(query, client, switches)
  if (challenge && 'error' in challenge) return challenge
  return { scopes: scopes.length > 0 ? [...new Set(scopes)] : client.allowed_scopes, challenge }
}

function readChallenge(
  query: URLSearchParams,
  client: OAuthClient,
  switches: TelnyxSwitches,
): Challenge | Extract<Asked, { error: string }> | undefined {
  const challenge = query.get('code_challenge')
  const method = query.get('code_challenge_method')
  if (challenge === null) {
    if (method !== null) return refusal('invalid_request', 'code_challenge is missing')
    return client.require_pkce ? refusal('invalid_request', 'the client must send a code_challenge') : undefined
  }
  if (!challengePattern.test(challenge)) return refusal('invalid_request', 'code_challenge has a wrong form')
  if (method === 'S256') return { codeChallenge: challenge, codeChallengeMethod: method }
  // A challenge without a method means plain (RFC 7636 §4.3).
  if (switches.plain_pkce && (method === null || method === 'plain')) {
    return { codeChallenge: hash(challenge), codeChallengeMethod: 'S256' }
  }
  return refusal('invalid_request', 'code_challenge_method must be S256')
}

/** Comparing S256(verifier) with S256(challenge) accepts exactly what comparing verifier and challenge does. */
function hash(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}

function refusal(error: string, description: string): Extract<Asked, { error: string }> {
  // RFC 6749 §4.1.2.1: printable ASCII without " and \.
  return { error, error_description: description.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?') }
}
