import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { clientParameters, issuer } from '../../parameters.ts'
import { claimParameters, keyParameters, timeParameters, tokenAndKeys } from './verify-parameters.ts'

/** Whether a token is genuine, current and what somebody asks it to be. */
export const tokenVerify: Operation = {
  description: {
    id: 'token verify',
    group: 'bench',
    title: 'Verify a token',
    summary: 'Check the signature, the time and the claims of a token.',
    specification: ['RFC 7515 §5.2', 'RFC 7519 §7.2', 'OpenID Connect Core §3.1.3.7', 'RFC 9068 §4'],
    parameters: [
      ...tokenAndKeys,
      {
        ...issuer,
        required: false,
        hint: 'The server whose keys are asked for, and that the token must come from.',
      },
      ...keyParameters,
      ...clientParameters
        .filter(({ name }) => name === 'client_id')
        .map((parameter) => ({
          ...parameter,
          required: false,
          hint: 'The client that an ID token must be meant for.',
        })),
      ...claimParameters,
      ...timeParameters,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'keys', title: 'Keys', optional: true },
      { id: 'verify', title: 'Verify' },
    ],
  },
  load: () => import('./run.ts'),
}
