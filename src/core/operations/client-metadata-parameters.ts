import type { ParameterDescription } from '../../contract/description.ts'
import { clientPresets } from '../../contract/presets.ts'

const metadata = 'RFC 7591 §2'

/** A usual kind of client to start from; what is given by hand wins. */
export const presetParameter: ParameterDescription = {
  name: 'preset',
  title: 'Preset',
  type: 'choice',
  hint: 'Starts from a usual kind of client; everything given by hand wins over it.',
  choices: clientPresets.map(({ id, title, summary }) => ({ value: id, title, hint: summary })),
}

/** What every way of making a client asks for, under the names of the specification. */
export const clientMetadataParameters: ParameterDescription[] = [
  {
    name: 'client_name',
    title: 'Name',
    type: 'text',
    hint: 'What people read where they are asked to allow this client something.',
    section: metadata,
  },
  {
    name: 'redirect_uris',
    title: 'Redirect URIs',
    type: 'list',
    hint: 'Where the server may send answers; compared character by character.',
    section: metadata,
  },
  {
    name: 'grant_types',
    title: 'Grant types',
    type: 'list',
    hint: 'The ways in which the client gets tokens, such as authorization_code.',
    section: metadata,
    offeredBy: 'grant_types_supported',
  },
  {
    name: 'scope',
    title: 'Scope',
    type: 'words',
    hint: 'What access the client may ask for.',
    section: metadata,
    offeredBy: 'scopes_supported',
  },
  {
    name: 'token_endpoint_auth_method',
    title: 'Client authentication',
    type: 'text',
    hint: 'How the client proves who it is at the token endpoint; none for a public client.',
    section: metadata,
    proposals: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth'],
    offeredBy: 'token_endpoint_auth_methods_supported',
  },
  {
    name: 'logo_uri',
    title: 'Logo',
    type: 'url',
    hint: 'Address of a picture that is shown to people beside the name.',
    section: metadata,
    advanced: true,
  },
  {
    name: 'tos_uri',
    title: 'Terms of service',
    type: 'url',
    hint: 'Address of the terms that people accept by using the client.',
    section: metadata,
    advanced: true,
  },
  {
    name: 'policy_uri',
    title: 'Privacy policy',
    type: 'url',
    hint: 'Address of the text that says what the client does with what it learns.',
    section: metadata,
    advanced: true,
  },
]
