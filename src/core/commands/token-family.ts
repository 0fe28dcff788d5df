import type { CommandsOf } from './command.ts'

/** A kept grant as a graph. */
export const tokenFamilyCommands: CommandsOf<'tokens family'> = {
  'tokens family': {
    description: {
      id: 'tokens family',
      title: 'Show a grant',
      summary: 'Show the tokens of one grant from the code to the newest refresh, and how each stands; asks no server.',
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
    async run(context, { family }) {
      // Loaded only here: help reads this file at every start of the command line.
      const { drawFamily } = await import('./draw-family.ts')
      return drawFamily(context, family)
    },
  },
}
