import type { ParameterDescription } from '../../../../contract/description.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { pagingParameters, vendorParameters } from '../../vendor-parameters.ts'

const names: ParameterDescription = {
  name: 'names',
  title: 'Names of clients',
  type: 'boolean',
  hint: 'Reads the list of clients as well, so that each grant shows the name of its client.',
  default: true,
  advanced: true,
}

/** What people have allowed clients to do. */
export const grantsList: Operation = {
  description: {
    id: 'grants list',
    group: 'clients',
    title: 'List grants',
    summary: 'List what people have allowed clients of a server to do.',
    specification: ['RFC 6749 §1.3'],
    browsing: true,
    vendorMethod: 'listGrants',
    parameters: [
      issuer,
      ...vendorParameters,
      names,
      ...pagingParameters,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'list', title: 'List' },
      { id: 'names', title: 'Names of clients', optional: true },
    ],
  },
  load: () => import('./run.ts'),
}
