import { problem } from '../problems/problem-error.ts'
import type { CommandsOf } from './command.ts'

/** The workspace folder. */
export const workspaceCommands: CommandsOf<'workspace show' | 'workspace open' | 'workspace choose'> = {
  'workspace show': {
    description: {
      id: 'workspace show',
      title: 'Show the workspace',
      summary: 'Show the folders in use, and the workspaces opened before.',
      parameters: [],
    },
    run: ({ workspace }) => workspace.facts(),
  },
  'workspace open': {
    description: {
      id: 'workspace open',
      title: 'Open a workspace',
      summary: 'Open a folder as workspace; a window opens it again at its next start. Runs nothing.',
      parameters: [
        {
          name: 'folder',
          title: 'Folder',
          type: 'text',
          hint: 'The folder that holds grantlab.yaml.',
          required: true,
          positional: true,
        },
        {
          name: 'create',
          title: 'Create',
          type: 'boolean',
          hint: 'Make the folder and its grantlab.yaml where they are missing.',
          default: false,
        },
      ],
    },
    run: ({ workspace }, { folder, create = false }) => workspace.open(folder, create),
  },
  'workspace choose': {
    description: {
      id: 'workspace choose',
      title: 'Choose a folder',
      summary: 'Ask for a folder in a dialog of the system; empty when none was chosen.',
      parameters: [],
    },
    async run({ ports }) {
      if (ports.chooseFolder) return { folder: (await ports.chooseFolder()) ?? '' }
      throw problem('needs-person', 'There is no dialog for folders here.', {
        whatToDo: ['Type the path of the folder (workspace open).'],
      })
    },
  },
}
