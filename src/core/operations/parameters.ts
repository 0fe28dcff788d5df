import type { ParameterDescription } from '../../contract/description.ts'
import { clientAuthMethods } from '../client-auth/index.ts'

/** The authorization server, by its issuer identifier. */
export const issuer: ParameterDescription = {
  name: 'issuer',
  title: 'Issuer',
  type: 'url',
  hint: 'The address that names the authorization server; its metadata is found from here.',
  section: 'RFC 8414 §2',
  required: true,
  inProfile: true,
}

/** The client and how it proves who it is, for every request to the token endpoint. */
export const clientParameters: ParameterDescription[] = [
  {
    name: 'client_id',
    title: 'Client',
    type: 'text',
    hint: 'The name under which this client is registered at the server.',
    section: 'RFC 6749 §2.2',
    required: true,
    inProfile: true,
  },
  {
    name: 'client_secret',
    title: 'Client secret',
    type: 'secret',
    hint: 'What a confidential client proves itself with; a public client has none.',
    section: 'RFC 6749 §2.3.1',
    inProfile: true,
  },
  {
    name: 'client_auth',
    title: 'Client authentication',
    type: 'choice',
    hint: 'How the client proves who it is; automatic takes what the server advertises.',
    section: 'RFC 6749 §2.3',
    default: 'auto',
    offeredBy: 'token_endpoint_auth_methods_supported',
    inProfile: true,
    advanced: true,
    choices: [
      { value: 'auto', title: 'Automatic', hint: 'Chosen from the metadata; the run says which and why.' },
      ...clientAuthMethods.map(({ id, title, summary }) => ({ value: id, title, hint: summary })),
    ],
  },
]

/** What access is asked for. */
export const scope: ParameterDescription = {
  name: 'scope',
  title: 'Scope',
  type: 'words',
  hint: 'What access to ask for. openid brings an ID token, offline_access a refresh token.',
  section: 'RFC 6749 §3.3',
  offeredBy: 'scopes_supported',
  inProfile: true,
}

/** Which API the token is for. */
export const resource: ParameterDescription = {
  name: 'resource',
  title: 'Resource',
  type: 'list',
  hint: 'The address of the API the token is for, where the server asks for it.',
  section: 'RFC 8707 §2',
  inProfile: true,
  advanced: true,
}

/** The same idea under its older, non-standard name. */
export const audience: ParameterDescription = {
  name: 'audience',
  title: 'Audience',
  type: 'text',
  hint: 'What some servers want in place of resource.',
  inProfile: true,
  advanced: true,
}

/** Free parameters of the token request. */
export const tokenParameters: ParameterDescription = {
  name: 'token_parameters',
  title: 'Extra token parameters',
  type: 'pairs',
  hint: 'Further parameters for the token request, sent as they are.',
  section: 'RFC 6749 §8.2',
  inProfile: true,
  advanced: true,
}
