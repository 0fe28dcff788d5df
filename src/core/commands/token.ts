import type { ParameterDescription } from '../../contract/description.ts'
import { marginSeconds, tokenKinds } from '../vault/token-family.ts'
import type { CommandsOf } from './command.ts'

const parameters: ParameterDescription[] = [
  {
    name: 'profile',
    title: 'Profile',
    type: 'text',
    hint: 'The profile the token was got with.',
    required: true,
  },
  { name: 'user', title: 'Test user', type: 'text', hint: 'Whose token, when more than one user signed in.' },
  {
    name: 'kind',
    title: 'Kind',
    type: 'choice',
    hint: 'Which token.',
    default: 'access_token',
    choices: tokenKinds.map((value) => ({ value, title: value.replace('_', ' ') })),
  },
  {
    name: 'minimum_seconds',
    title: 'Good for',
    type: 'integer',
    hint: 'Seconds the token must be good for; one that ends before is renewed first.',
    default: marginSeconds,
    minimum: 0,
  },
]

/** A kept token with its value, for whoever asks for it by name. */
export const tokenValueCommands: CommandsOf<'token get'> = {
  'token get': {
    description: {
      id: 'token get',
      title: 'Get a token',
      summary: 'Print a kept token that is good, renewed first where that is needed.',
      parameters,
    },
    async run(context, given) {
      const { getToken } = await import('./get-token.ts')
      return getToken(context, given)
    },
  },
}
