import type { ParameterDescription } from '../../../../contract/description.ts'

const request: ParameterDescription[] = [
  {
    name: 'redirect_uri',
    title: 'Redirect URI',
    type: 'url',
    hint: 'Where the server sends the browser back; it must be registered for the client. Port 0 takes a free port.',
    section: 'RFC 6749 §3.1.2',
    default: 'http://127.0.0.1:8765/callback',
    inProfile: true,
  },
  {
    name: 'pkce',
    title: 'PKCE',
    type: 'choice',
    hint: 'Binds the code to this run. Plain and none are for testing what a server accepts.',
    section: 'RFC 7636 §4.3',
    default: 'S256',
    offeredBy: 'code_challenge_methods_supported',
    choices: [
      { value: 'S256', title: 'S256' },
      { value: 'plain', title: 'plain' },
      { value: 'none', title: 'none' },
    ],
    inProfile: true,
  },
]

const agent: ParameterDescription[] = [
  {
    name: 'agent',
    title: 'Sign in with',
    type: 'choice',
    hint: 'Who completes the sign-in page.',
    default: 'system',
    choices: [
      { value: 'system', title: 'System browser', hint: 'Opens your own browser; you sign in.' },
      { value: 'form', title: 'Automatic', hint: 'Fills in the sign-in and consent pages as a test user.' },
      { value: 'paste', title: 'Paste', hint: 'You open the address anywhere and paste what came back.' },
    ],
    inProfile: true,
  },
  {
    name: 'user',
    title: 'Test user',
    type: 'text',
    hint: 'The user name that the automatic sign-in types.',
    onlyWhen: { parameter: 'agent', values: ['form'] },
    inProfile: true,
  },
  {
    name: 'password',
    title: 'Password',
    type: 'secret',
    hint: 'The password that the automatic sign-in types.',
    onlyWhen: { parameter: 'agent', values: ['form'] },
    inProfile: true,
  },
  {
    name: 'consent',
    title: 'Consent',
    type: 'choice',
    hint: 'What the automatic sign-in answers when asked for consent.',
    onlyWhen: { parameter: 'agent', values: ['form'] },
    default: 'allow',
    choices: [
      { value: 'allow', title: 'Allow' },
      { value: 'deny', title: 'Deny' },
    ],
    advanced: true,
  },
]

const further: ParameterDescription[] = [
  {
    name: 'state',
    title: 'State',
    type: 'choice',
    hint: 'Ties the answer to this run. None is for testing what a server does without it.',
    section: 'RFC 6749 §4.1.1',
    default: 'random',
    choices: [
      { value: 'random', title: 'random' },
      { value: 'none', title: 'none' },
    ],
    advanced: true,
  },
  {
    name: 'nonce',
    title: 'Nonce',
    type: 'choice',
    hint: 'Ties the ID token to this run. Automatic sends one when openid is asked for.',
    section: 'OpenID Connect Core §3.1.2.1',
    default: 'auto',
    choices: [
      { value: 'auto', title: 'automatic' },
      { value: 'none', title: 'none' },
    ],
    advanced: true,
  },
  {
    name: 'prompt',
    title: 'Prompt',
    type: 'words',
    hint: 'Asks the server to show or skip pages: none, login, consent, select_account.',
    section: 'OpenID Connect Core §3.1.2.1',
    offeredBy: 'prompt_values_supported',
    inProfile: true,
    advanced: true,
  },
  {
    name: 'login_hint',
    title: 'Login hint',
    type: 'text',
    hint: 'The user name the sign-in page should start with.',
    section: 'OpenID Connect Core §3.1.2.1',
    inProfile: true,
    advanced: true,
  },
  {
    name: 'max_age',
    title: 'Maximum age',
    type: 'integer',
    hint: 'Seconds since the last sign-in after which the user must sign in again.',
    section: 'OpenID Connect Core §3.1.2.1',
    minimum: 0,
    inProfile: true,
    advanced: true,
  },
  {
    name: 'acr_values',
    title: 'Authentication level',
    type: 'words',
    hint: 'Wanted levels of authentication, best first.',
    section: 'OpenID Connect Core §3.1.2.1',
    offeredBy: 'acr_values_supported',
    inProfile: true,
    advanced: true,
  },
  {
    name: 'authorization_parameters',
    title: 'Extra parameters',
    type: 'pairs',
    hint: 'Further parameters for the authorization request, sent as they are.',
    section: 'RFC 6749 §8.2',
    inProfile: true,
    advanced: true,
  },
  {
    name: 'sign_in_seconds',
    title: 'Sign-in timeout',
    type: 'integer',
    hint: 'Seconds to wait for somebody to sign in.',
    default: 600,
    minimum: 5,
    maximum: 3600,
    inProfile: true,
    advanced: true,
  },
]

/** What only the authorization request has: where it returns to, how it is bound, who signs in. */
export const authorizationParameters: ParameterDescription[] = [...request, ...agent, ...further]
