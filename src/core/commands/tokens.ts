import type { ParameterDescription } from '../../contract/description.ts'
import type { CommandsOf } from './command.ts'

const profile: ParameterDescription = {
  name: 'profile',
  title: 'Profile',
  type: 'text',
  hint: 'Only tokens got with this profile.',
}

/** Kept tokens, without their values. */
export const tokenCommands: CommandsOf<'tokens list' | 'tokens delete' | 'tokens clear'> = {
  'tokens list': {
    description: {
      id: 'tokens list',
      title: 'List tokens',
      summary: 'List the tokens that are kept, newest first, and what each was got for.',
      parameters: [profile],
    },
    run: ({ tokens }, parameters) => tokens.list(parameters.profile),
  },
  'tokens delete': {
    description: {
      id: 'tokens delete',
      title: 'Forget a grant',
      summary: 'Forget the tokens of one grant, here only.',
      parameters: [
        {
          name: 'family',
          title: 'Grant',
          type: 'text',
          hint: 'The grant, as the list of tokens names it.',
          required: true,
          positional: true,
        },
      ],
    },
    run: async ({ tokens }, { family }) => ({ deleted: (await tokens.remove(family)) ? 1 : 0 }),
  },
  'tokens clear': {
    description: {
      id: 'tokens clear',
      title: 'Forget tokens',
      summary: 'Forget kept tokens, all or those of a profile or user, here only.',
      parameters: [profile, { name: 'user', title: 'Test user', type: 'text', hint: 'Only tokens of this test user.' }],
    },
    run: async ({ tokens }, parameters) => ({ deleted: await tokens.clear(parameters) }),
  },
}
