import type { ParameterDescription } from '../../contract/description.ts'
import { problem } from '../problems/problem-error.ts'
import { checkSecretName } from '../vault/secret-name.ts'
import type { CommandsOf } from './command.ts'

const maximumCharacters = 65_536

const name: ParameterDescription = {
  name: 'name',
  title: 'Secret',
  type: 'text',
  hint: 'The name that profiles use for it, such as acme_prod.',
  required: true,
  positional: true,
}

/** Secrets by name; no command answers a value. */
export const secretCommands: CommandsOf<'secret set' | 'secret list' | 'secret rm'> = {
  'secret set': {
    description: {
      id: 'secret set',
      title: 'Set a secret',
      summary: 'Give a secret its value.',
      parameters: [
        name,
        {
          name: 'value',
          title: 'Value',
          type: 'secret',
          hint: 'The secret itself; it goes into no file.',
          required: true,
        },
      ],
    },
    async run({ ports }, parameters) {
      const secret = checkSecretName(parameters.name)
      const value: unknown = parameters.value
      if (typeof value !== 'string' || value.length > maximumCharacters) {
        throw problem(
          'parameter-invalid',
          `The value of a secret is a text of at most ${maximumCharacters} characters.`,
        )
      }
      await ports.vault.set(secret, value)
      return { name: secret }
    },
  },
  'secret list': {
    description: {
      id: 'secret list',
      title: 'List secrets',
      summary: 'List the names of secrets that have a value here, and where it comes from.',
      parameters: [],
    },
    run: async ({ secrets, workspace }) => secrets.list(await workspace.secretNames()),
  },
  'secret rm': {
    description: {
      id: 'secret rm',
      title: 'Remove a secret',
      summary: 'Remove a secret from the vault.',
      parameters: [name],
    },
    run: async ({ ports }, parameters) => ({ removed: await ports.vault.remove(checkSecretName(parameters.name)) }),
  },
}
