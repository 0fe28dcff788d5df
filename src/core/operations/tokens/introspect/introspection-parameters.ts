import type { ParameterDescription } from '../../../../contract/description.ts'

/** Who asks, and how the answer should come. */
export const introspectionParameters: ParameterDescription[] = [
  {
    name: 'authorization',
    title: 'Authorize by',
    type: 'choice',
    hint: 'What the question is authorized by; the endpoint must not answer to just anybody.',
    section: 'RFC 7662 §2.1',
    default: 'client',
    choices: [
      { value: 'client', title: 'Client', hint: 'Client authentication, as for a token request.' },
      {
        value: 'bearer',
        title: 'Bearer token',
        hint: 'An API key or another access token in the Authorization header.',
      },
    ],
    inProfile: true,
  },
  {
    name: 'bearer_token',
    title: 'Bearer token',
    type: 'secret',
    hint: 'The API key or access token that authorizes the question; not the token that is asked about.',
    section: 'RFC 7662 §2.1',
    onlyWhen: { parameter: 'authorization', values: ['bearer'] },
    inProfile: true,
  },
  {
    name: 'answer',
    title: 'Answer as',
    type: 'choice',
    hint: 'What to ask for; what the server sends is read either way.',
    section: 'RFC 9701 §4',
    default: 'json',
    choices: [
      { value: 'json', title: 'JSON' },
      { value: 'jwt', title: 'Signed JWT', hint: 'For servers that sign the answer; the signature is checked.' },
    ],
    advanced: true,
  },
]
