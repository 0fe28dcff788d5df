import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { readMetadata } from '../../../protocol/read-metadata.ts'
import { registerClient } from '../../../protocol/registration/register-client.ts'
import { toldOfRegistration } from '../../../protocol/registration/told-of-registration.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Registers a client and answers it with the names of its secrets. @see RFC 7591 §3 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const server = await context.step('discover', () => readMetadata(context, parameters))
  const client = await context.step('register', () => registerClient(context, { server, parameters }))
  return toldOfRegistration(context, String(parameters.issuer), client)
}
