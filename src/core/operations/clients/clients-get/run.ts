import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { toldOfRegistration } from '../../../protocol/registration/told-of-registration.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { useVendor } from '../../../vendors/use-vendor.ts'

/** Reads a client, and remembers it for comparing runs with. @see RFC 7592 §2.1 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { call } = await useVendor(parameters, 'getClient')
  const client = await context.step('read', () => call({ context, parameters }, String(parameters.client_id)))
  return toldOfRegistration(context, String(parameters.issuer), client)
}
