import type { Registration } from '../../../contract/registration.ts'
import type { RunContext } from '../../runs/run-context.ts'
import { problem, ProblemError } from '../../problems/problem-error.ts'
import type { ManagedRegistration } from './managed-registration.ts'
import { registrationRefusal } from './registration-refusal.ts'
import { requestManagement, unlessUnknown } from './request-management.ts'

/**
 * Deletes a registration: `absent` when the server says that there is none. The inventory keeps it as gone.
 * @throws ProblemError management-refused, outcome-unknown, environment problems
 * @see RFC 7592 §2.3
 */
export async function deleteRegistration(
  context: RunContext,
  managed: ManagedRegistration,
): Promise<'done' | 'absent'> {
  const outcome = await send(context, managed).catch((error: unknown) => {
    throw unlessUnknown(error, 'the registration was deleted')
  })
  if (managed.entry) await rememberGone(context, managed.entry, outcome)
  return outcome
}

async function send(context: RunContext, managed: ManagedRegistration): Promise<'done' | 'absent'> {
  const purpose = 'registration-delete'
  const { ok, status } = await requestManagement(context, managed, { method: 'DELETE', purpose })
  if (ok) return 'done'
  if (status === 404 || status === 410) return 'absent'
  const answer = context.lastAnswer(purpose)!
  const what = 'The server of the registration'
  const specification = 'RFC 7592 §2.3'
  if (status >= 400) throw registrationRefusal({ code: 'management-refused', what, answer, specification })
  throw problem('response-unexpected', `${what} answered ${status}, which says nothing about a deletion.`, {
    exchange: answer.exchange,
    status,
    specification,
  })
}

/**
 * The inventory keeps a client that is gone. Of one that was deleted for certain the token that nobody takes any more goes,
 * and its secret unless a profile names it; a server that does not know a client may be the wrong one. What a disk refuses
 * is said by the run: the client is gone all the same.
 */
export async function rememberGone(
  context: RunContext,
  entry: Pick<Registration, 'id'>,
  outcome: 'done' | 'absent',
): Promise<void> {
  try {
    await noteGone(context, entry, outcome)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const reason = `At the server it is gone. ${error.problem.detail}`
    context.decide({ subject: 'inventory', choice: 'still lists the client', reason })
  }
}

async function noteGone(
  context: RunContext,
  { id }: Pick<Registration, 'id'>,
  outcome: 'done' | 'absent',
): Promise<void> {
  const useless: (string | undefined)[] = []
  await context.registrations.change(id, (kept) => {
    if (outcome === 'absent') return { ...kept, state: 'gone' }
    const { management, clientSecret, ...now } = kept
    const isNamed = now.profiles.length > 0 && clientSecret !== undefined
    useless.push(management?.token, isNamed ? undefined : clientSecret)
    return { ...now, state: 'gone', ...(isNamed ? { clientSecret } : {}) }
  })
  for (const name of useless) if (name !== undefined) await context.secrets.forgetSecret(name)
}
