import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { useVendor } from '../../../vendors/use-vendor.ts'

/** Reads a grant. */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { call } = await useVendor(parameters, 'getGrant')
  const grant = await context.step('read', () => call({ context, parameters }, String(parameters.grant_id)))
  return { ...grant }
}
