import { connectionParameters } from '../../connection-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { registrationParameters } from '../../registration-parameters.ts'

/** What a server has registered of a client. */
export const registrationRead: Operation = {
  description: {
    id: 'registration read',
    group: 'clients',
    title: 'Read a registration',
    summary: 'Read what a server has registered of a client.',
    specification: ['RFC 7592 §2.1'],
    browsing: true,
    brings: ['client_secret', 'registration_access_token'],
    parameters: [issuer, ...registrationParameters, ...connectionParameters],
    steps: [{ id: 'read', title: 'Read' }],
  },
  load: () => import('./run.ts'),
}
