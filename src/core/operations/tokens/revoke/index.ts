import { askedTokenParameters } from '../../asked-token-parameters.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { clientParameters, issuer } from '../../parameters.ts'

/** Gives a token back. */
export const revoke: Operation = {
  description: {
    id: 'revoke',
    group: 'apis',
    title: 'Revoke',
    summary: 'Tell the authorization server that a token is no longer needed.',
    specification: ['RFC 7009 §2'],
    parameters: [
      issuer,
      ...askedTokenParameters,
      {
        name: 'check',
        title: 'Ask afterwards',
        type: 'boolean',
        hint: 'Ask afterwards whether it is still active, where the server has an introspection endpoint.',
        section: 'RFC 7662 §2',
        default: false,
      },
      ...clientParameters,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'discover', title: 'Discover' },
      { id: 'revoke', title: 'Revoke' },
      { id: 'introspect', title: 'Introspect', optional: true },
    ],
    destructive: true,
  },
  load: () => import('./run.ts'),
}
