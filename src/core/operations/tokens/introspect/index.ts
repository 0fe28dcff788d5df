import { askedTokenParameters } from '../../asked-token-parameters.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { clientParameters, issuer } from '../../parameters.ts'
import { introspectionParameters } from './introspection-parameters.ts'

const asClient = { parameter: 'authorization', values: ['client'] }

/** What the authorization server says about a token. */
export const introspect: Operation = {
  description: {
    id: 'introspect',
    group: 'apis',
    title: 'Introspect',
    summary: 'Ask the authorization server whether a token is active, and what it is for.',
    specification: ['RFC 7662 §2', 'RFC 9701'],
    parameters: [
      issuer,
      ...askedTokenParameters,
      ...introspectionParameters,
      // A bearer token needs no client beside it.
      ...clientParameters.map((parameter) => ({
        ...parameter,
        required: false,
        ...(parameter.name === 'client_id' ? {} : { onlyWhen: asClient }),
      })),
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'discover', title: 'Discover' },
      { id: 'introspect', title: 'Introspect' },
    ],
  },
  load: () => import('./run.ts'),
}
