import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { managedRegistration } from '../../../protocol/registration/managed-registration.ts'
import { readRegistration } from '../../../protocol/registration/read-registration.ts'
import { toldOfRegistration } from '../../../protocol/registration/told-of-registration.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Reads a registration. @see RFC 7592 §2.1 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const { client } = await context.step('read', async () =>
    readRegistration(context, await managedRegistration(context, parameters)),
  )
  return toldOfRegistration(context, String(parameters.issuer), client)
}
