import type { ParameterDescription } from '../../contract/description.ts'

type Kind = ParameterDescription['type']

const of =
  (section: string) =>
  (name: string, title: string, [hint, type = 'text']: [string, Kind?]) => ({
    name,
    title,
    type,
    hint,
    section,
    advanced: true as const,
  })

const oauth = of('RFC 7591 §2')
const openid = of('OpenID Connect Registration §2')
const logout = of('OpenID Connect RP-Initiated Logout §3.1')
const frontChannel = of('OpenID Connect Front-Channel Logout §2')
const backChannel = of('OpenID Connect Back-Channel Logout §2.2')
const tls = of('RFC 8705 §2.1.2')

const ofOAuth: ParameterDescription[] = [
  oauth('response_types', 'Response types', ['What the authorization endpoint may answer, such as code.', 'list']),
  oauth('client_uri', 'Home page', ['Address of a page about the client.', 'url']),
  oauth('contacts', 'Contacts', ['Whom to write to about the client, usually e-mail addresses.', 'list']),
  oauth('client_jwks_uri', 'Keys of the client', [
    'Address of the public keys of the client, sent as jwks_uri; not together with a key set.',
    'url',
  ]),
  {
    ...oauth('client_jwks', 'Key set of the client', [
      'The public keys of the client as a JWK Set, sent as jwks.',
      'multiline',
    ]),
    json: 'object',
  },
  oauth('software_id', 'Software', ['Names the software, the same for all of its registrations.']),
  oauth('software_version', 'Software version', ['The version of the software.']),
  {
    ...oauth('software_statement', 'Software statement', [
      'A signed JWT in which somebody the server trusts vouches for the software.',
      'multiline',
    ]),
    section: 'RFC 7591 §2.3',
  },
]

const ofOpenId: ParameterDescription[] = [
  {
    ...openid('application_type', 'Application type', [
      'native for an application on a device, web for one on a server; left empty, told from the redirect URIs.',
    ]),
    proposals: ['native', 'web'],
  },
  {
    ...openid('subject_type', 'Subject type', [
      'Whether every client sees the same sub of a user, or each its own (pairwise).',
    ]),
    proposals: ['public', 'pairwise'],
    offeredBy: 'subject_types_supported',
  },
  openid('sector_identifier_uri', 'Sector identifier', [
    'Address of a list of redirect URIs that share pairwise subjects.',
    'url',
  ]),
  openid('default_max_age', 'Default maximum age', [
    'Seconds after which a sign-in is asked for again, where a request says nothing else.',
    'integer',
  ]),
  openid('require_auth_time', 'Require time of sign-in', ['Whether every ID token must say auth_time.', 'boolean']),
  openid('default_acr_values', 'Default context classes', [
    'Ways of signing in that are wanted where a request names none, best first.',
    'list',
  ]),
  openid('initiate_login_uri', 'Start of sign-in', ['Address at which others may start a sign-in.', 'url']),
  openid('request_uris', 'Request URIs', ['Addresses of request objects that the server may fetch early.', 'list']),
]

const algorithm = (name: string, title: string, [hint, offeredBy]: [string, string]): ParameterDescription => ({
  ...openid(name, title, [hint]),
  offeredBy,
})

