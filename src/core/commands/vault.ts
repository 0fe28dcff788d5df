import type { ParameterDescription } from '../../contract/description.ts'
import type { VaultStore } from '../../contract/kept.ts'
import { problem } from '../problems/problem-error.ts'
import type { CommandsOf } from './command.ts'

const passphrase: ParameterDescription = {
  name: 'passphrase',
  title: 'Passphrase',
  type: 'secret',
  hint: 'The passphrase of the vault; left out, GRANTLAB_VAULT_PASSPHRASE counts.',
}

/** Where secrets and tokens are kept. */
export const vaultCommands: CommandsOf<'vault show' | 'vault unlock' | 'vault lock' | 'vault use'> = {
  'vault show': {
    description: {
      id: 'vault show',
      title: 'Show the vault',
      summary: 'Show where secrets and tokens are kept, and whether they last.',
      parameters: [],
    },
    run: ({ ports }) => ports.vault.facts(),
  },
  'vault unlock': {
    description: {
      id: 'vault unlock',
      title: 'Unlock the vault',
      summary: "Open the vault with its passphrase, or ask the system's keychain again.",
      parameters: [passphrase],
    },
    run: async ({ ports }, parameters) => ports.vault.unlock(clearTextIn(parameters.passphrase)),
  },
  'vault lock': {
    description: {
      id: 'vault lock',
      title: 'Lock the vault',
      summary: 'Forget the key of the vault until it is unlocked; what is kept stays sealed.',
      parameters: [],
    },
    run: ({ ports }) => ports.vault.lock(),
  },
  'vault use': {
    description: {
      id: 'vault use',
      title: 'Choose where secrets are kept',
      summary: 'Move all secrets and tokens to another store.',
      parameters: [
        {
          name: 'store',
          title: 'Store',
          type: 'choice',
          hint: 'Where they are kept from now on; memory forgets them all when Grantlab ends.',
          required: true,
          positional: true,
          choices: [
            { value: 'keychain', title: "Under a key in the system's keychain" },
            { value: 'passphrase', title: 'Under a passphrase' },
            { value: 'memory', title: 'In memory only' },
          ],
        },
        passphrase,
      ],
    },
    run: async ({ ports }, { store, passphrase: given }) => ports.vault.use(store as VaultStore, clearTextIn(given)),
  },
}

/** The parameters' check lets the name of a secret pass, too; a passphrase that lay in its own vault would open nothing. */
export function clearTextIn(given: unknown): string | undefined {
  if (given === undefined || typeof given === 'string') return given
  throw problem('parameter-invalid', 'The passphrase is a text, not the name of a secret.')
}
