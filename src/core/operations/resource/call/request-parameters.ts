import type { ParameterDescription } from '../../../../contract/description.ts'

/** The request itself: where it goes, what it carries. */
export const requestParameters: ParameterDescription[] = [
  {
    name: 'url',
    title: 'Address',
    type: 'url',
    hint: 'The address of the API, with its query.',
    required: true,
    positional: true,
  },
  {
    name: 'method',
    title: 'Method',
    type: 'text',
    hint: 'What the request does, in upper case; any method is sent.',
    section: 'RFC 9110 §9',
    default: 'GET',
    proposals: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  },
  {
    name: 'token',
    title: 'Token',
    type: 'choice',
    hint: 'What the Authorization header carries.',
    section: 'RFC 6750 §2.1',
    default: 'access_token',
    choices: [
      { value: 'access_token', title: 'Access token' },
      { value: 'id_token', title: 'ID token', hint: 'For APIs that want one; it is meant for the client alone.' },
      { value: 'none', title: 'None', hint: 'To see what the API answers without one.' },
    ],
  },
  {
    name: 'request_headers',
    title: 'Request headers',
    type: 'pairs',
    hint: 'Headers of this request.',
    section: 'RFC 9110 §6.3',
  },
  {
    name: 'body',
    title: 'Body',
    type: 'multiline',
    hint: 'What the request carries, as text of at most 1 MiB.',
    section: 'RFC 9110 §6.4',
  },
  {
    name: 'content_type',
    title: 'Content type',
    type: 'text',
    hint: 'What the body is; left empty, JSON or plain text, whichever it is.',
    section: 'RFC 9110 §8.3',
    proposals: ['application/json', 'application/x-www-form-urlencoded', 'application/xml', 'text/plain'],
  },
]
