import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { forEachTarget } from '../../../protocol/for-each-target.ts'
import { markGone } from '../../../registrations/mark-gone.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { pathIdOf } from '../../../vendors/management/path-id.ts'
import { useVendor } from '../../../vendors/use-vendor.ts'

/** Deletes clients, one after the other; the inventory keeps them as gone. @see RFC 7592 §2.3 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { vendor, call } = await useVendor(parameters, 'deleteClient')
  const issuer = String(parameters.issuer)
  const ids = parameters.client_ids as string[]
  // One id that cannot be must not be found out when half of them are gone.
  for (const id of ids) pathIdOf(id, 'client_ids')
  const counts = await context.step('delete', () =>
    forEachTarget(context, {
      ids,
      what: 'clients',
      purposes: ['client-delete', 'registration-delete'],
      titleOf: async (id) => (await context.registrations.find(issuer, id))?.title ?? id,
      work: async (clientId) => {
        const outcome = await call({ context, parameters }, clientId)
        await markGone(context, { issuer, clientId }, outcome)
        return outcome
      },
      ...(vendor.isFinal ? { isFinal: vendor.isFinal } : {}),
    }),
  )
  return { ...counts }
}
