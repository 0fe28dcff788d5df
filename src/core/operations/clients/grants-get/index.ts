import type { ParameterDescription } from '../../../../contract/description.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { vendorParameters } from '../../vendor-parameters.ts'

const grantId: ParameterDescription = {
  name: 'grant_id',
  title: 'Grant',
  type: 'text',
  hint: 'The id of the grant at the server.',
  required: true,
  positional: true,
}

/** One grant of a server. */
export const grantsGet: Operation = {
  description: {
    id: 'grants get',
    group: 'clients',
    title: 'Read a grant',
    summary: 'Read what somebody has allowed a client to do.',
    specification: ['RFC 6749 §1.3'],
    browsing: true,
    vendorMethod: 'getGrant',
    parameters: [grantId, issuer, ...vendorParameters, ...endpointParameters, ...connectionParameters],
    steps: [{ id: 'read', title: 'Read' }],
  },
  load: () => import('./run.ts'),
}
