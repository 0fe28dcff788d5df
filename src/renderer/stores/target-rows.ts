import type { Problem } from '../../contract/problem.ts'
import type { Run } from '../../contract/run.ts'

/** One of several things that something is to be done to. */
export interface Target {
  /** its id at the server */
  id: string
  title: string
  /** what the operation takes for it, where that is not its id */
  sent?: string
}

/** How it went with one of them. `untried`: it was not its turn, or not any more. */
export interface TargetRow extends Target {
  outcome: 'waiting' | 'untried' | 'done' | 'absent' | 'failed' | 'unknown'
  problem?: Problem
  /** the run that says so */
  runId?: string
}

/** How it went with each target; runs in order, what a later one says counts. */
export function targetRowsOf(targets: readonly Target[], runs: readonly Run[]): TargetRow[] {
  const told = new Map<string, TargetRow>()
  for (const run of runs) {
    for (const { target, title, outcome, problem } of run.targets) {
      told.set(target, { id: target, title, outcome, runId: run.id, ...(problem ? { problem } : {}) })
    }
  }
  const last = runs.at(-1)
  return targets.map((target) => ({
    ...(told.get(target.id) ?? silent(target, targets.length, last)),
    ...titled(target),
  }))
}

/** A target that no run told of; one alone has the problem of its run. */
function silent(target: Target, count: number, last: Run | undefined): TargetRow {
  if (!last || last.outcome === 'running') return { ...target, outcome: 'waiting' }
  if (count === 1 && last.outcome === 'succeeded') return { ...target, outcome: 'done', runId: last.id }
  if (count > 1 || !last.problem || last.outcome === 'cancelled') return { ...target, outcome: 'untried' }
  return { ...target, outcome: 'failed', problem: last.problem, runId: last.id }
}

/** A target is told by the name it has here; the rows of a run know it by its id. */
const titled = ({ id, title, sent }: Target) => ({ id, title, ...(sent === undefined ? {} : { sent }) })

/** The targets that are to be tried once more: all that are not certainly gone. */
export function leftOf(rows: readonly TargetRow[]): TargetRow[] {
  return rows.filter(({ outcome }) => outcome !== 'done' && outcome !== 'absent' && outcome !== 'waiting')
}

/** How many went in each way, in words: `10 revoked, 1 was gone before, 1 failed`. */
export function countsOf(rows: readonly TargetRow[], done: string): string {
  const count = (wanted: TargetRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length
  const absent = count('absent')
  const told: [number, string][] = [
    [count('done'), done],
    [absent, absent === 1 ? 'was gone before' : 'were gone before'],
    [count('failed'), 'failed'],
    [count('unknown'), 'unknown'],
    [count('untried'), 'not tried'],
  ]
  return told.flatMap(([number, words]) => (number > 0 ? [`${number.toLocaleString('en')} ${words}`] : [])).join(', ')
}
