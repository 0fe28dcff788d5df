import type { ParameterDescription } from '../../../../contract/description.ts'

const section = 'OpenID Connect RP-Initiated Logout 1.0 §2'

/** What a sign-out request says, and who takes it to the server. */
export const signOutParameters: ParameterDescription[] = [
  {
    name: 'agent',
    title: 'Sign out with',
    type: 'choice',
    hint: 'Which browser goes to the sign-out page; a session ends only in the browser that has it.',
    default: 'system',
    choices: [
      { value: 'system', title: 'System browser', hint: 'Opens your own browser, with its sessions.' },
      { value: 'form', title: 'Automatic', hint: 'Confirms the page by itself; it has no session of its own.' },
      { value: 'paste', title: 'Paste', hint: 'You open the address anywhere and paste where it ends.' },
    ],
    inProfile: true,
  },
  {
    name: 'id_token_hint',
    title: 'ID token',
    type: 'secret',
    hint: 'Says whose session ends; left empty, the one kept for this profile and user is taken.',
    section,
  },
  {
    name: 'send_hint',
    title: 'Send the ID token',
    type: 'boolean',
    hint: 'Off, no ID token is sent, and the server asks who signs out.',
    section,
    default: true,
    advanced: true,
  },
  {
    name: 'post_logout_redirect_uri',
    title: 'Post-logout redirect URI',
    type: 'url',
    hint: 'Where the server sends the browser back; it must be registered for the client. Left empty, it stays there.',
    section: 'OpenID Connect RP-Initiated Logout 1.0 §3',
    inProfile: true,
  },
  {
    name: 'logout_hint',
    title: 'Logout hint',
    type: 'text',
    hint: 'The user who signs out, as the server knows them.',
    section,
    advanced: true,
  },
  {
    name: 'ui_locales',
    title: 'Languages',
    type: 'words',
    hint: 'Languages for the pages, best first, such as de en.',
    section,
    advanced: true,
  },
  {
    name: 'sign_in_seconds',
    title: 'Timeout',
    type: 'integer',
    hint: 'Seconds to wait for the browser to come back.',
    default: 600,
    minimum: 5,
    maximum: 3600,
    inProfile: true,
    advanced: true,
  },
]
