import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { toldOfRegistration } from '../../../protocol/registration/told-of-registration.ts'
import type { RunContext } from '../../../runs/run-context.ts'
import { requireTaken, useVendor } from '../../../vendors/use-vendor.ts'
import { managedClientParameters } from '../../managed-client-parameters.ts'

/** Makes a client and answers it with the names of its secrets. @see RFC 7591 §3 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { vendor, call } = await useVendor(parameters, 'createClient')
  const all = managedClientParameters.map(({ name }) => name)
  requireTaken(parameters, { vendor, all, taken: vendor.description.known, what: 'parameters' })
  const client = await context.step('create', () => call({ context, parameters }))
  return toldOfRegistration(context, String(parameters.issuer), client)
}
