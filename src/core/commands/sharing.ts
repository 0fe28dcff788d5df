import type { ParameterDescription } from '../../contract/description.ts'
import { personalKinds } from '../../contract/sharing.ts'
import type { CommandsOf } from './command.ts'

const runIds: ParameterDescription = {
  name: 'run_ids',
  title: 'Runs',
  type: 'list',
  hint: 'The ids of the runs, as history list shows them.',
  required: true,
  positional: true,
}

const include: ParameterDescription = {
  name: 'include',
  title: 'Personal data to show',
  type: 'list',
  hint: `Kinds of personal data that are not masked: ${Object.keys(personalKinds).join(', ')}.`,
}

const note: ParameterDescription = {
  name: 'note',
  title: 'Note',
  type: 'text',
  hint: 'What the reader should know; it stands at the top.',
}

const file: ParameterDescription = {
  name: 'file',
  title: 'File',
  type: 'text',
  hint: 'Where to write it; without a file it is the answer.',
}

const replace: ParameterDescription = {
  name: 'replace',
  title: 'Replace',
  type: 'boolean',
  hint: 'Whether a file that is there already may be replaced.',
  default: false,
}

const name: ParameterDescription = {
  name: 'name',
  title: 'Name',
  type: 'text',
  hint: 'What the file is called, to tell its runs from others.',
}

const text = (title: string, hint: string): ParameterDescription => ({
  name: 'text',
  title,
  type: 'text',
  hint,
  required: true,
  positional: true,
  fromFile: true,
})

type SharingCommand = 'capsule make' | 'capsule preview' | 'capsule open' | 'share ticket' | 'har make' | 'har open'

/** The work is loaded when it is asked for: most processes hand nothing on. */
const load = () => import('../sharing/share.ts')

/** Handing runs on without their secrets, and opening what others handed on. */
export const sharingCommands: CommandsOf<SharingCommand> = {
  'capsule make': {
    description: {
      id: 'capsule make',
      title: 'Share without secrets',
      summary:
        'Write runs as one HTML file that any browser reads and Grantlab opens, without secrets and personal data.',
      parameters: [runIds, file, include, note, replace],
    },
    run: async (context, parameters) => (await load()).makeCapsuleFile(context, parameters),
  },
  'capsule preview': {
    description: {
      id: 'capsule preview',
      title: 'Preview a capsule',
      summary: 'Show exactly what a capsule of these runs would hold.',
      parameters: [runIds, include, note],
    },
    run: async (context, parameters) => (await load()).preview(context, parameters),
  },
  'capsule open': {
    description: {
      id: 'capsule open',
      title: 'Open a capsule',
      summary: 'Open a capsule as runs that can only be read.',
      parameters: [text('Capsule', 'The HTML file of the capsule, whole.'), name],
    },
    run: async (context, parameters) => (await load()).openCapsuleText(context, parameters),
  },
  'share ticket': {
    description: {
      id: 'share ticket',
      title: 'Copy for a ticket',
      summary: 'Say in at most 30 lines of Markdown what happened in a run.',
      parameters: [
        { ...runIds, name: 'run_id', title: 'Run', type: 'text', hint: 'The id of the run, as history list shows it.' },
        include,
      ],
    },
    run: async (context, parameters) => (await load()).ticket(context, parameters),
  },
  'har make': {
    description: {
      id: 'har make',
      title: 'Save as HAR',
      summary: 'Write the requests of runs as HAR 1.2, without secrets and personal data.',
      parameters: [runIds, file, include, replace],
    },
    run: async (context, parameters) => (await load()).makeHarFile(context, parameters),
  },
  'har open': {
    description: {
      id: 'har open',
      title: 'Open a HAR',
      summary: 'Open a HAR as a run that can only be read.',
      parameters: [text('HAR', 'The HAR file, whole.'), name],
    },
    run: async (context, parameters) => (await load()).openHarText(context, parameters),
  },
}
