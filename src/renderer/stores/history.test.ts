import { beforeEach, expect, it } from 'vitest'
import { createFakeEngine, type FakeEngine } from '../dev/fake-engine.ts'
import { succeeded } from '../dev/recordings/authorization-code.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useHistory } from './history.ts'
import { useRuns } from './runs.ts'

let engine: FakeEngine
let using: ReturnType<typeof storesOver>
beforeEach(() => {
  engine = createFakeEngine()
  using = storesOver(engine)
  for (const number of [1, 2, 3]) {
    const runId = `run-${number}`
    engine.record(runId, succeeded({ runId, number, startedAt: Date.now() }))
  }
})
const ids = () => using(useHistory).list.map(({ runId }) => runId)

it('keeps notes and pins with their run', async () => {
  const history = using(useHistory)
  await history.load()
  await history.note('run-2', 'ticket 871')
  await history.pin('run-2', true)
  expect(history.list[1]).toMatchObject({ runId: 'run-2', note: 'ticket 871', pinned: true })
  await history.load()
  expect(history.list[1]).toMatchObject({ note: 'ticket 871', pinned: true })
})

it('takes deleted runs away everywhere, also the one that is shown', async () => {
  const [history, runs] = [using(useHistory), using(useRuns)]
  await runs.show('run-3')
  expect(await history.remove(['run-1'])).toBe(1)
  expect(runs.current?.id).toBe('run-3')
  await history.remove(['run-3'])
  expect([ids(), runs.history.map(({ runId }) => runId), runs.current]).toEqual([['run-2'], ['run-2'], undefined])
})

it('clears all that is not pinned', async () => {
  const history = using(useHistory)
  await history.pin('run-2', true)
  expect(await history.clear()).toBe(2)
  expect(ids()).toEqual(['run-2'])
})

it('counts only the last of several readings', async () => {
  const history = using(useHistory)
  const answers: ((runs: []) => void)[] = []
  engine.runCommand = () => new Promise((resolve) => answers.push(resolve))
  const [first, second] = [history.load(), history.load()]
  answers[1]!([])
  await second
  answers[0]!([{ runId: 'stale' }] as never)
  await first
  expect(ids()).toEqual([])
})

it('keeps what it has and says why, when it cannot be read', async () => {
  const history = using(useHistory)
  await history.load()
  engine.runCommand = () => Promise.reject(new Error('no folder'))
  await history.load()
  expect(history.problem?.detail).toBe('no folder')
  expect(ids()).toHaveLength(3)
})
