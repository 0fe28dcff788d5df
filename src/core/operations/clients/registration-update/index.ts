import type { ParameterDescription } from '../../../../contract/description.ts'
import { connectionParameters } from '../../connection-parameters.ts'
import type { Operation } from '../../operation.ts'
import { issuer } from '../../parameters.ts'
import { changedMetadataParameters, registrationParameters } from '../../registration-parameters.ts'

const howToUpdate: ParameterDescription[] = [
  {
    name: 'without',
    title: 'Take away',
    type: 'list',
    hint: 'Names of members that the client is to have no longer, such as default_max_age.',
    section: 'RFC 7592 §2.2',
    advanced: true,
  },
  {
    name: 'read_first',
    title: 'Read first',
    type: 'boolean',
    hint: 'Reads the registration and changes only what is given; off, what is not given here is taken away.',
    section: 'RFC 7592 §2.2',
    default: true,
    advanced: true,
  },
]

/** Changes what a server has registered of a client. */
export const registrationUpdate: Operation = {
  description: {
    id: 'registration update',
    group: 'clients',
    title: 'Update a registration',
    summary: 'Change what a server has registered of a client; an empty value takes a member away.',
    specification: ['RFC 7592 §2.2'],
    brings: ['client_secret', 'registration_access_token'],
    parameters: [
      issuer,
      ...registrationParameters,
      ...changedMetadataParameters,
      ...howToUpdate,
      ...connectionParameters,
    ],
    steps: [
      { id: 'read', title: 'Read' },
      { id: 'update', title: 'Update' },
    ],
  },
  load: () => import('./run.ts'),
}
