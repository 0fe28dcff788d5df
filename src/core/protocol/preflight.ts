import type { KnownRegistration } from '../../contract/client-record.ts'
import type { ParameterValues } from '../../contract/description.ts'
import type { Registration } from '../../contract/registration.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'

/**
 * Records what is known of the run's client before anything is sent for it, so that rules can compare: as it was last
 * seen, or as the server says now (`preflight`). Never stops a run: what cannot be read is said, and a run that will fail
 * is worth watching. Rejects only when the run is cancelled.
 * @see RFC 7591 §2, RFC 7592 §2.1
 */
export async function preflight(context: RunContext, parameters: ParameterValues): Promise<void> {
  const { preflight: how = 'remembered', client_id } = parameters
  if (how === 'off' || client_id === undefined) return
  const remembered = await context.registrations.find(String(parameters.issuer), String(client_id))
  if (how !== 'ask' && !remembered?.client) return
  await context.step('preflight', async () => {
    const known = (how === 'ask' && (await ask(context, parameters))) || (remembered && recall(context, remembered))
    if (known) context.known(known)
  })
}

const subject = 'registration'
const specification = 'RFC 7591 §2'

/** As it was when it was last seen; undefined when only its name is kept. */
function recall(context: RunContext, registration: Registration): KnownRegistration | undefined {
  const { client, readAt, registeredAt, vendor, clientSecretExpiresAt, state } = registration
  if (!client) return undefined
  const seenAt = readAt ?? registeredAt
  if (state === 'gone') {
    // What it was registered for says nothing any more: that it fits would be false comfort.
    const reason = `Seen at ${seenAt}; since then it was deleted, or the server no longer knew it: this run will fail, unless it was registered anew (preflight ask).`
    context.decide({ subject, choice: 'the client is gone', reason, specification })
    return undefined
  }
  context.decide({
    subject,
    choice: 'as it was last seen',
    reason: `Seen at ${seenAt}; nothing is asked (preflight remembered).${state === 'unknown' ? neverAnswered : ''}`,
    specification,
  })
  const ends = client.client_secret_expires_at ?? clientSecretExpiresAt
  return {
    source: 'remembered',
    readAt: seenAt,
    vendor,
    client: { ...client, ...(ends === undefined ? {} : { client_secret_expires_at: ends }) },
  }
}

const neverAnswered = ' Whether it is there is not known: the answer to its registration never came.'

/** As the server says now; undefined when it does not, which the run then says. */
async function ask(context: RunContext, parameters: ParameterValues): Promise<KnownRegistration | undefined> {
  try {
    const { useVendor } = await import('../vendors/use-vendor.ts')
    const { vendor, call } = await useVendor(parameters, 'getClient')
    const client = await call({ context, parameters }, String(parameters.client_id))
    const { id, title } = vendor.description
    context.decide({ subject, choice: 'read now', reason: `Asked by ${title} (preflight ask).`, specification })
    return { source: 'read', readAt: new Date(context.clock.now()).toISOString(), vendor: id, client }
  } catch (error) {
    if (context.signal.aborted || !(error instanceof ProblemError)) throw error
    const { title, detail } = error.problem
    context.decide({ subject, choice: 'not read', reason: `${title}. ${detail}`, specification })
    return undefined
  }
}
