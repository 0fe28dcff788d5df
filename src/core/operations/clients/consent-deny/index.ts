import { connectionParameters } from '../../connection-parameters.ts'
import { consentToken, follow } from '../../consent-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { vendorParameters } from '../../vendor-parameters.ts'

/** Refuse what a client asks for on a consent page that waits. */
export const consentDeny: Operation = {
  description: {
    id: 'consent deny',
    group: 'clients',
    title: 'Deny a consent',
    summary: 'Refuse what a client asks for on a consent page that waits.',
    specification: ['RFC 6749 §4.1.2'],
    vendorMethod: 'decideConsent',
    parameters: [consentToken, follow, issuer, ...vendorParameters, ...endpointParameters, ...connectionParameters],
    steps: [
      { id: 'decide', title: 'Decide' },
      { id: 'redirect', title: 'Go back to the client', optional: true },
    ],
  },
  load: () => import('./run.ts'),
}