const ofSignatures: ParameterDescription[] = [
  algorithm('id_token_signed_response_alg', 'ID token signature', [
    'How ID tokens for this client are signed.',
    'id_token_signing_alg_values_supported',
  ]),
  algorithm('id_token_encrypted_response_alg', 'ID token key encryption', [
    'How the key of encrypted ID tokens is encrypted.',
    'id_token_encryption_alg_values_supported',
  ]),
  algorithm('id_token_encrypted_response_enc', 'ID token encryption', [
    'How the content of ID tokens is encrypted.',
    'id_token_encryption_enc_values_supported',
  ]),
  algorithm('userinfo_signed_response_alg', 'Userinfo signature', [
    'How userinfo answers are signed; left empty, they are plain JSON.',
    'userinfo_signing_alg_values_supported',
  ]),
  algorithm('userinfo_encrypted_response_alg', 'Userinfo key encryption', [
    'How the key of encrypted userinfo answers is encrypted.',
    'userinfo_encryption_alg_values_supported',
  ]),
  algorithm('userinfo_encrypted_response_enc', 'Userinfo encryption', [
    'How the content of userinfo answers is encrypted.',
    'userinfo_encryption_enc_values_supported',
  ]),
  algorithm('request_object_signing_alg', 'Request object signature', [
    'How request objects of this client must be signed.',
    'request_object_signing_alg_values_supported',
  ]),
  algorithm('request_object_encryption_alg', 'Request object key encryption', [
    'How the key of encrypted request objects is encrypted.',
    'request_object_encryption_alg_values_supported',
  ]),
  algorithm('request_object_encryption_enc', 'Request object encryption', [
    'How the content of request objects is encrypted.',
    'request_object_encryption_enc_values_supported',
  ]),
  algorithm('token_endpoint_auth_signing_alg', 'Assertion signature', [
    'How the client signs the assertions that prove who it is.',
    'token_endpoint_auth_signing_alg_values_supported',
  ]),
  {
    ...algorithm('authorization_signed_response_alg', 'Authorization response signature', [
      'How authorization responses as JWT are signed.',
      'authorization_signing_alg_values_supported',
    ]),
    section: 'JARM §3',
  },
  {
    ...algorithm('introspection_signed_response_alg', 'Introspection signature', [
      'How introspection answers as JWT are signed.',
      'introspection_signing_alg_values_supported',
    ]),
    section: 'RFC 9701 §6',
  },
]

const ofLogout: ParameterDescription[] = [
  logout('post_logout_redirect_uris', 'Redirect URIs after logout', [
    'Where people may be sent to after a logout.',
    'list',
  ]),
  frontChannel('frontchannel_logout_uri', 'Front-channel logout', [
    'Address that browsers load to end the session at the client.',
    'url',
  ]),
  frontChannel('frontchannel_logout_session_required', 'Front-channel logout names the session', [
    'Whether the front-channel logout must say iss and sid.',
    'boolean',
  ]),
  backChannel('backchannel_logout_uri', 'Back-channel logout', [
    'Address to which the server sends logout tokens.',
    'url',
  ]),
  backChannel('backchannel_logout_session_required', 'Back-channel logout names the session', [
    'Whether logout tokens must say sid.',
    'boolean',
  ]),
]

const ofBinding: ParameterDescription[] = [
  tls('tls_client_auth_subject_dn', 'Certificate subject', ['Distinguished name in the certificate of the client.']),
  tls('tls_client_auth_san_dns', 'Certificate DNS name', ['DNS name in the certificate of the client.']),
  tls('tls_client_auth_san_uri', 'Certificate URI', ['URI in the certificate of the client.']),
  tls('tls_client_auth_san_ip', 'Certificate IP address', ['IP address in the certificate of the client.']),
  tls('tls_client_auth_san_email', 'Certificate e-mail', ['E-mail address in the certificate of the client.']),
  of('RFC 8705 §3.4')('tls_client_certificate_bound_access_tokens', 'Certificate-bound tokens', [
    'Whether access tokens work only together with the certificate of the client.',
    'boolean',
  ]),
  of('RFC 9449 §5.2')('dpop_bound_access_tokens', 'DPoP-bound tokens', [
    'Whether the client always proves possession of a key when it uses a token.',
    'boolean',
  ]),
  of('RFC 9126 §6')('require_pushed_authorization_requests', 'Only pushed requests', [
    'Whether the server must take authorization requests of this client only when they were pushed.',
    'boolean',
  ]),
  of('RFC 9101 §10.5')('require_signed_request_object', 'Only signed requests', [
    'Whether every authorization request of this client must be a signed request object.',
    'boolean',
  ]),
  of('RFC 9396 §10')('authorization_details_types', 'Authorization details types', [
    'The types of authorization details that the client uses.',
    'list',
  ]),
]

/** Every further member of client metadata that a specification names, and room for those that none does. */
export const furtherClientMetadataParameters: ParameterDescription[] = [
  ...ofOAuth,
  ...ofOpenId,
  ...ofSignatures,
  ...ofLogout,
  ...ofBinding,
  {
    ...oauth('further_metadata', 'Further metadata', [
      'Any other members, as a JSON object; a member of it wins over the same one above.',
      'multiline',
    ]),
    json: 'object',
  },
]
