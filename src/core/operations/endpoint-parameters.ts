import type { ParameterDescription } from '../../contract/description.ts'

const ofEndpoints = { inProfile: true, advanced: true, group: 'endpoints' } as const

const metadata: ParameterDescription = {
  ...ofEndpoints,
  name: 'metadata',
  title: 'Metadata',
  type: 'choice',
  hint: 'Whether the server is asked what it says about itself, or has no metadata and its endpoints are given here.',
  section: 'RFC 8414 §3',
  default: 'discover',
  choices: [
    { value: 'discover', title: 'Discover', hint: 'Asked for; an endpoint given by hand goes before it.' },
    { value: 'by-hand', title: 'By hand', hint: 'Nothing is asked; only the endpoints given by hand count.' },
  ],
}

const endpoint = (name: string, title: string, [hint, section]: [string, string]): ParameterDescription => ({
  ...ofEndpoints,
  name,
  title,
  type: 'url',
  hint,
  section,
})

/** Endpoints that a person gives, by their names in the metadata. Every operation with an issuer has all of these. */
export const endpointParameters: ParameterDescription[] = [
  metadata,
  endpoint('authorization_endpoint', 'Authorization endpoint', [
    'Where a browser is sent to sign in; left empty, what the metadata says.',
    'RFC 6749 §3.1',
  ]),
  endpoint('token_endpoint', 'Token endpoint', ['Where tokens come from.', 'RFC 6749 §3.2']),
  endpoint('jwks_uri', 'Keys', ['Where the public keys of the server are.', 'RFC 8414 §2']),
  endpoint('userinfo_endpoint', 'Userinfo endpoint', [
    'Where claims about the user are read.',
    'OpenID Connect Core §5.3',
  ]),
  endpoint('registration_endpoint', 'Registration endpoint', ['Where clients register.', 'RFC 7591 §3']),
  endpoint('introspection_endpoint', 'Introspection endpoint', [
    'Where an API asks whether a token is active.',
    'RFC 7662 §2',
  ]),
  endpoint('end_session_endpoint', 'Sign-out endpoint', [
    'Where a browser is sent to sign out.',
    'OpenID Connect RP-Initiated Logout 1.0 §2.1',
  ]),
  endpoint('revocation_endpoint', 'Revocation endpoint', ['Where tokens are given back.', 'RFC 7009 §2']),
]
