import type { ParameterDescription } from '../../../../contract/description.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
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
  inProfile: true,
}

/** One client of a server. */
export const clientsGet: Operation = {
  description: {
    id: 'clients get',
    group: 'clients',
    title: 'Read a client',
    summary: 'Read what a server knows of a client, and remember it.',
    specification: ['RFC 7592 §2.1'],
    browsing: true,
    vendorMethod: 'getClient',
    parameters: [clientId, issuer, ...vendorParameters, ...endpointParameters, ...connectionParameters],
    steps: [{ id: 'read', title: 'Read' }],
  },
  load: () => import('./run.ts'),
}
