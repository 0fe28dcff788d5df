import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import { clientFilterParameters } from '../../managed-client-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { pagingParameters, vendorParameters } from '../../vendor-parameters.ts'

/** The clients of a server. */
export const clientsList: Operation = {
  description: {
    id: 'clients list',
    group: 'clients',
    title: 'List clients',
    summary: 'List the clients of a server over its management API.',
    specification: ['RFC 7591 §2'],
    browsing: true,
    vendorMethod: 'listClients',
    parameters: [
      issuer,
      ...vendorParameters,
      ...clientFilterParameters,
      ...pagingParameters,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [{ id: 'list', title: 'List' }],
  },
  load: () => import('./run.ts'),
}
