import { connectionParameters } from '../../connection-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'

/** Reads what an authorization server says about itself. */
export const discover: Operation = {
  description: {
    id: 'discover',
    group: 'discovery',
    title: 'Discover',
    summary: 'Read what an authorization server says about itself.',
    specification: ['RFC 8414', 'OpenID Connect Discovery 1.0 §4'],
    parameters: [{ ...issuer, positional: true }, ...connectionParameters],
    steps: [{ id: 'discover', title: 'Discover' }],
    browsing: true,
  },
  load: () => import('./run.ts'),
}
