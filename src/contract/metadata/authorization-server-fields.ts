import { type FieldGroup, field } from './metadata-field.ts'
import { tokenAndPageFields } from './token-and-page-fields.ts'

const authMethods = 'client_secret_basic'

/** Every registered field of authorization server and OpenID provider metadata, in groups a person reads one by one. */
export const authorizationServerFields: readonly FieldGroup[] = [
  {
    title: 'Server',
    fields: [
      field('issuer', 'issuer', {
        meaning: 'The name of the server: it stands in every token and must be exactly the address asked for.',
        section: 'RFC 8414 §2',
        required: 'always',
      }),
      field('authorization_endpoint', 'endpoint', {
        meaning: 'Where a browser is sent to sign in and allow access.',
        section: 'RFC 8414 §2',
      }),
      field('token_endpoint', 'endpoint', {
        meaning: 'Where a client gets tokens.',
        section: 'RFC 8414 §2',
      }),
      field('jwks_uri', 'endpoint', {
        meaning: 'Where the public keys are that signatures of this server are checked with.',
        section: 'RFC 8414 §2',
        required: 'openid',
      }),
      field('userinfo_endpoint', 'endpoint', {
        meaning: 'Where claims about the user are read with an access token.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('registration_endpoint', 'endpoint', {
        meaning: 'Where a client can register itself.',
        absent: 'no registration by clients',
        section: 'RFC 8414 §2',
      }),
      field('introspection_endpoint', 'endpoint', {
        meaning: 'Where an API asks whether a token is active.',
        section: 'RFC 8414 §2',
      }),
      field('revocation_endpoint', 'endpoint', {
        meaning: 'Where a client gives tokens back.',
        section: 'RFC 8414 §2',
      }),
      field('pushed_authorization_request_endpoint', 'endpoint', {
        meaning: 'Where a client sends its authorization request before the browser is opened.',
        section: 'RFC 9126 §5',
      }),
      field('device_authorization_endpoint', 'endpoint', {
        meaning: 'Where a device without a browser starts a sign-in.',
        section: 'RFC 8628 §4',
      }),
      field('backchannel_authentication_endpoint', 'endpoint', {
        meaning: 'Where a client asks for a sign-in on another device of the user.',
        section: 'OpenID CIBA 1.0 §4',
      }),
      field('end_session_endpoint', 'endpoint', {
        meaning: 'Where a browser is sent to sign out.',
        section: 'OpenID RP-Initiated Logout 1.0 §2.1',
      }),
      field('check_session_iframe', 'endpoint', {
        meaning: 'A page that tells a web client when the session at the server changed.',
        section: 'OpenID Session Management 1.0 §3.3',
      }),
      field('mtls_endpoint_aliases', 'object', {
        meaning: 'Other addresses of endpoints, for clients that show a certificate.',
        section: 'RFC 8705 §5',
      }),
      field('protected_resources', 'texts', {
        meaning: 'The APIs that take tokens of this server.',
        section: 'RFC 9728 §4',
      }),
      field('signed_metadata', 'jwt', {
        meaning: 'The same facts as a signed JWT; what it says goes before the plain fields.',
        section: 'RFC 8414 §2.1',
      }),
    ],
  },
  {
    title: 'Grants and responses',
    fields: [
      field('grant_types_supported', 'texts', {
        meaning: 'The ways to get a token.',
        absent: 'authorization_code and implicit',
        section: 'RFC 8414 §2',
      }),
      field('response_types_supported', 'texts', {
        meaning: 'What the authorization endpoint can answer.',
        section: 'RFC 8414 §2',
        required: 'always',
      }),
      field('response_modes_supported', 'texts', {
        meaning: 'How the answer reaches the redirect URI: in the query, the fragment or a form.',
        absent: 'query and fragment',
        section: 'RFC 8414 §2',
      }),
      field('scopes_supported', 'texts', {
        meaning: 'The scopes that can be asked for; servers may leave some out.',
        section: 'RFC 8414 §2',
      }),
      field('code_challenge_methods_supported', 'texts', {
        meaning: 'How PKCE can be used; without it nothing says that the server knows PKCE.',
        absent: 'no PKCE as far as is said',
        section: 'RFC 8414 §2',
      }),
      field('authorization_response_iss_parameter_supported', 'boolean', {
        meaning: 'Whether the answer to the redirect URI names its issuer, against mix-up attacks.',
        absent: 'false',
        section: 'RFC 9207 §3',
      }),
      field('require_pushed_authorization_requests', 'boolean', {
        meaning: 'Whether authorization requests must be pushed.',
        absent: 'false',
        section: 'RFC 9126 §5',
      }),
      field('authorization_details_types_supported', 'texts', {
        meaning: 'The kinds of detailed permission that can be asked for.',
        section: 'RFC 9396 §10',
      }),
      field('prompt_values_supported', 'texts', {
        meaning: 'What prompt can ask of the sign-in page.',
        section: 'OpenID Initiating User Registration 1.0 §3',
      }),
      field('acr_values_supported', 'texts', {
        meaning: 'The strengths of sign-in that can be asked for.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('subject_types_supported', 'texts', {
        meaning: 'Whether every client sees the same id of a user or one of its own.',
        section: 'OpenID Connect Discovery 1.0 §3',
        required: 'openid',
      }),
      field('backchannel_token_delivery_modes_supported', 'texts', {
        meaning: 'How a sign-in on another device reports back.',
        section: 'OpenID CIBA 1.0 §4',
      }),
      field('backchannel_user_code_parameter_supported', 'boolean', {
        meaning: 'Whether a user code can be sent along.',
        absent: 'false',
        section: 'OpenID CIBA 1.0 §4',
      }),
    ],
  },
  {
    title: 'Client authentication',
    fields: [
      field('token_endpoint_auth_methods_supported', 'texts', {
        meaning: 'How a client can prove who it is at the token endpoint.',
        absent: authMethods,
        section: 'RFC 8414 §2',
      }),
      field('token_endpoint_auth_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms a client may sign its assertion with.',
        section: 'RFC 8414 §2',
      }),
      field('introspection_endpoint_auth_methods_supported', 'texts', {
        meaning: 'How a client can prove who it is when it asks about a token.',
        section: 'RFC 8414 §2',
      }),
      field('introspection_endpoint_auth_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms for assertions at the introspection endpoint.',
        section: 'RFC 8414 §2',
      }),
      field('revocation_endpoint_auth_methods_supported', 'texts', {
        meaning: 'How a client can prove who it is when it gives a token back.',
        absent: authMethods,
        section: 'RFC 8414 §2',
      }),
      field('revocation_endpoint_auth_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms for assertions at the revocation endpoint.',
        section: 'RFC 8414 §2',
      }),
      field('tls_client_certificate_bound_access_tokens', 'boolean', {
        meaning: 'Whether access tokens can be bound to the certificate of a client.',
        absent: 'false',
        section: 'RFC 8705 §3.3',
      }),
      field('dpop_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms of DPoP proofs, which bind a token to a key.',
        absent: 'no DPoP as far as is said',
        section: 'RFC 9449 §5.1',
      }),
      field('client_id_metadata_document_supported', 'boolean', {
        meaning: 'Whether a client id may be the address of a document that describes the client.',
        absent: 'false',
        section: 'draft-ietf-oauth-client-id-metadata-document §5',
      }),
    ],
  },
  {
    title: 'Request objects',
    fields: [
      field('request_parameter_supported', 'boolean', {
        meaning: 'Whether the request can be sent as a signed JWT.',
        absent: 'false',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('request_uri_parameter_supported', 'boolean', {
        meaning: 'Whether the request can be named by an address.',
        absent: 'true',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('require_request_uri_registration', 'boolean', {
        meaning: 'Whether such addresses must be registered before.',
        absent: 'false',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('require_signed_request_object', 'boolean', {
        meaning: 'Whether every request must be a signed JWT.',
        absent: 'false',
        section: 'RFC 9101 §10.5',
      }),
      field('request_object_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms a request object may be signed with.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('request_object_encryption_alg_values_supported', 'texts', {
        meaning: 'How the key of an encrypted request object may be wrapped.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('request_object_encryption_enc_values_supported', 'texts', {
        meaning: 'How a request object may be encrypted.',
        section: 'OpenID Connect Discovery 1.0 §3',
      }),
      field('backchannel_authentication_request_signing_alg_values_supported', 'texts', {
        meaning: 'The algorithms of signed requests for a sign-in on another device.',
        section: 'OpenID CIBA 1.0 §4',
      }),
    ],
  },
  ...tokenAndPageFields,
]
