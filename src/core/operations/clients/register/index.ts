import type { ParameterDescription } from '../../../../contract/description.ts'
import { clientMetadataParameters, presetParameter } from '../../client-metadata-parameters.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import { furtherClientMetadataParameters } from '../../further-client-metadata-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { advancedVendorParameters } from '../../vendor-parameters.ts'

const initialAccessToken: ParameterDescription = {
  name: 'initial_access_token',
  title: 'Initial access token',
  type: 'secret',
  hint: 'What some servers want to see before they register anybody.',
  section: 'RFC 7591 §3',
  inProfile: true,
  advanced: true,
}

/** Makes a client at a server that lets clients register themselves. */
export const register: Operation = {
  description: {
    id: 'register',
    group: 'clients',
    title: 'Register a client',
    summary: 'Register a client at a server that lets clients register themselves.',
    specification: ['RFC 7591', 'OpenID Connect Registration 1.0'],
    brings: ['client_secret', 'registration_access_token'],
    parameters: [
      issuer,
      presetParameter,
      ...clientMetadataParameters,
      initialAccessToken,
      ...furtherClientMetadataParameters,
      // Noted with the client: it says how the client can be deleted where the server gives no token for that.
      ...advancedVendorParameters.filter(({ name }) => name === 'vendor'),
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'discover', title: 'Discover' },
      { id: 'register', title: 'Register' },
    ],
  },
  load: () => import('./run.ts'),
}
