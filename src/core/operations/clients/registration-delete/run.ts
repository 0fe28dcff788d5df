import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { deleteRegistration } from '../../../protocol/registration/delete-registration.ts'
import { managedRegistration } from '../../../protocol/registration/managed-registration.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Deletes a registration. @see RFC 7592 §2.3 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const outcome = await context.step('delete', async () => {
    const managed = await managedRegistration(context, parameters)
    return deleteRegistration(context, managed)
  })
  return { client_id: String(parameters.client_id), outcome }
}
