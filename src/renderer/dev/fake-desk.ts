import type { Commands, RunSummary } from '../../contract/commands.ts'
import type { VaultFacts, VaultStore } from '../../contract/kept.ts'
import { problemOf } from '../../contract/problem.ts'
import { usualSettings, type ResetPart, type SettingsFacts, type WorkspaceFacts } from '../../contract/settings.ts'
import { FakeProblemError } from './fake-problem-error.ts'

const passphrase = 'open sesame'
const details: Record<VaultStore, string> = {
  keychain: 'Secrets and tokens are sealed; their key is in the keychain.',
  passphrase: 'Secrets and tokens are sealed by your passphrase.',
  memory: 'Secrets and tokens last as long as Grantlab runs.',
}

/** Vault, settings, workspace, history and data folder of the fake engine, in memory. */
export function createFakeDesk(runs: () => RunSummary[]) {
  return { ...createFakeVault(), ...createFakeSettings(), ...createFakeWorkspace(), ...createFakeHistory(runs) }
}

/** Locked by `vault lock`, it opens with the passphrase `open sesame`; `vault use memory` leaves it absent. */
function createFakeVault() {
  let facts: VaultFacts = { state: 'ready', store: 'keychain', detail: details.keychain, whatToDo: [] }
  return {
    'vault show': () => facts,
    'vault unlock': ({ passphrase: typed }: Commands['vault unlock']['parameters']) => {
      if (facts.store === 'passphrase' && typed !== passphrase) {
        throw new FakeProblemError(problemOf('passphrase-wrong', 'This passphrase does not open what is kept here.'))
      }
      return (facts = { ...facts, state: 'ready', detail: details[facts.store] })
    },
    'vault lock': () => (facts = { ...facts, state: 'locked' }),
    'vault use': ({ store: wanted }: Commands['vault use']['parameters']) => {
      const next = wanted as VaultStore
      return (facts = {
        state: next === 'memory' ? 'absent' : 'ready',
        store: next,
        detail: details[next],
        whatToDo: [],
      })
    },
  }
}

function createFakeSettings() {
  let settings: SettingsFacts = usualSettings
  return {
    'settings show': () => settings,
    'settings save': ({ values }: Commands['settings save']['parameters']) => {
      if (values.proxy && !URL.canParse(String(values.proxy))) {
        throw new FakeProblemError(problemOf('parameter-invalid', 'proxy: It wants an address.'))
      }
      return (settings = { ...settings, ...values })
    },
  }
}

function createFakeWorkspace() {
  const own = '/data/workspace'
  let facts: WorkspaceFacts = { folder: own, dataFolder: '/data', isOwn: true, recent: [] }
  const partsWith = (outcome: ResetPart['outcome']): ResetPart[] => [
    { part: 'vault', detail: 'Kept secrets and tokens', outcome },
    { part: 'history', detail: '14 runs', outcome },
    { part: 'log', detail: 'No log', outcome: 'nothing-there' },
    { part: 'workspace', detail: own, outcome: 'stays' },
  ]
  return {
    'workspace show': () => facts,
    'workspace open': ({ folder, create }: Commands['workspace open']['parameters']) => {
      if (folder.includes('empty') && !create) {
        throw new FakeProblemError(problemOf('file-invalid', `${folder} holds no grantlab.yaml.`))
      }
      const recent = [{ folder, openedAt: new Date().toISOString() }, ...facts.recent]
      return (facts = { ...facts, folder, isOwn: folder === own, recent })
    },
    'diagnostics show': () => ({ text: 'Grantlab 0.1.0\nVault: ready, keychain\n' }),
    reset: ({ dry_run: dryRun }: Commands['reset']['parameters']) => partsWith(dryRun ? 'would-be-removed' : 'removed'),
  }
}

function createFakeHistory(runs: () => RunSummary[]) {
  const written = new Map<string, Pick<RunSummary, 'note' | 'pinned'>>()
  const gone = new Set<string>()
  const list = () =>
    runs()
      .filter(({ runId }) => !gone.has(runId))
      .map((run) => ({ ...run, ...written.get(run.runId) }))
  const write = (runId: string, more: Pick<RunSummary, 'note' | 'pinned'>): RunSummary => {
    written.set(runId, { ...written.get(runId), ...more })
    const found = list().find((run) => run.runId === runId)
    if (!found) throw new FakeProblemError(problemOf('run-not-found', `There is no run ${runId}.`))
    return found
  }
  const remove = (ids: string[]) => {
    ids.forEach((id) => gone.add(id))
    return { deleted: ids.length }
  }
  return {
    'history list': () => list(),
    'history note': ({ run_id: id, note }: Commands['history note']['parameters']) => write(id, { note }),
    'history pin': ({ run_id: id, pinned = true }: Commands['history pin']['parameters']) => write(id, { pinned }),
    'history delete': ({ run_ids: ids }: Commands['history delete']['parameters']) => remove(ids),
    'history clear': () =>
      remove(
        list()
          .filter(({ pinned }) => !pinned)
          .map(({ runId }) => runId),
      ),
  }
}
