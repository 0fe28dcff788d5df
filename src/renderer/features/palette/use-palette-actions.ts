import { computed, type ComputedRef } from 'vue'
import type { OperationDescription, ParameterValues } from '../../../contract/description.ts'
import { isDestructive } from '../../../contract/destructive.ts'
import { sequenceOf } from '../../../contract/sequence.ts'
import { useDialogs } from '../../stores/dialogs.ts'
import { useEngineDescription } from '../../stores/engine-description.ts'
import { useManagement } from '../../stores/management.ts'
import { useNotice } from '../../stores/notice.ts'
import { usePlaces } from '../../stores/places.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useProfiles } from '../../stores/profiles.ts'
import { useRunForm } from '../../stores/run-form.ts'
import { useRuns } from '../../stores/runs.ts'
import { useSecrets } from '../../stores/secrets.ts'
import { useSelection } from '../../stores/selection.ts'
import { useSharing } from '../../stores/sharing.ts'
import { useWelcome } from '../../stores/welcome.ts'
import type { PaletteAction } from './matching-actions.ts'
import { useBenchActions } from './use-bench-actions.ts'
import { useClientActions } from './use-client-actions.ts'
import { usePlaceActions, useWindowActions } from './use-window-actions.ts'

/** So many earlier runs stand near the top. */
const mostLatest = 4

/** Everything that can be done right now, most useful first. */
export function usePaletteActions(): ComputedRef<PaletteAction[]> {
  const history = useHistoryActions()
  const [latest, older] = [
    computed(() => history.value.slice(0, mostLatest)),
    computed(() => history.value.slice(mostLatest)),
  ]
  const places = usePlaceActions()
  const [bench, clients, window] = [useBenchActions(), useClientActions(), useWindowActions()]
  const own = [useRunActions(), useSharingActions(), latest, useSelectionActions(), useProfileActions()]
  const lists = [...own, bench, clients, places, older, window]
  return computed(() => lists.flatMap((list) => list.value))
}

function useRunActions(): ComputedRef<PaletteAction[]> {
  const descriptions = useEngineDescription()
  const runs = useRuns()
  const form = useRunForm()
  const secrets = useSecrets()
  const welcome = useWelcome()
  const notice = useNotice()
  const places = usePlaces()
  const management = useManagement()
  const copyToken = async (fingerprint: string) => {
    try {
      await navigator.clipboard.writeText(await secrets.reveal(fingerprint))
      notice.tell('Access token copied')
    } catch (error) {
      notice.tell(`Access token not copied: ${toProblem(error).detail}`)
    }
  }
  const isOffered = ({ id, vendorMethod: method }: OperationDescription) =>
    // A dialog of its own stands for it.
    id !== 'register' &&
    (method === undefined || management.vendor === undefined || management.vendor.methods.includes(method))
  const run = (id: string) => {
    places.go('run')
    welcome.pass()
    form.chooseOperation(id)
    if (form.missing.length === 0 && form.operation && runsAtOnce(form.operation, form.effective)) void form.run()
  }
  return computed(() => {
    const current = runs.current
    // Nobody here ever had the values of a capsule.
    const token =
      current?.origin?.kind === 'capsule' ? undefined : current?.tokens.findLast(({ kind }) => kind === 'access_token')
    const cancel = { id: 'cancel', group: 'Run', title: 'Cancel', hint: 'Ctrl .' }
    const copy = { id: 'copy', group: 'Copy', title: 'access token' }
    return [
      ...(current?.outcome === 'running' ? [{ ...cancel, act: () => void runs.cancel(current.id) }] : []),
      ...(token ? [{ ...copy, act: () => void copyToken(token.fingerprint) }] : []),
      ...descriptions.operations.filter(isOffered).map(({ id, title, summary }) => ({
        id: `run ${id}`,
        group: 'Run',
        title,
        hint: summary,
        act: () => run(id),
      })),
    ]
  })
}

/** Handing on the shown run, without its secrets. */
function useSharingActions(): ComputedRef<PaletteAction[]> {
  const runs = useRuns()
  const sharing = useSharing()
  const forms = [
    ['capsule', 'Share without secrets…'],
    ['ticket', 'Copy for a ticket…'],
    ['har', 'Save as HAR…'],
  ] as const
  return computed(() => {
    const { current } = runs
    if (!current || current.outcome === 'running') return []
    return forms.map(([form, title]) => ({
      id: `share ${form}`,
      group: 'This run',
      title,
      act: () => sharing.ask([current.id], form),
    }))
  })
}

/** What makes or takes away something at a server is looked at first. */
function runsAtOnce(operation: OperationDescription, values: ParameterValues): boolean {
  return !isDestructive(operation, values) && (operation.group !== 'clients' || operation.browsing === true)
}

function useSelectionActions(): ComputedRef<PaletteAction[]> {
  const runs = useRuns()
  const selection = useSelection()
  const places = usePlaces()
  return computed(() => {
    const { current } = runs
    if (!current || places.place !== 'run') return []
    return sequenceOf(current).entries.flatMap((entry) => {
      const act = () => selection.choose(entry.target)
      if (entry.kind === 'step') {
        return entry.state === 'planned' ? [] : [{ id: entry.target, group: 'Step', title: entry.title, act }]
      }
      const [question, answer] = entry.arrows
      return [
        {
          id: entry.target,
          group: entry.number ? `Request ${entry.number}` : 'Message',
          title: question!.text,
          hint: answer?.text ?? '',
          act,
        },
      ]
    })
  })
}

function useProfileActions(): ComputedRef<PaletteAction[]> {
  const profiles = useProfiles()
  const dialogs = useDialogs()
  const welcome = useWelcome()
  return computed(() => [
    ...profiles.list
      .filter((profile) => !profile.problem)
      .map(({ name, title, issuer }) => ({
        id: `profile ${name}`,
        group: 'Profile',
        title,
        hint: issuer,
        act: () => {
          welcome.pass()
          void profiles.choose(name)
        },
      })),
    { id: 'new-profile', group: 'Profile', title: 'New profile…', act: () => dialogs.show('new-profile') },
  ])
}

function useHistoryActions(): ComputedRef<PaletteAction[]> {
  const runs = useRuns()
  const form = useRunForm()
  const places = usePlaces()
  const open = (runId: string) => {
    places.go('run')
    void form.open(runId)
  }
  return computed(() =>
    runs.earlier
      .filter(({ runId }) => runId !== runs.current?.id)
      .map(({ runId, number, title, outcome }) => ({
        id: `show ${runId}`,
        group: `Open run ${number}`,
        title,
        hint: outcome,
        act: () => open(runId),
      })),
  )
}
