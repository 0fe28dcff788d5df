import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { audience, clientParameters, issuer, resource, scope, tokenParameters } from '../../parameters.ts'
import { vendorParametersWhen } from '../../vendor-parameters.ts'
import { authorizationParameters } from './authorization-parameters.ts'
import { preflightParameter, preflightStep } from '../../preflight-parameters.ts'

/** Sign in with a browser and get tokens. */
export const authorizationCode: Operation = {
  description: {
    id: 'authorization-code',
    group: 'tokens',
    title: 'Authorization code + PKCE',
    summary: 'Sign in with a browser and get tokens.',
    specification: ['RFC 6749 §4.1', 'RFC 7636', 'OpenID Connect Core §3.1'],
    brings: ['access_token', 'id_token', 'refresh_token'],
    parameters: [
      issuer,
      ...clientParameters,
      scope,
      ...authorizationParameters,
      resource,
      audience,
      tokenParameters,
      ...vendorParametersWhen([
        { parameter: 'agent', values: ['consent'] },
        { parameter: 'preflight', values: ['ask'] },
      ]),
      preflightParameter,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'discover', title: 'Discover' },
      preflightStep,
      { id: 'prepare', title: 'PKCE, state, nonce' },
      { id: 'authorize', title: 'Authorize' },
      { id: 'token-request', title: 'Token request' },
      { id: 'validate', title: 'Validate' },
    ],
  },
  load: () => import('./run.ts'),
}
