import type { ClientRecord } from '../../../contract/client-record.ts'
import type { Json } from '../../../contract/json.ts'
import type { RunContext } from '../../runs/run-context.ts'

/** The typed result of what was done to a registration: the client and the names of its secrets, no values. */
export async function toldOfRegistration(context: RunContext, issuer: string, client: ClientRecord): Promise<Json> {
  const entry = await context.registrations.find(issuer, client.client_id)
  return {
    client: { ...client },
    registration: entry?.id ?? null,
    client_secret: entry?.clientSecret === undefined ? null : { secret: entry.clientSecret },
    registration_access_token: entry?.management === undefined ? null : { secret: entry.management.token },
  }
}
