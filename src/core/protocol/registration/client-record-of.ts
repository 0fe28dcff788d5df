import { type ClientRecord, textsOfMember } from '../../../contract/client-record.ts'
import type { Json, JsonObject } from '../../../contract/json.ts'

/** What a client record says by a name of its own, or must not say. */
const elsewhere = new Set([
  'client_id',
  'client_name',
  'client_type',
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'redirect_uris',
  'scope',
  'require_pkce',
  'client_id_issued_at',
  'client_secret_expires_at',
  'client_secret',
  'registration_access_token',
])

/** A client as a document in the words of RFC 7591 tells of it; without secrets. @see RFC 7591 §3.2.1 */
export function clientRecordOf(document: JsonObject): ClientRecord {
  const text = (name: string) => (typeof document[name] === 'string' ? { [name]: document[name] } : {})
  const texts = (name: string) => (Array.isArray(document[name]) ? { [name]: textsOfMember(document[name]) } : {})
  const time = (name: string, of: string) => {
    const iso = isoOfSeconds(document[of])
    return iso === undefined ? {} : { [name]: iso }
  }
  const further = Object.entries(document).filter(([name]) => !elsewhere.has(name))
  return {
    client_id: String(document.client_id),
    ...text('client_name'),
    ...typeOf(document),
    ...text('token_endpoint_auth_method'),
    ...texts('grant_types'),
    ...texts('response_types'),
    ...texts('redirect_uris'),
    ...text('scope'),
    ...(typeof document.require_pkce === 'boolean' ? { require_pkce: document.require_pkce } : {}),
    ...time('created_at', 'client_id_issued_at'),
    ...time('client_secret_expires_at', 'client_secret_expires_at'),
    further: Object.fromEntries(further),
  }
}

/** ISO time of seconds since 1970; undefined for 0, which means never, and for what is no time. */
export function isoOfSeconds(seconds: Json | undefined): string | undefined {
  if (typeof seconds !== 'number' || seconds <= 0) return undefined
  // A server may claim any number; past the year 275760 there are no dates.
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** @see RFC 6749 §2.1 */
function typeOf({ token_endpoint_auth_method: method, client_secret: secret }: JsonObject) {
  if (method === 'none') return { client_type: 'public' } as const
  const isConfidential = typeof method === 'string' || typeof secret === 'string'
  return isConfidential ? ({ client_type: 'confidential' } as const) : {}
}
