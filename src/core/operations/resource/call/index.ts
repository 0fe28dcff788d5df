import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { clientParameters, issuer } from '../../parameters.ts'
import { accessToken, autoRefresh, tokenScope, tokenUser } from '../../resource-parameters.ts'
import { requestParameters } from './request-parameters.ts'

/** Any request to an API, with the token. */
export const call: Operation = {
  description: {
    id: 'call',
    group: 'apis',
    title: 'Call an API',
    summary: 'Send a request to an API with a token.',
    specification: ['RFC 6750 §2.1', 'RFC 9728'],
    parameters: [
      ...requestParameters,
      { ...accessToken, onlyWhen: { parameter: 'token', values: ['access_token'] } },
      tokenUser,
      tokenScope,
      // Needed only to find and renew a kept token.
      ...[issuer, ...clientParameters].map((parameter) => ({ ...parameter, required: false, advanced: true })),
      autoRefresh,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'discover', title: 'Discover', optional: true },
      { id: 'refresh', title: 'Refresh', optional: true },
      { id: 'call', title: 'Call' },
    ],
    destructive: { parameter: 'method', values: ['DELETE'] },
  },
  load: () => import('./run.ts'),
}
