import { connectionParameters } from '../../connection-parameters.ts'
import { consentToken, follow } from '../../consent-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { vendorParameters } from '../../vendor-parameters.ts'

/** Allow what a client asks for on a consent page that waits. */
export const consentApprove: Operation = {
  description: {
    id: 'consent approve',
    group: 'clients',
    title: 'Approve a consent',
    summary: 'Allow what a client asks for on a consent page that waits.',
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
