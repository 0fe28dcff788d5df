import type { ParameterDescription } from '../../contract/description.ts'
import type { CommandsOf } from './command.ts'

const passphrase: ParameterDescription = {
  name: 'passphrase',
  title: 'Passphrase of the file',
  type: 'secret',
  hint: 'Seals the file, at least 8 characters; whoever has both has everything that is kept.',
  required: true,
}

const file = (hint: string): ParameterDescription => ({
  name: 'file',
  title: 'File',
  type: 'text',
  hint,
  required: true,
  positional: true,
})

const replace = (hint: string): ParameterDescription => ({ name: 'replace', title: 'Replace', type: 'boolean', hint })

/** Everything that is kept, from one data folder to another. */
export const vaultTransferCommands: CommandsOf<'vault export' | 'vault import'> = {
  'vault export': {
    description: {
      id: 'vault export',
      title: 'Export the vault',
      summary: 'Write all secrets and kept tokens into one file, sealed by a passphrase.',
      parameters: [
        file('Where to write it.'),
        passphrase,
        replace('Whether a file that is there already may be replaced.'),
      ],
    },
    async run(context, given) {
      // Loaded only here: help reads this file at every start of the command line.
      const { exportVault } = await import('./transfer-vault.ts')
      return exportVault(context, given)
    },
  },
  'vault import': {
    description: {
      id: 'vault import',
      title: 'Import a vault',
      summary: 'Add what an exported vault holds; what is here already stays.',
      parameters: [
        file('The exported file.'),
        passphrase,
        replace('Replaces what is here already, except tokens that were refreshed here since.'),
      ],
    },
    async run(context, given) {
      const { importVault } = await import('./transfer-vault.ts')
      return importVault(context, given)
    },
  },
}
