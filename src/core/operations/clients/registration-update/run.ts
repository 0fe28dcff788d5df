import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json, JsonObject } from '../../../../contract/json.ts'
import { clientMetadataOf } from '../../../protocol/registration/client-metadata.ts'
import { managedRegistration } from '../../../protocol/registration/managed-registration.ts'
import { readRegistration } from '../../../protocol/registration/read-registration.ts'
import { toldOfRegistration } from '../../../protocol/registration/told-of-registration.ts'
import { changedMetadata, updateRegistration } from '../../../protocol/registration/update-registration.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/** Reads a registration and replaces it with the same and the change. @see RFC 7592 §2.2 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const change = changeIn(parameters)
  const known = await managedRegistration(context, parameters)
  const { managed, registered } =
    parameters.read_first === false
      ? { managed: known, registered: {} }
      : await context.step('read', async () => {
          const { managed: now, information } = await readRegistration(context, known)
          return { managed: now, registered: information.document }
        })
  const metadata = changedMetadata(registered, change)
  const { client } = await context.step('update', () => updateRegistration(context, { managed, metadata }))
  return toldOfRegistration(context, String(parameters.issuer), client)
}

/** What is given, with an empty value for each member that is to go. */
function changeIn(parameters: ParameterValues): JsonObject {
  const without = (parameters.without as string[] | undefined) ?? []
  return { ...clientMetadataOf(parameters), ...Object.fromEntries(without.map((name) => [name, ''])) }
}
