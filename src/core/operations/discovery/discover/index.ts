import type { Operation } from '../../operation.ts'
import { issuer, timeout } from '../../parameters.ts'

/** Reads what an authorization server says about itself. */
export const discover: Operation = {
  description: {
    id: 'discover',
    title: 'Discover',
    summary: 'Read what an authorization server says about itself.',
    specification: ['RFC 8414', 'OpenID Connect Discovery 1.0 §4'],
    parameters: [{ ...issuer, positional: true }, timeout],
    steps: [{ id: 'discover', title: 'Discover' }],
    browsing: true,
  },
  load: () => import('./run.ts'),
}
