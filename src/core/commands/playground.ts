import { problem } from '../problems/problem-error.ts'
import type { CommandsOf } from './command.ts'

/** The built-in authorization server. */
export const playgroundCommands: CommandsOf<'playground start'> = {
  'playground start': {
    description: {
      id: 'playground start',
      title: 'Start the playground',
      summary: 'Start the built-in authorization server, or answer the one that runs.',
      parameters: [],
    },
    async run({ ports }) {
      if (!ports.playground) throw problem('playground-failed', 'There is no playground here.')
      const { issuer, clients, users } = await ports.playground()
      // SECURITY: the access object also holds secrets and passwords, which must not leave the engine.
      return { issuer, clients, users }
    },
  },
}
