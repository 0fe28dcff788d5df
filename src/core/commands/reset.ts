import type { ResetPart } from '../../contract/settings.ts'
import { removeDataFolder } from '../files/remove-data-folder.ts'
import type { CommandsOf } from './command.ts'

/** Everything Grantlab keeps outside of workspaces. */
export const resetCommands: CommandsOf<'reset'> = {
  reset: {
    description: {
      id: 'reset',
      title: 'Remove everything',
      summary: 'Remove secrets, tokens, the keychain entry, history and settings; workspaces stay.',
      destructive: true,
      parameters: [
        {
          name: 'dry_run',
          title: 'Only say what',
          type: 'boolean',
          hint: 'Say what would be removed and remove nothing.',
          default: false,
        },
      ],
    },
    async run({ ports, runs, log }, { dry_run: dryRun = false }): Promise<ResetPart[]> {
      if (!dryRun) {
        await runs.close()
        await log.flush()
      }
      // The keychain first: whoever is interrupted here can ask again, while a key that nothing names stays for ever.
      return [await ports.vault.erase(dryRun), ...(await removeDataFolder(ports.dataFolder, dryRun))]
    },
  },
}
