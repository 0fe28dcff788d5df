import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { forEachTarget } from '../../../protocol/for-each-target.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { pathIdOf } from '../../../vendors/management/path-id.ts'
import { useVendor } from '../../../vendors/use-vendor.ts'

/** Revokes grants, one after the other. */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { vendor, call } = await useVendor(parameters, 'revokeGrant')
  const ids = parameters.grant_ids as string[]
  // One id that cannot be must not be found out when half of them are gone.
  for (const id of ids) pathIdOf(id, 'grant_ids')
  const counts = await context.step('revoke', () =>
    forEachTarget(context, {
      ids,
      what: 'grants',
      purposes: ['grant-revoke'],
      work: (grantId) => call({ context, parameters }, grantId),
      ...(vendor.isFinal ? { isFinal: vendor.isFinal } : {}),
    }),
  )
  return { ...counts }
}
