import type { ParameterDescription } from '../../../../contract/description.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { advancedVendorParameters } from '../../vendor-parameters.ts'

const whichRegistrations: ParameterDescription[] = [
  {
    name: 'registrations',
    title: 'Registrations',
    type: 'list',
    hint: 'Which of what was registered from here, by the ids that registrations list shows.',
    positional: true,
  },
  {
    name: 'all',
    title: 'All',
    type: 'boolean',
    hint: 'Everything that was registered from here at this server.',
    default: false,
  },
]

/** Deletes what was registered from here. */
export const registrationCleanUp: Operation = {
  description: {
    id: 'registration clean-up',
    group: 'clients',
    title: 'Clean up registrations',
    summary: 'Delete what was registered from here at a server, and say what could not be deleted.',
    specification: ['RFC 7592 §2.3'],
    destructive: true,
    parameters: [issuer, ...whichRegistrations, ...advancedVendorParameters, ...connectionParameters],
    steps: [{ id: 'clean-up', title: 'Clean up' }],
  },
  load: () => import('./run.ts'),
}
