import type { ClientRecord } from '../client-record.ts'
import type { JsonObject } from '../json.ts'
import type { PreflightCheck } from './preflight-check.ts'
import type { WantedOfClient } from './wanted.ts'

const usual = 'client_secret_basic'

/**
 * Compares the way a client proves who it is, and whether its secret is still good. Secrets themselves are not compared.
 * @see RFC 7591 §2 `token_endpoint_auth_method`, §3.2.1 `client_secret_expires_at`
 */
export function checkClientAuth(wanted: WantedOfClient, client: ClientRecord, server: JsonObject): PreflightCheck[] {
  const method = methodOf(wanted, server)
  const stated = methodIn(client.token_endpoint_auth_method)
  const isPublic = stated === 'none' || (stated === undefined && client.client_type === 'public')
  const registered = isPublic ? 'none' : (stated ?? usual)
  const told = { subject: 'client-auth' as const, wanted: method, registered: [registered] }
  const ends = client.client_secret_expires_at
  if (method !== 'none' && !isPublic && wanted.at && ends && ends <= wanted.at) {
    return [{ ...told, verdict: 'fails', explanation: `The client secret ended at ${ends}.` }]
  }
  const [verdict, explanation] = judge({ method, registered, isStated: stated !== undefined }, client)
  return [{ ...told, verdict, explanation }]
}

/** A record may come from a file that somebody changed: nothing may fail over its shape. */
const methodIn = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What automatic comes to: the first of the server's methods that a secret serves. @see RFC 8414 §2 */
function methodOf({ clientAuth, hasSecret }: WantedOfClient, server: JsonObject): string {
  if (clientAuth !== 'auto') return clientAuth
  if (!hasSecret) return 'none'
  const offered = server.token_endpoint_auth_methods_supported
  const isPost = Array.isArray(offered) && offered.includes('client_secret_post') && !offered.includes(usual)
  return isPost ? 'client_secret_post' : usual
}

interface Methods {
  method: string
  registered: string
  isStated: boolean
}

function judge(
  { method, registered, isStated }: Methods,
  { client_type }: ClientRecord,
): [PreflightCheck['verdict'], string] {
  if (method === registered) return ['fits', `The client is registered for ${registered}.`]
  if (registered === 'none') {
    return [
      'may-fail',
      'The client is a public one, which has no secret: servers refuse one that is sent, or ignore it.',
    ]
  }
  if (isStated) return ['fails', `The client is registered for ${registered}, not ${method}.`]
  if (client_type === 'confidential' && method === 'none') {
    return ['fails', 'The client is a confidential one: it must prove itself, and nothing is sent for that.']
  }
  return ['may-fail', `The registration names no method, which means ${registered}, not ${method}.`]
}
