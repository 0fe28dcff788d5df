import type { ParameterDescription } from '../../contract/description.ts'
import { clientMetadataParameters } from './client-metadata-parameters.ts'

/** Whether a client can keep a secret. */
const clientType: ParameterDescription = {
  name: 'client_type',
  title: 'Client type',
  type: 'choice',
  hint: 'Whether the client can keep a secret; how it authenticates follows from it, and the other way round.',
  section: 'RFC 6749 §2.1',
  choices: [
    { value: 'public', title: 'Public', hint: 'Runs at its users and has no secret.' },
    { value: 'confidential', title: 'Confidential', hint: 'Runs at a place of its own and keeps a secret.' },
  ],
}

const requirePkce: ParameterDescription = {
  name: 'require_pkce',
  title: 'Require PKCE',
  type: 'boolean',
  hint: 'Whether the server refuses authorization requests of this client without a code challenge.',
  section: 'RFC 7636 §4.4.1',
}

/** What is said of a client where a vendor manages it; each vendor takes what it knows. */
export const managedClientParameters: ParameterDescription[] = [...clientMetadataParameters, clientType, requirePkce]

/** The parameters that filter a list of clients. */
export const clientFilterParameters: ParameterDescription[] = [
  {
    name: 'client_name',
    title: 'Name',
    type: 'text',
    hint: 'Only clients of exactly this name.',
    section: 'RFC 7591 §2',
  },
  {
    name: 'client_name_contains',
    title: 'Name contains',
    type: 'text',
    hint: 'Only clients with this in their name.',
  },
  {
    name: 'client_id',
    title: 'Client',
    type: 'text',
    hint: 'Only the client of this id.',
    section: 'RFC 6749 §2.2',
  },
  { ...clientType, hint: 'Only clients of this type.' },
  {
    name: 'grant_type',
    title: 'Grant type',
    type: 'text',
    hint: 'Only clients that may use this grant type.',
    section: 'RFC 7591 §2',
    proposals: ['authorization_code', 'client_credentials', 'refresh_token'],
  },
  {
    name: 'verified',
    title: 'Verified',
    type: 'boolean',
    hint: 'Only clients that the vendor has verified, or only those that it has not.',
  },
]
