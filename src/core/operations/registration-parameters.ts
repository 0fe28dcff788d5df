import type { ParameterDescription } from '../../contract/description.ts'
import { clientMetadataParameters } from './client-metadata-parameters.ts'
import { furtherClientMetadataParameters } from './further-client-metadata-parameters.ts'

/** A client whose registration is managed, from the inventory or by hand. */
export const registrationParameters: ParameterDescription[] = [
  {
    name: 'client_id',
    title: 'Client',
    type: 'text',
    hint: 'The client whose registration it is; how it is managed is known from when it was registered here.',
    section: 'RFC 7591 §3.2.1',
    required: true,
    inProfile: true,
  },
  {
    name: 'registration_client_uri',
    title: 'Place of the registration',
    type: 'url',
    hint: 'Where the registration is managed, for a client that was not registered from here.',
    section: 'RFC 7592 §3',
    advanced: true,
  },
  {
    name: 'registration_access_token',
    title: 'Registration access token',
    type: 'secret',
    hint: 'What the registration is managed with, for a client that was not registered from here.',
    section: 'RFC 7592 §3',
    advanced: true,
  },
]

/** All client metadata as a change of it: an empty value takes a member away. */
export const changedMetadataParameters: ParameterDescription[] = [
  ...clientMetadataParameters,
  ...furtherClientMetadataParameters,
].map((parameter) => {
  // An empty address is a value here, too.
  const type = parameter.type === 'url' ? 'text' : parameter.type
  const mayBeEmpty = ['text', 'list', 'words', 'multiline'].includes(type)
  return { ...parameter, type, ...(mayBeEmpty ? { mayBeEmpty } : {}) }
})
