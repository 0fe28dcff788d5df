import { connectionParameters } from '../../connection-parameters.ts'
import { consentToken } from '../../consent-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { vendorParameters } from '../../vendor-parameters.ts'

/** Who asks for what, before anybody decides. */
export const consentGet: Operation = {
  description: {
    id: 'consent get',
    group: 'clients',
    title: 'Read a consent',
    summary: 'Read who asks for what on a consent page that waits.',
    specification: ['RFC 6749 §3.1'],
    browsing: true,
    vendorMethod: 'getConsent',
    parameters: [consentToken, issuer, ...vendorParameters, ...endpointParameters, ...connectionParameters],
    steps: [{ id: 'read', title: 'Read' }],
  },
  load: () => import('./run.ts'),
}
