import { connectionParameters } from '../../connection-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { registrationParameters } from '../../registration-parameters.ts'

/** Takes a client away from the server that registered it. */
export const registrationDelete: Operation = {
  description: {
    id: 'registration delete',
    group: 'clients',
    title: 'Delete a registration',
    summary: 'Take a client away from the server that registered it.',
    specification: ['RFC 7592 §2.3'],
    destructive: true,
    parameters: [issuer, ...registrationParameters, ...connectionParameters],
    steps: [{ id: 'delete', title: 'Delete' }],
  },
  load: () => import('./run.ts'),
}
