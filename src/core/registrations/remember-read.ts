import type { ClientRecord } from '../../contract/client-record.ts'
import type { Registration } from '../../contract/registration.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'

/** A client as it was just read. */
export interface ReadClient {
  vendor: string
  issuer: string
  client: ClientRecord
}

/**
 * Remembers how a client is registered, whoever registered it, for comparing a run with. Answers the inventory's id;
 * undefined when the disk refuses, which the run then says: what was read is not lost by that.
 */
export async function rememberRead(context: RunContext, read: ReadClient): Promise<string | undefined> {
  const { issuer, client } = read
  try {
    const known = await context.registrations.find(issuer, client.client_id)
    const now = { ...(known ?? firstEntry(context, read)), ...seenNow(context, client) }
    // Changed as it is then: another process may have noted a profile meanwhile.
    if (known) await context.registrations.change(known.id, (kept) => ({ ...kept, ...seenNow(context, client) }))
    else await context.registrations.save(now)
    return now.id
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    context.decide({ subject: 'remembering the registration', choice: 'left out', reason: error.problem.detail })
    return undefined
  }
}

function seenNow(context: RunContext, client: ClientRecord): Partial<Registration> {
  return {
    state: 'registered',
    // SECURITY: what a server says may repeat a secret; the inventory is a file.
    client: context.masked(client),
    readAt: new Date(context.clock.now()).toISOString(),
  }
}

function firstEntry(context: RunContext, { vendor, issuer, client }: ReadClient): Registration {
  return {
    id: Buffer.from(context.random.bytes(4)).toString('hex'),
    isOwn: false,
    vendor,
    issuer,
    profile: context.profile,
    client_id: client.client_id,
    title: context.masked(client).client_name ?? client.client_id,
    registeredAt: client.created_at ?? new Date(context.clock.now()).toISOString(),
    state: 'registered',
    profiles: [],
  }
}
