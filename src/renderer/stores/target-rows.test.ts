import { expect, it } from 'vitest'
import { problemOf } from '../../contract/problem.ts'
import { emptyRun, type Run } from '../../contract/run.ts'
import { countsOf, leftOf, targetRowsOf } from './target-rows.ts'

const targets = ['a', 'b', 'c'].map((id) => ({ id, title: `Client ${id}` }))
const refused = problemOf('management-refused', 'The server answered 500.')

function runWith(told: Run['targets'], more: Partial<Run> = {}): Run {
  return { ...emptyRun('run-1'), outcome: 'failed', targets: told, ...more }
}
const finished = (target: string, outcome: Run['targets'][number]['outcome'], more = {}) => ({
  target,
  title: target,
  outcome,
  exchange: null,
  ...more,
})

it('waits while the run goes on, and is not tried when it ended without it', () => {
  const told = [finished('a', 'done')]
  const outcomes = (run: Run) => targetRowsOf(targets, [run]).map(({ outcome }) => outcome)
  expect(outcomes(runWith(told, { outcome: 'running' }))).toEqual(['done', 'waiting', 'waiting'])
  expect(outcomes(runWith(told, { outcome: 'cancelled' }))).toEqual(['done', 'untried', 'untried'])
  expect(targetRowsOf(targets, []).every(({ outcome }) => outcome === 'waiting')).toBe(true)
})

it('keeps what an earlier run did, and a second try says how it went then', () => {
  const first = runWith([finished('a', 'done'), finished('b', 'failed', { problem: refused }), finished('c', 'absent')])
  const rows = targetRowsOf(targets, [first])
  expect(leftOf(rows).map(({ id }) => id)).toEqual(['b'])
  expect(countsOf(rows, 'revoked')).toBe('1 revoked, 1 was gone before, 1 failed')
  const again = targetRowsOf(targets, [first, runWith([finished('b', 'done')], { id: 'run-2' })])
  expect(again.map(({ outcome, title, problem }) => [outcome, title, problem])).toEqual([
    ['done', 'Client a', undefined],
    ['done', 'Client b', undefined],
    ['absent', 'Client c', undefined],
  ])
})

it('takes the outcome of the run for one that no run told of', () => {
  const [one] = targets
  const failed = targetRowsOf([one!], [runWith([], { problem: refused })])
  expect(failed).toEqual([{ id: 'a', title: 'Client a', outcome: 'failed', problem: refused, runId: 'run-1' }])
  expect(targetRowsOf([one!], [runWith([], { outcome: 'succeeded' })])[0]!.outcome).toBe('done')
})
