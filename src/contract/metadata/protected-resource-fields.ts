import { type FieldGroup, field } from './metadata-field.ts'

/** Every registered field of protected resource metadata. @see RFC 9728 §2 */
export const protectedResourceFields: readonly FieldGroup[] = [
  {
    title: 'Resource',
    fields: [
      field('resource', 'issuer', {
        meaning: 'The name of the API: it must be exactly the address asked for, and stands in tokens for it.',
        section: 'RFC 9728 §2',
        required: 'always',
      }),
      field('authorization_servers', 'texts', {
        meaning: 'The authorization servers whose tokens this API takes.',
        section: 'RFC 9728 §2',
      }),
      field('jwks_uri', 'endpoint', {
        meaning: 'Where the keys of the API are, for answers that it signs.',
        section: 'RFC 9728 §2',
      }),
      field('scopes_supported', 'texts', {
        meaning: 'The scopes to ask for to use this API; some may be left out.',
        section: 'RFC 9728 §2',
      }),
      field('bearer_methods_supported', 'texts', {
        meaning: 'How a token is sent: header, body or query.',
        section: 'RFC 9728 §2',
      }),
      field('resource_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms of answers that the API signs.',
        section: 'RFC 9728 §2',
      }),
      field('tls_client_certificate_bound_access_tokens', 'boolean', {
        meaning: 'Whether tokens must be bound to the certificate of a client.',
        absent: 'false',
        section: 'RFC 9728 §2',
      }),
      field('authorization_details_types_supported', 'texts', {
        meaning: 'The kinds of detailed permission this API knows.',
        section: 'RFC 9728 §2',
      }),
      field('dpop_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms of DPoP proofs.',
        section: 'RFC 9728 §2',
      }),
      field('dpop_bound_access_tokens_required', 'boolean', {
        meaning: 'Whether tokens must be bound to a key with DPoP.',
        absent: 'false',
        section: 'RFC 9728 §2',
      }),
      field('signed_metadata', 'jwt', {
        meaning: 'The same facts as a signed JWT; what it says goes before the plain fields.',
        section: 'RFC 9728 §2.2',
      }),
    ],
  },
  {
    title: 'For people',
    fields: [
      field('resource_name', 'text', { meaning: 'The name to show.', section: 'RFC 9728 §2' }),
      field('resource_documentation', 'address', { meaning: 'A page for developers.', section: 'RFC 9728 §2' }),
      field('resource_policy_uri', 'address', {
        meaning: 'How the API wants its data to be used.',
        section: 'RFC 9728 §2',
      }),
      field('resource_tos_uri', 'address', { meaning: 'The terms of service.', section: 'RFC 9728 §2' }),
    ],
  },
]
