import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import { type History, createHistory } from './history.ts'
import { finishedEvent, startedEvent } from './testing/run-events.ts'

let dataFolder: string
let history: History
beforeEach(async () => {
  dataFolder = join(await mkdtemp(join(tmpdir(), 'grantlab-keeping-')), 'data')
  history = createHistory({ dataFolder })
})
afterEach(() => rm(join(dataFolder, '..'), { recursive: true, force: true }))

const day = 86_400_000
const now = Date.parse('2026-11-21T10:00:00Z')

/** A finished run with a body, so many days ago. */
async function record(runId: string, daysAgo: number): Promise<void> {
  const file = history.open(runId, new Date(now - daysAgo * day))
  file.append(startedEvent(runId))
  file.writeBody('1-response', 'masked')
  file.append(finishedEvent(2))
  await file.close()
}

const filesOf = async () => (await readdir(join(dataFolder, 'history'))).filter((name) => name !== 'numbers').sort()
const idsOf = async () => (await history.list(100)).runs.map(({ runId }) => runId)

test('a run is noted and pinned beside its file, and lists say so', async () => {
  await record('old', 2)
  await record('new', 1)
  expect(await history.annotate('old', { note: 'Ask Kim ✓' })).toMatchObject({ runId: 'old', note: 'Ask Kim ✓' })
  expect(await history.annotate('old', { pinned: true })).toMatchObject({ note: 'Ask Kim ✓', pinned: true })
  expect((await createHistory({ dataFolder }).list(10)).runs).toMatchObject([
    { runId: 'new' },
    { runId: 'old', note: 'Ask Kim ✓', pinned: true },
  ])
  expect((await history.list(10, { pinned: true })).runs).toMatchObject([{ runId: 'old' }])
  expect((await history.list(10, { pinned: false })).runs).toMatchObject([{ runId: 'new' }])
  expect(await history.isPinned('old')).toBe(true)
  expect(await history.annotate('old', { note: '', pinned: false })).not.toHaveProperty('note')
  expect((await filesOf()).filter((name) => name.endsWith('.note.json'))).toEqual([])
})

test('a note that is too long, of no run, or of a newer version is refused and nothing is changed', async () => {
  await record('run1', 1)
  const refusals = [
    [() => history.annotate('run1', { note: 'x'.repeat(2001) }), 'parameter-invalid'],
    [() => history.annotate('nothing', { note: 'x' }), 'run-not-found'],
    [() => history.annotate('../../x', { note: 'x' }), 'run-not-found'],
  ] as const
  for (const [work, code] of refusals) expect((await problemOfWork(work())).code).toBe(code)
  const [body] = await filesOf()
  const path = join(dataFolder, 'history', `${body}.note.json`)
  await writeFile(path, '{"version":2,"note":"from later","pinned":false}')
  expect((await problemOfWork(history.annotate('run1', { note: 'x' }))).code).toBe('file-newer')
  await writeFile(path, 'half a fi')
  expect(await history.isPinned('run1')).toBe(true)
  expect(await history.annotate('run1', { note: 'again' })).toMatchObject({ note: 'again' })
})

test('lists are filtered before they are cut', async () => {
  for (const [index, runId] of ['a', 'b', 'c', 'd'].entries()) await record(runId, index)
  await history.annotate('d', { pinned: true })
  expect((await history.list(1, { pinned: true })).runs).toMatchObject([{ runId: 'd' }])
  expect((await history.list(2, { outcome: 'succeeded' })).runs).toMatchObject([{ runId: 'a' }, { runId: 'b' }])
  expect((await history.list(9, { outcome: 'failed' })).runs).toEqual([])
  expect((await history.list(9, { operation: 'no-such' })).runs).toEqual([])
})

test('deleting takes file, bodies and note, and all runs or none', async () => {
  await record('gone', 1)
  await record('stays', 2)
  await history.annotate('gone', { note: 'x' })
  expect((await problemOfWork(history.remove(['gone', 'unknown']))).code).toBe('run-not-found')
  const open = history.open('open', new Date(now))
  open.append(startedEvent('open'))
  await open.flush()
  expect((await problemOfWork(history.remove(['gone', 'open']))).code).toBe('run-running')
  expect(await idsOf()).toEqual(['open', 'gone', 'stays'])
  expect(await history.remove(['gone', 'gone'])).toBe(1)
  expect(await idsOf()).toEqual(['open', 'stays'])
  expect((await filesOf()).filter((name) => name.includes('gone'))).toEqual([])
  await open.close()
})

test('clearing leaves what is pinned and what is under way', async () => {
  for (const runId of ['a', 'pinned', 'b']) await record(runId, 1)
  await history.annotate('pinned', { pinned: true })
  const open = history.open('open', new Date(now))
  open.append(startedEvent('open'))
  await open.flush()
  expect(await history.clear()).toBe(2)
  expect(await idsOf()).toEqual(['open', 'pinned'])
  await open.close()
})

test('what is older or more than is to stay leaves, but nothing pinned', async () => {
  for (const [index, runId] of ['d0', 'd1', 'd2', 'd3', 'd4'].entries()) await record(runId, index)
  await history.annotate('d4', { pinned: true })
  expect(await history.prune({ runs: 100, days: 0 }, now)).toBe(0)
  expect(await history.prune({ runs: 3, days: 0 }, now)).toBe(1)
  expect(await idsOf()).toEqual(['d0', 'd1', 'd2', 'd4'])
  expect(await history.prune({ runs: 100, days: 1.5 }, now)).toBe(1)
  expect(await idsOf()).toEqual(['d0', 'd1', 'd4'])
})

test('a folder in the place of a note does not stop a list', async () => {
  await record('run1', 1)
  const [body] = await filesOf()
  await mkdir(join(dataFolder, 'history', `${body}.note.json`))
  expect((await history.list(5)).runs).toMatchObject([{ runId: 'run1', pinned: true }])
  expect((await problemOfWork(history.annotate('run1', { note: 'x' }))).code).toBe('file-invalid')
})
