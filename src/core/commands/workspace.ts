import type { CommandsOf } from './command.ts'

/** The workspace folder. */
export const workspaceCommands: CommandsOf<'workspace show'> = {
  'workspace show': {
    description: {
      id: 'workspace show',
      title: 'Show the workspace',
      summary: 'Show the folders in use.',
      parameters: [],
    },
    run: async ({ workspace, ports }) => ({ folder: await workspace.folder(), dataFolder: ports.dataFolder }),
  },
}
