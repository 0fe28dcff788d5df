import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { clientParameters, issuer } from '../../parameters.ts'
import { tokenUser } from '../../resource-parameters.ts'
import { signOutParameters } from './sign-out-parameters.ts'

/** Ends somebody's session at the authorization server, by a browser. */
export const logout: Operation = {
  description: {
    id: 'logout',
    group: 'apis',
    title: 'Sign out',
    summary: 'End the session at the authorization server with a browser.',
    specification: ['OpenID Connect RP-Initiated Logout 1.0'],
    parameters: [
      issuer,
      ...clientParameters
        .filter(({ name }) => name === 'client_id')
        .map((parameter) => ({
          ...parameter,
          required: false,
          section: 'OpenID Connect RP-Initiated Logout 1.0 §2',
        })),
      ...signOutParameters,
      tokenUser,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'discover', title: 'Discover' },
      { id: 'sign-out', title: 'Sign out' },
    ],
  },
  load: () => import('./run.ts'),
}
