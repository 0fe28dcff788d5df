import type { Json, JsonObject } from '../../../contract/json.ts'
import { createValueFinder } from '../../http/masking/carried-values.ts'
import type { RunContext } from '../../runs/run-context.ts'
import { originOf } from '../../runs/secret-places.ts'

/** What a server gives to manage a registration with, and where the token may go. @see RFC 7592 §3 */
export interface GivenManagement {
  registration_client_uri: string
  token: string
  origins: string[]
}

/**
 * Where a client information response says that the registration is managed, and its token; undefined without both. The
 * token belongs to that place only where it is one of the trusted origins.
 */
export function managementIn(
  context: RunContext,
  document: JsonObject,
  trusted: readonly (string | undefined)[],
): GivenManagement | undefined {
  const { registration_client_uri: uri, registration_access_token: token, client_secret: secret } = document
  if (typeof uri !== 'string' || typeof token !== 'string' || token === '') return undefined
  const origin = originOf(uri)
  if (origin === undefined || !/^https?:/.test(origin)) return undefined
  // SECURITY: the place is written into the inventory, a file, as it is.
  if (carriesSecret(uri, [token, secret])) {
    const reason = 'Its address carries a secret, which no file may hold: the registration is managed by hand.'
    context.decide({ subject: 'place of the registration', choice: 'not kept', reason, specification: 'RFC 7592 §3' })
    return undefined
  }
  if (trusted.includes(origin)) return { registration_client_uri: uri, token, origins: [origin] }
  context.decide({
    subject: 'registration access token',
    choice: 'kept for the authorization server alone',
    reason: `The registration is to be managed at ${origin}, which is another server: before the token goes there, a person must allow it.`,
    specification: 'RFC 7592 §5',
  })
  // SECURITY: where else a token goes is a stranger's wish.
  return {
    registration_client_uri: uri,
    token,
    origins: [...new Set(trusted.filter((one) => one !== undefined))],
  }
}

function carriesSecret(uri: string, values: (Json | undefined)[]): boolean {
  const finder = createValueFinder(values.filter((value) => typeof value === 'string'))
  return finder.carriedBy({ method: 'GET', url: uri, headers: [] }).size > 0
}
