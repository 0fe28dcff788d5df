import { problem } from '../problems/problem-error.ts'
import type { CommandsOf } from './command.ts'

/** What somebody pasted, read. */
export const tokenInspectCommands: CommandsOf<'token inspect'> = {
  'token inspect': {
    description: {
      id: 'token inspect',
      title: 'Inspect a token',
      summary: 'Read a token, or whatever holds one, and tell what it says; nothing is sent and nothing is judged.',
      parameters: [
        {
          name: 'text',
          title: 'Text',
          // SECURITY: it is a secret as a whole: never a flag's value, never quoted.
          type: 'secret',
          hint: 'A JWT or opaque token, a token response, an Authorization header, a callback address, a cURL command, a HAR.',
          required: true,
          mayBeEmpty: true,
          positional: true,
          fromFile: true,
        },
        { name: 'name', title: 'File name', type: 'text', hint: 'The name of the file that the text came from.' },
      ],
    },
    async run({ fingerprintKey, clearValues }, { text, name }) {
      const given: unknown = text
      if (typeof given !== 'string') throw problem('parameter-invalid', 'Text (text) must be the text itself.')
      // Loaded only here: help reads this file at every start of the command line.
      const { inspectText } = await import('../bench/inspect-text.ts')
      return inspectText({
        text: given,
        ...(name === undefined ? {} : { name }),
        fingerprintKey: await fingerprintKey(),
        keep: clearValues.keep,
      })
    },
  },
}
