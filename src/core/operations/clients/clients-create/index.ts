import type { ParameterDescription } from '../../../../contract/description.ts'
import { presetParameter } from '../../client-metadata-parameters.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import { managedClientParameters } from '../../managed-client-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { vendorParameters } from '../../vendor-parameters.ts'

const initialAccessToken: ParameterDescription = {
  name: 'initial_access_token',
  title: 'Initial access token',
  type: 'secret',
  hint: 'What some servers want to see before they register anybody.',
  section: 'RFC 7591 §3',
  inProfile: true,
  advanced: true,
  onlyWhen: { parameter: 'vendor', values: ['rfc7592'] },
}

/** Makes a client at a server that somebody may manage. */
export const clientsCreate: Operation = {
  description: {
    id: 'clients create',
    group: 'clients',
    title: 'Create a client',
    summary: 'Make a client at a server, over its management API or by registering it.',
    specification: ['RFC 7591'],
    vendorMethod: 'createClient',
    brings: ['client_secret'],
    parameters: [
      issuer,
      ...vendorParameters,
      presetParameter,
      ...managedClientParameters,
      initialAccessToken,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'discover', title: 'Discover', optional: true },
      { id: 'create', title: 'Create' },
    ],
  },
  load: () => import('./run.ts'),
}
