import type { ParameterValues } from '../../../contract/description.ts'
import { readMetadata } from '../../protocol/read-metadata.ts'
import { clientMetadataOf } from '../../protocol/registration/client-metadata.ts'
import { deleteRegistration } from '../../protocol/registration/delete-registration.ts'
import { managedRegistration, type ManagedRegistration } from '../../protocol/registration/managed-registration.ts'
import { readRegistration } from '../../protocol/registration/read-registration.ts'
import { registerClient } from '../../protocol/registration/register-client.ts'
import { changedMetadata, updateRegistration } from '../../protocol/registration/update-registration.ts'
import { clientTypeOf } from '../client-type.ts'
import type { VendorAdapter, VendorCall } from '../vendor.ts'

/** Clients by the standards: registered at the server's endpoint, each managed at its own address with its own token. */
export const rfc7592Adapter: VendorAdapter = {
  async createClient({ context, parameters }) {
    const typed = withMethodOfType(parameters)
    const server = await context.step('discover', () => readMetadata(context, parameters))
    return registerClient(context, { server, parameters: typed })
  },
  async getClient(call, clientId) {
    return (await readRegistration(call.context, await managed(call, clientId))).client
  },
  async updateClient(call, clientId) {
    const change = clientMetadataOf(withMethodOfType(call.parameters))
    const { context } = call
    const read = await readRegistration(context, await managed(call, clientId))
    const metadata = changedMetadata(read.information.document, change)
    return (await updateRegistration(context, { managed: read.managed, metadata })).client
  },
  async deleteClient(call, clientId) {
    return deleteRegistration(call.context, await managed(call, clientId))
  },
}

function managed({ context, parameters }: VendorCall, clientId: string): Promise<ManagedRegistration> {
  return managedRegistration(context, { ...parameters, client_id: clientId })
}

/** The standards know no client type, only how the client authenticates. @see RFC 6749 §2.1, RFC 7591 §2 */
function withMethodOfType(parameters: ParameterValues): ParameterValues {
  const { client_type: type, ...rest } = parameters
  if (type === undefined) return rest
  const byType = clientTypeOf(parameters) === 'public' ? 'none' : 'client_secret_basic'
  return { token_endpoint_auth_method: byType, ...rest }
}
