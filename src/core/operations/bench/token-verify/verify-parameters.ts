import type { ParameterDescription } from '../../../../contract/description.ts'

/** The token, and where its keys come from. */
export const tokenAndKeys: ParameterDescription[] = [
  {
    name: 'token',
    title: 'Token',
    type: 'secret',
    hint: 'The token to judge; nothing of it is sent anywhere.',
    section: 'RFC 7519 §3',
    required: true,
    fromFile: true,
    positional: true,
  },
  {
    name: 'use',
    title: 'Judged as',
    type: 'choice',
    hint: 'ID tokens and access tokens have rules of their own; automatic looks at what the token says.',
    default: 'auto',
    choices: [
      { value: 'auto', title: 'Automatic' },
      { value: 'id_token', title: 'ID token' },
      { value: 'access_token', title: 'Access token' },
      { value: 'other', title: 'Another JWT' },
    ],
  },
]

/** Keys that a person has, in place of asking a server, and the words with which the token's own issuer may be asked. */
export const keyParameters: ParameterDescription[] = [
  {
    name: 'jwks',
    title: 'Keys',
    type: 'multiline',
    hint: 'A JWK, a JWK Set, a PEM public key or a certificate; or the address of a JWK Set. With keys nobody is asked.',
    section: 'RFC 7517 §5',
    fromFile: true,
  },
  {
    name: 'secret',
    title: 'Shared secret',
    type: 'secret',
    hint: "What the token's maker shares, for the algorithms HS256, HS384 and HS512.",
    section: 'RFC 7518 §3.2',
  },
  {
    name: 'ask_issuer',
    title: "Ask the token's issuer",
    type: 'boolean',
    hint: 'Without keys and issuer: asks the server that the token itself names for its keys.',
    default: false,
  },
  {
    name: 'allow_private',
    title: 'Also inside of this network',
    type: 'boolean',
    hint: 'Asks the server that the token names even when it is on this machine or in a private network.',
    default: false,
    onlyWhen: { parameter: 'ask_issuer', values: ['true'] },
  },
]

/** What the claims are compared with. */
export const claimParameters: ParameterDescription[] = [
  {
    name: 'audience',
    title: 'Audience',
    type: 'text',
    hint: 'Whom the token must be meant for: the API, or for an ID token the client.',
    section: 'RFC 7519 §4.1.3',
  },
  {
    name: 'nonce',
    title: 'Nonce',
    type: 'text',
    hint: 'The nonce of the sign-in that the ID token must answer.',
    section: 'OpenID Connect Core §3.1.3.7',
    advanced: true,
  },
  {
    name: 'sub',
    title: 'Subject',
    type: 'text',
    hint: 'The user that the token must be about.',
    section: 'RFC 7519 §4.1.2',
    advanced: true,
  },
  {
    name: 'access_token',
    title: 'Access token that came along',
    type: 'secret',
    hint: 'Its hash must be the at_hash of the ID token.',
    section: 'OpenID Connect Core §3.1.3.6',
    advanced: true,
  },
  {
    name: 'code',
    title: 'Code that came along',
    type: 'secret',
    hint: 'Its hash must be the c_hash of the ID token.',
    section: 'OpenID Connect Core §3.3.2.11',
    advanced: true,
  },
  {
    name: 'max_age',
    title: 'Maximum age',
    type: 'integer',
    hint: 'Seconds that may lie between the sign-in and the ID token.',
    section: 'OpenID Connect Core §3.1.3.7',
    minimum: 0,
    advanced: true,
  },
  {
    name: 'acr_values',
    title: 'Authentication level',
    type: 'words',
    hint: 'Levels of authentication, one of which the ID token must name.',
    section: 'OpenID Connect Core §3.1.3.7',
    advanced: true,
  },
]

/** As of when it is judged. */
export const timeParameters: ParameterDescription[] = [
  {
    name: 'at',
    title: 'As of',
    type: 'text',
    hint: 'A time such as 2026-01-31T12:00:00Z, or seconds since 1970; left empty, now.',
    section: 'RFC 7519 §2',
  },
  {
    name: 'clock_tolerance_seconds',
    title: 'Clock tolerance',
    type: 'integer',
    hint: 'Seconds by which clocks may differ.',
    default: 30,
    minimum: 0,
    maximum: 3600,
    section: 'RFC 7519 §4.1.4',
    advanced: true,
  },
]
