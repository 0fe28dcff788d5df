import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { audience, clientParameters, issuer, resource, scope, tokenParameters } from '../../parameters.ts'
import { preflightParameters, preflightStep } from '../../preflight-parameters.ts'

/** New tokens for a refresh token. */
export const refresh: Operation = {
  description: {
    id: 'refresh',
    group: 'tokens',
    title: 'Refresh',
    summary: 'Get new tokens with a refresh token.',
    specification: ['RFC 6749 §6'],
    brings: ['access_token', 'id_token', 'refresh_token'],
    parameters: [
      issuer,
      ...clientParameters,
      {
        name: 'refresh_token',
        title: 'Refresh token',
        type: 'secret',
        hint: 'Left empty, the one kept for this profile and user is taken.',
        section: 'RFC 6749 §6',
      },
      {
        ...scope,
        // A profile's scope is what a sign-in asks for; sent here it would narrow what was granted.
        inProfile: false,
        hint: 'Left empty, the scope stays as it was granted; it can only be narrowed.',
      },
      {
        name: 'user',
        title: 'Test user',
        type: 'text',
        hint: 'Whose kept token to take, when more than one user signed in.',
        advanced: true,
      },
      {
        name: 'family',
        title: 'Kept grant',
        type: 'text',
        hint: 'The kept grant to renew, as the list of tokens names it; one of a client alone is asked for again.',
        advanced: true,
      },
      {
        name: 'generation',
        title: 'Earlier answer',
        type: 'integer',
        hint: 'Tests rotation: sends the replaced refresh token of this answer of the kept grant, and keeps nothing new.',
        section: 'RFC 9700 §4.14.2',
        minimum: 1,
        advanced: true,
      },
      {
        name: 'minimum_seconds',
        title: 'Only when it ends within',
        type: 'integer',
        hint: 'Sends nothing when the kept access token is good for this many seconds more; left empty, always sends.',
        minimum: 0,
        advanced: true,
      },
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
