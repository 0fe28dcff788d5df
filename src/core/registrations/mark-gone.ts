import { rememberGone } from '../protocol/registration/delete-registration.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { Deletion } from '../vendors/vendor.ts'

/**
 * Notes in the inventory that a client is gone. Its secrets go only when it was deleted for certain: a server that does
 * not know it may be the wrong one.
 */
export async function markGone(
  context: RunContext,
  { issuer, clientId }: { issuer: string; clientId: string },
  outcome: Deletion,
): Promise<void> {
  const known = await context.registrations.find(issuer, clientId)
  if (!known || known.state === 'gone') return
  await rememberGone(context, known, outcome)
}
