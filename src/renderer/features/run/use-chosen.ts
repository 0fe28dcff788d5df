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

function findChosen(run: Run, target: string | undefined): Chosen {
  const [kind, id] = splitTarget(target)
  if (kind === 'exchange') {
    const exchange = run.exchanges.find((one) => one.id === id)
    if (exchange) return { kind, exchange }
  }
  if (kind === 'step') {
    const step = run.steps.find((one) => one.id === id)
    if (step) return { kind, step }
  }
  if (kind === 'message') {
    const entry = run.timeline.find((one) => one.kind === 'message' && one.message.id === id)
    if (entry?.kind === 'message') return { kind, entry }
  }
  if (kind === 'ignored') {
    const entry = run.timeline[Number(id)]
    if (entry?.kind === 'ignored') return { kind, entry }
  }
  return { kind: 'run' }
}

function splitTarget(target = ''): [kind: string, id: string] {
  const at = target.indexOf(':')
  return [target.slice(0, at), target.slice(at + 1)]
}
