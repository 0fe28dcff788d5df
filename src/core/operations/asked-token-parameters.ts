import type { ParameterDescription } from '../../contract/description.ts'
import { tokenScope, tokenUser } from './resource-parameters.ts'

/** The token that a request is about: one given by hand, else a kept one. */
export const askedTokenParameters: ParameterDescription[] = [
  {
    name: 'token',
    title: 'Token',
    type: 'secret',
    hint: 'Left empty, one kept for this profile and user is taken, as it is.',
    section: 'RFC 7662 §2.1',
  },
  {
    name: 'kind',
    title: 'Kept token',
    type: 'choice',
    hint: 'Which of the kept tokens is meant when none is given.',
    default: 'access_token',
    choices: [
      { value: 'access_token', title: 'Access token' },
      { value: 'refresh_token', title: 'Refresh token' },
    ],
  },
  tokenUser,
  tokenScope,
  {
    name: 'family',
    title: 'Kept grant',
    type: 'text',
    hint: 'The kept grant whose token is meant, as the list of tokens names it.',
    advanced: true,
  },
  {
    name: 'token_type_hint',
    title: 'Token type hint',
    type: 'choice',
    hint: 'Tells the server where to look first; it must find the token without it, too.',
    section: 'RFC 7009 §2.1',
    default: 'auto',
    choices: [
      { value: 'auto', title: 'Automatic', hint: 'Sent when it is known what the token is.' },
      { value: 'access_token', title: 'access_token' },
      { value: 'refresh_token', title: 'refresh_token' },
      { value: 'none', title: 'None' },
    ],
    advanced: true,
  },
]
