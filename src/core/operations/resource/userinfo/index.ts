import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { clientParameters, issuer } from '../../parameters.ts'
import { accessToken, autoRefresh, tokenScope, tokenUser } from '../../resource-parameters.ts'

/** What the authorization server tells about the user of a token. */
export const userinfo: Operation = {
  description: {
    id: 'userinfo',
    group: 'apis',
    title: 'Userinfo',
    summary: 'Ask the authorization server who the user of a token is.',
    specification: ['OpenID Connect Core §5.3'],
    parameters: [
      issuer,
      accessToken,
      tokenUser,
      tokenScope,
      {
        name: 'method',
        title: 'Method',
        type: 'choice',
        hint: 'How the request is sent; the token goes in the Authorization header either way.',
        section: 'OpenID Connect Core §5.3.1',
        default: 'GET',
        choices: [
          { value: 'GET', title: 'GET' },
          { value: 'POST', title: 'POST' },
        ],
        advanced: true,
      },
      // Needed only to renew a token: one given by hand is sent as it is.
      ...clientParameters.map((parameter) => ({ ...parameter, required: false })),
      autoRefresh,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'discover', title: 'Discover' },
      { id: 'refresh', title: 'Refresh', optional: true },
      { id: 'userinfo', title: 'Userinfo' },
    ],
  },
  load: () => import('./run.ts'),
}
