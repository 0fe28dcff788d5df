import { computed, type ComputedRef } from 'vue'
import type { Exchange, Run, RunStep, TimelineEntry } from '../../../contract/run.ts'
import { useSelection } from '../../stores/selection.ts'

/** What is chosen in a run, found; `run` means nothing is, so the run's own tabs stand there. */
export type Chosen =
  | { kind: 'run' }
  | { kind: 'exchange'; exchange: Exchange }
  | { kind: 'step'; step: RunStep }
  | { kind: 'message'; entry: Extract<TimelineEntry, { kind: 'message' }> }
  | { kind: 'ignored'; entry: Extract<TimelineEntry, { kind: 'ignored' }> }

/** Finds the chosen thing of a run. */
export function useChosen(run: () => Run): ComputedRef<Chosen> {
  const selection = useSelection()
  return computed(() => findChosen(run(), selection.target))
}

const finders: Record<string, (run: Run, id: string) => Chosen | undefined> = {
  exchange(run, id) {
    const exchange = run.exchanges.find((one) => one.id === id)
    return exchange && { kind: 'exchange', exchange }
  },
  step(run, id) {
    const step = run.steps.find((one) => one.id === id)
    return step && { kind: 'step', step }
  },
  message(run, id) {
    const entry = run.timeline.find((one) => one.kind === 'message' && one.message.id === id)
    return entry?.kind === 'message' ? { kind: 'message', entry } : undefined
  },
  ignored(run, id) {
    const entry = run.timeline[Number(id)]
    return entry?.kind === 'ignored' ? { kind: 'ignored', entry } : undefined
  },
}

function findChosen(run: Run, target: string | undefined): Chosen {
  const [kind, id] = splitTarget(target)
  return finders[kind]?.(run, id) ?? { kind: 'run' }
}

function splitTarget(target = ''): [kind: string, id: string] {
  const at = target.indexOf(':')
  return [target.slice(0, at), target.slice(at + 1)]
}
