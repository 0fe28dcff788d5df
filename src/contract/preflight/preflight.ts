import { type ClientRecord, textsOfMember } from '../client-record.ts'
import type { JsonObject } from '../json.ts'
import { checkClientAuth } from './check-client-auth.ts'
import { checkRedirectUri } from './check-redirect-uri.ts'
import type { PreflightCheck } from './preflight-check.ts'
import type { WantedOfClient } from './wanted.ts'

/**
 * Compares what a run asks for with what is registered of its client; `server` is the authorization server's metadata.
 * Nothing is compared of what the run does not ask for.
 */
export function preflightOf(wanted: WantedOfClient, known: ClientRecord, server: JsonObject = {}): PreflightCheck[] {
  return [
    ...(wanted.redirectUri === undefined ? [] : [checkRedirectUri(wanted.redirectUri, known)]),
    ...checkScopes(wanted.scopes, known),
    ...(wanted.grantType === undefined ? [] : [checkGrantType(wanted.grantType, known)]),
    ...(wanted.grantType === undefined ? [] : checkClientAuth(wanted, known, server)),
    ...(wanted.pkce === undefined ? [] : [checkPkce(wanted.pkce, known)]),
  ]
}

/** @see RFC 7591 §2 `scope` */
function checkScopes(scopes: string[], { scope }: ClientRecord): PreflightCheck[] {
  // A record may come from a file that somebody changed: nothing may fail over its shape.
  const registered = typeof scope === 'string' ? scope.split(' ').filter((word) => word !== '') : undefined
  if (scopes.length === 0) return []
  if (!registered) {
    const explanation = 'The registration does not say which scopes the client may have.'
    return [{ subject: 'scope', verdict: 'not-known', explanation, wanted: scopes.join(' '), registered: [] }]
  }
  return scopes.map((wanted) => {
    const fits = registered.includes(wanted)
    const explanation = fits
      ? `The client may have ${wanted}.`
      : `The client is not registered for ${wanted}: the server refuses the request, or leaves the scope out.`
    return { subject: 'scope', verdict: fits ? 'fits' : 'fails', explanation, wanted, registered }
  })
}

/** @see RFC 7591 §2 `grant_types` */
function checkGrantType(wanted: string, { grant_types }: ClientRecord): PreflightCheck {
  const registered = Array.isArray(grant_types) ? textsOfMember(grant_types) : ['authorization_code']
  const told = { subject: 'grant-type', wanted, registered } as const
  if (registered.includes(wanted)) return { ...told, verdict: 'fits', explanation: `The client may use ${wanted}.` }
  return grant_types
    ? { ...told, verdict: 'fails', explanation: `The client is not registered for ${wanted}.` }
    : {
        ...told,
        verdict: 'may-fail',
        explanation: `The registration names no grant types, which means authorization_code alone, not ${wanted}.`,
      }
}

/** @see RFC 7636 §4.4.1, RFC 9700 §2.1.1 */
function checkPkce(
  wanted: string,
  { require_pkce, client_type, token_endpoint_auth_method }: ClientRecord,
): PreflightCheck {
  const told = {
    subject: 'pkce',
    wanted,
    registered: require_pkce === undefined ? [] : [require_pkce ? 'required' : 'not required'],
  } as const
  if (wanted !== 'none') return { ...told, verdict: 'fits', explanation: 'The request has a code challenge.' }
  if (require_pkce) {
    return { ...told, verdict: 'fails', explanation: 'The server wants a code challenge of this client; PKCE is off.' }
  }
  if (require_pkce === false) return { ...told, verdict: 'fits', explanation: 'This client needs no code challenge.' }
  return client_type === 'public' || token_endpoint_auth_method === 'none'
    ? {
        ...told,
        verdict: 'may-fail',
        explanation: 'Many servers want a code challenge of public clients; PKCE is off.',
      }
    : {
        ...told,
        verdict: 'not-known',
        explanation: 'The registration does not say whether a code challenge is needed.',
      }
}
