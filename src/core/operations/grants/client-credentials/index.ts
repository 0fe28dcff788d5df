import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { audience, clientParameters, issuer, resource, scope, tokenParameters } from '../../parameters.ts'
import { preflightParameters, preflightStep } from '../../preflight-parameters.ts'

/** A token for the client itself. */
export const clientCredentials: Operation = {
  description: {
    id: 'client-credentials',
    group: 'tokens',
    title: 'Client credentials',
    summary: 'Get a token for the client itself, without a user.',
    specification: ['RFC 6749 §4.4'],
    brings: ['access_token', 'refresh_token'],
    parameters: [
      issuer,
      ...clientParameters,
      scope,
      resource,
      audience,
      tokenParameters,
      ...preflightParameters,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [{ id: 'discover', title: 'Discover' }, preflightStep, { id: 'token-request', title: 'Token request' }],
  },
  load: () => import('./run.ts'),
}
