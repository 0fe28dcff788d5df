import type { CommandsOf } from './command.ts'

const usualLimit = 100

/** Recorded runs. */
export const historyCommands: CommandsOf<'history list'> = {
  'history list': {
    description: {
      id: 'history list',
      title: 'List runs',
      summary: 'List the recorded runs, newest first.',
      parameters: [
        {
          name: 'limit',
          title: 'How many',
          type: 'integer',
          hint: 'How many runs to list at most.',
          default: usualLimit,
          minimum: 1,
          maximum: 10_000,
        },
      ],
    },
    run: async ({ history }, { limit = usualLimit }) => (await history.list(limit)).runs,
  },
}
