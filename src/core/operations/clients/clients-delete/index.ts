import type { ParameterDescription } from '../../../../contract/description.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { vendorParameters } from '../../vendor-parameters.ts'

const clientIds: ParameterDescription = {
  name: 'client_ids',
  title: 'Clients',
  type: 'list',
  hint: 'The ids of the clients at the server.',
  section: 'RFC 6749 §2.2',
  required: true,
  positional: true,
}

/** Deletes clients of a server. */
export const clientsDelete: Operation = {
  description: {
    id: 'clients delete',
    group: 'clients',
    title: 'Delete clients',
    summary: 'Delete clients of a server, one after the other.',
    specification: ['RFC 7592 §2.3'],
    destructive: true,
    vendorMethod: 'deleteClient',
    parameters: [clientIds, issuer, ...vendorParameters, ...endpointParameters, ...connectionParameters],
    steps: [{ id: 'delete', title: 'Delete' }],
  },
  load: () => import('./run.ts'),
}
