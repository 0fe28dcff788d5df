import type { CommandsOf } from './command.ts'

/** Tokens of this session, without their values. */
export const tokenCommands: CommandsOf<'tokens list'> = {
  'tokens list': {
    description: {
      id: 'tokens list',
      title: 'List tokens',
      summary: 'List the tokens that are kept, newest first, and what each was got for.',
      parameters: [{ name: 'profile', title: 'Profile', type: 'text', hint: 'Only tokens got with this profile.' }],
    },
    run: ({ tokens }, { profile }) => tokens.list(profile),
  },
}
