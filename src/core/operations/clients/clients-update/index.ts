import type { ParameterDescription } from '../../../../contract/description.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import { managedClientParameters } from '../../managed-client-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { vendorParameters } from '../../vendor-parameters.ts'

const clientId: ParameterDescription = {
  name: 'client_id',
  title: 'Client',
  type: 'text',
  hint: 'The id of the client at the server.',
  section: 'RFC 6749 §2.2',
  required: true,
  positional: true,
}

/** Changes a client of a server. */
export const clientsUpdate: Operation = {
  description: {
    id: 'clients update',
    group: 'clients',
    title: 'Change a client',
    summary: 'Change what is given of a client, and leave the rest.',
    specification: ['RFC 7592 §2.2'],
    vendorMethod: 'updateClient',
    parameters: [
      clientId,
      issuer,
      ...vendorParameters,
      ...managedClientParameters,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [{ id: 'update', title: 'Update' }],
  },
  load: () => import('./run.ts'),
}
