import type { ParameterDescription } from '../../contract/description.ts'
import type { SecretBinding } from '../ports.ts'
import { problem } from '../problems/problem-error.ts'
import { checkSecretName } from '../vault/secret-name.ts'
import type { CommandContext, CommandsOf } from './command.ts'

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
export const secretCommands: CommandsOf<'secret set' | 'secret list' | 'secret rm' | 'secret missing'> = {
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
          hint: 'The secret itself; it goes into no file in clear.',
          required: true,
        },
        {
          name: 'profile',
          title: 'Profile',
          type: 'text',
          hint: 'The secret may go where this profile sends it; left out, the first profile that uses it decides.',
        },
      ],
    },
    async run(context, parameters) {
      const secret = checkSecretName(parameters.name)
      const value: unknown = parameters.value
      if (typeof value !== 'string' || value.length > maximumCharacters) {
        throw problem(
          'parameter-invalid',
          `The value of a secret is a text of at most ${maximumCharacters} characters.`,
        )
      }
      const { profile } = parameters
      await context.ports.vault.set(
        secret,
        value,
        profile === undefined ? undefined : await bindingOf(context, secret, profile),
      )
      const kept = (await context.ports.vault.list()).find((one) => one.name === secret)
      return { name: secret, origins: kept?.origins ?? [] }
    },
  },
  'secret list': {
    description: {
      id: 'secret list',
      title: 'List secrets',
      summary: 'List the names of secrets that have a value here, and where it comes from.',
      parameters: [],
    },
    run: async ({ secrets, workspace }) => secrets.list(await workspace.secretUse()),
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
  'secret missing': {
    description: {
      id: 'secret missing',
      title: 'List missing secrets',
      summary: 'List the secrets that profiles refer to and that have no value here.',
      parameters: [],
    },
    async run({ secrets, workspace }) {
      const use = await workspace.secretUse()
      const missing = await secrets.missing([...use.keys()])
      return missing.sort().map((secret) => ({ name: secret, usedBy: use.get(secret) ?? [] }))
    },
  },
}

/** Where a profile sends a secret, over its kind of connection. */
async function bindingOf({ workspace }: CommandContext, secret: string, profile: string): Promise<SecretBinding> {
  // Loaded only here: help reads this file at every start of the command line.
  const { bindingInProfile } = await import('../runs/secret-places.ts')
  const { values } = await workspace.resolveProfile(profile)
  return bindingInProfile(secret, values, await workspace.folder())
}
