import type { ParameterDescription } from '../../contract/description.ts'
import type { RunFilter } from '../history/list-runs.ts'
import { maximumNoteCharacters } from '../history/annotation.ts'
import type { CommandsOf } from './command.ts'

const usualLimit = 100

const runId: ParameterDescription = {
  name: 'run_id',
  title: 'Run',
  type: 'text',
  hint: 'The id of the run, as history list shows it.',
  required: true,
  positional: true,
}

const listParameters: ParameterDescription[] = [
  {
    name: 'limit',
    title: 'How many',
    type: 'integer',
    hint: 'How many runs to list at most.',
    default: usualLimit,
    minimum: 1,
    maximum: 10_000,
  },
  { name: 'profile', title: 'Profile', type: 'text', hint: 'Only runs with this profile.' },
  { name: 'operation', title: 'Operation', type: 'text', hint: 'Only runs of this operation.' },
  {
    name: 'outcome',
    title: 'Outcome',
    type: 'choice',
    hint: 'Only runs that ended so.',
    choices: ['running', 'succeeded', 'failed', 'cancelled', 'needs-person'].map((value) => ({ value, title: value })),
  },
  { name: 'pinned', title: 'Pinned', type: 'boolean', hint: 'Only pinned runs, or only the others.' },
]

type HistoryCommand = 'history list' | 'history note' | 'history pin' | 'history delete' | 'history clear'

/** Recorded runs. */
export const historyCommands: CommandsOf<HistoryCommand> = {
  'history list': {
    description: {
      id: 'history list',
      title: 'List runs',
      summary: 'List the recorded runs, newest first.',
      parameters: listParameters,
    },
    run: async ({ history }, { limit = usualLimit, ...wanted }) =>
      (await history.list(limit, wanted satisfies RunFilter)).runs,
  },
  'history note': {
    description: {
      id: 'history note',
      title: 'Write a note',
      summary: 'Write a note beside a run; an empty one takes it away.',
      parameters: [
        runId,
        {
          name: 'note',
          title: 'Note',
          type: 'text',
          hint: `What to remember, at most ${maximumNoteCharacters} characters.`,
          positional: true,
          mayBeEmpty: true,
        },
      ],
    },
    // SECURITY: somebody may paste a whole token answer: what looks like a secret is masked as in a run.
    async run({ history, mask, runs }, { run_id, note = '' }) {
      runs.refuseOpened([run_id])
      return history.annotate(run_id, { note: await mask(note) })
    },
  },
  'history pin': {
    description: {
      id: 'history pin',
      title: 'Pin a run',
      summary: 'Keep a run until it is deleted by hand, or let it go again.',
      parameters: [
        runId,
        { name: 'pinned', title: 'Pinned', type: 'boolean', hint: 'Whether it is to stay.', default: true },
      ],
    },
    async run({ history, runs }, { run_id, pinned = true }) {
      runs.refuseOpened([run_id])
      return history.annotate(run_id, { pinned })
    },
  },
  'history delete': {
    description: {
      id: 'history delete',
      title: 'Delete runs',
      summary: 'Delete runs with everything recorded of them.',
      parameters: [
        {
          name: 'run_ids',
          title: 'Runs',
          type: 'list',
          hint: 'The ids of the runs, as history list shows them.',
          required: true,
          positional: true,
        },
      ],
    },
    async run({ history, runs }, { run_ids }) {
      runs.refuseOpened(run_ids)
      const deleted = await history.remove(run_ids)
      runs.forget(run_ids)
      return { deleted }
    },
  },
  'history clear': {
    description: {
      id: 'history clear',
      title: 'Clear history',
      summary: 'Delete every run that is neither pinned nor under way.',
      destructive: true,
      parameters: [],
    },
    run: async ({ history }) => ({ deleted: await history.clear() }),
  },
}
