import type { ParameterDescription } from '../../../../contract/description.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { vendorParameters } from '../../vendor-parameters.ts'

const grantIds: ParameterDescription = {
  name: 'grant_ids',
  title: 'Grants',
  type: 'list',
  hint: 'The ids of the grants at the server.',
  required: true,
  positional: true,
}

/** Takes back what people have allowed clients to do. */
export const grantsRevoke: Operation = {
  description: {
    id: 'grants revoke',
    group: 'clients',
    title: 'Revoke grants',
    summary: 'Take back what people have allowed clients to do, with the tokens that came of it.',
    specification: ['RFC 7009 §2.1'],
    destructive: true,
    vendorMethod: 'revokeGrant',
    parameters: [grantIds, issuer, ...vendorParameters, ...endpointParameters, ...connectionParameters],
    steps: [{ id: 'revoke', title: 'Revoke' }],
  },
  load: () => import('./run.ts'),
}
