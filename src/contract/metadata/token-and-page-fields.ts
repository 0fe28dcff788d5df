import { type FieldGroup, field } from './metadata-field.ts'

/** Fields about what tokens hold, about signing out, and for people. */
export const tokenAndPageFields: readonly FieldGroup[] = [
  {
    title: 'Tokens and claims',
    fields: [
      field('id_token_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms ID tokens are signed with.',
        section: 'OpenID Connect Discovery 1.0 §3',
        required: 'openid',
      }),
      field('id_token_encryption_alg_values_supported', 'texts', {
        meaning: 'How the key of an encrypted ID token is wrapped.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('id_token_encryption_enc_values_supported', 'texts', {
        meaning: 'How an ID token is encrypted.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('userinfo_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms userinfo answers can be signed with.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('userinfo_encryption_alg_values_supported', 'texts', {
        meaning: 'How the key of an encrypted userinfo answer is wrapped.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('userinfo_encryption_enc_values_supported', 'texts', {
        meaning: 'How a userinfo answer is encrypted.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('authorization_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms of signed authorization responses.',
        section: 'JARM §4',
      }),
      field('authorization_encryption_alg_values_supported', 'texts', {
        meaning: 'How the key of an encrypted authorization response is wrapped.',
        section: 'JARM §4',
      }),
      field('authorization_encryption_enc_values_supported', 'texts', {
        meaning: 'How an authorization response is encrypted.',
        section: 'JARM §4',
      }),
      field('introspection_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms of signed introspection answers.',
        section: 'RFC 9701 §7',
      }),
      field('introspection_encryption_alg_values_supported', 'texts', {
        meaning: 'How the key of an encrypted introspection answer is wrapped.',
        section: 'RFC 9701 §7',
      }),
      field('introspection_encryption_enc_values_supported', 'texts', {
        meaning: 'How an introspection answer is encrypted.',
        section: 'RFC 9701 §7',
      }),
      field('claims_supported', 'texts', {
        meaning: 'The claims about users this server may give; servers may leave some out.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('claim_types_supported', 'texts', {
        meaning: 'Whether claims come from here or from elsewhere.',
        absent: 'normal',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('claims_parameter_supported', 'boolean', {
        meaning: 'Whether single claims can be asked for.',
        absent: 'false',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('claims_locales_supported', 'texts', {
        meaning: 'Languages of claims.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
    ],
  },
  {
    title: 'Signing out',
    fields: [
      field('frontchannel_logout_supported', 'boolean', {
        meaning: 'Whether signing out tells clients through the browser.',
        absent: 'false',
        section: 'OpenID Front-Channel Logout 1.0 §3',
      }),
      field('frontchannel_logout_session_supported', 'boolean', {
        meaning: 'Whether it says which session ended.',
        absent: 'false',
        section: 'OpenID Front-Channel Logout 1.0 §3',
      }),
      field('backchannel_logout_supported', 'boolean', {
        meaning: 'Whether signing out tells clients directly.',
        absent: 'false',
        section: 'OpenID Back-Channel Logout 1.0 §2.1',
      }),
      field('backchannel_logout_session_supported', 'boolean', {
        meaning: 'Whether it says which session ended.',
        absent: 'false',
        section: 'OpenID Back-Channel Logout 1.0 §2.1',
      }),
    ],
  },
  {
    title: 'For people',
    fields: [
      field('service_documentation', 'address', {
        meaning: 'A page for developers.',
        section: 'RFC 8414 §2',
      }),
      field('op_policy_uri', 'address', {
        meaning: 'How the server wants its data to be used.',
        section: 'RFC 8414 §2',
      }),
      field('op_tos_uri', 'address', {
        meaning: 'The terms of service.',
        section: 'RFC 8414 §2',
      }),
      field('ui_locales_supported', 'texts', {
        meaning: 'Languages of the sign-in page.',
        section: 'RFC 8414 §2',
      }),
      field('display_values_supported', 'texts', {
        meaning: 'The shapes of sign-in page that can be asked for.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
    ],
  },
]
