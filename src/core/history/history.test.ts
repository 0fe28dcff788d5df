import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunEvent } from '../../contract/events.ts'
import type { Problem } from '../../contract/problem.ts'
import { runOf } from '../../contract/run.ts'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import { createHistory } from './history.ts'
import { finishedEvent, middleEvent, startedEvent } from './testing/run-events.ts'

let dataFolder: string
beforeEach(async () => {
  dataFolder = join(await mkdtemp(join(tmpdir(), 'grantlab-history-')), 'data')
})
afterEach(() => rm(join(dataFolder, '..'), { recursive: true, force: true }))

const startedAt = new Date('2026-11-20T10:00:00.123Z')
const fileOf = (runId: string) => join(dataFolder, 'history', `20261120T100000123Z-${runId}.jsonl`)

async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

async function record(runId: string, events: RunEvent[], at = startedAt): Promise<void> {
  const file = createHistory({ dataFolder }).open(runId, at)
  for (const event of events) file.append(event)
  await file.close()
}

test('a run is read back as it was written, by another process too; only its owner can', async () => {
  const history = createHistory({ dataFolder })
  const file = history.open('run1', startedAt)
  const events = [
    startedEvent('run1'),
    ...Array.from({ length: 3000 }, (_, i) => middleEvent(i + 2, 'ü€😀')),
    finishedEvent(3002),
  ]
  for (const event of events) file.append(event)
  file.writeBody('1-response', 'masked ●●●●')
  await file.close()
  const read = await collect(createHistory({ dataFolder }).read('run1'))
  expect(read).toEqual(events)
  expect(runOf('run1', read)).toMatchObject({ number: 1, outcome: 'succeeded' })
  const modes = await Promise.all(
    [
      join(dataFolder, 'history'),
      fileOf('run1'),
      fileOf('run1').replace('.jsonl', ''),
      fileOf('run1').replace('.jsonl', '/body-1-response.txt'),
    ].map(async (path) => (await stat(path)).mode & 0o777),
  )
  expect(modes.map((mode) => mode.toString(8))).toEqual(['700', '600', '700', '600'])
})

test('a live run can be read before it is closed, and bodies by slices of characters', async () => {
  const history = createHistory({ dataFolder })
  const file = history.open('live', startedAt)
  file.append(startedEvent('live'))
  expect(await collect(history.read('live'))).toHaveLength(1)
  const text = 'äöü😀'.repeat(100_000)
  file.writeBody('1-response', text)
  file.append(middleEvent(2))
  expect(await history.readBody('live', '1-response', { offset: 499_990, length: 100 })).toEqual({
    text: text.slice(499_990),
    characters: 500_000,
  })
  expect((await history.readBody('live', '1-response', { offset: 1, length: 2 })).text).toBe('öü')
  expect((await history.readBody('live', '1-response', { offset: 900_000, length: 2 })).text).toBe('')
  for (const range of [
    { offset: -1, length: 1 },
    { offset: 0, length: -5 },
    { offset: 0.5, length: 1 },
  ]) {
    expect(await problemOfWork(history.readBody('live', '1-response', range))).toMatchObject({
      code: 'parameter-invalid',
    })
  }
  expect(await problemOfWork(history.readBody('live', '2-response', { offset: 0, length: 1 }))).toMatchObject({
    code: 'run-not-found',
  })
  expect((await history.list(10)).runs[0]).toMatchObject({ runId: 'live', outcome: 'running' })
  await file.close()
})

test('events reach the disk without a close', async () => {
  const file = createHistory({ dataFolder }).open('slow', startedAt)
  file.append(startedEvent('slow'))
  const onDisk = () => readFile(fileOf('slow'), 'utf8').catch(() => '')
  while ((await onDisk()) === '') await new Promise(setImmediate)
  expect(await onDisk()).toBe(`${JSON.stringify(startedEvent('slow'))}\n`)
  await file.close()
})

test('a last line that was cut off anywhere, even within a character, is left out', async () => {
  const events = [startedEvent('torn'), middleEvent(2), middleEvent(3, 'ü')]
  await record('torn', events)
  const whole = (await stat(fileOf('torn'))).size
  const last = Buffer.byteLength(`${JSON.stringify(events[2])}\n`)
  for (let cut = 2; cut <= last; cut++) {
    await truncate(fileOf('torn'), whole - cut)
    const problems: Problem[] = []
    expect(await collect(createHistory({ dataFolder }).read('torn', (one) => problems.push(one)))).toEqual(
      events.slice(0, 2),
    )
    expect(problems).toEqual([])
    expect((await createHistory({ dataFolder }).list(1)).runs[0]).toMatchObject({
      title: 'Discover',
      outcome: 'failed',
    })
  }
  await truncate(fileOf('torn'), whole - last - 1)
  expect(await collect(createHistory({ dataFolder }).read('torn'))).toEqual(events.slice(0, 2))
})

test('a broken line in the middle is told with its place and loses no other', async () => {
  await record('broken', [startedEvent('broken'), middleEvent(2)])
  await appendFile(fileOf('broken'), `{"half\n[]\n${JSON.stringify(finishedEvent(5))}\n`)
  const problems: Problem[] = []
  const history = createHistory({ dataFolder })
  expect((await collect(history.read('broken', (one) => problems.push(one)))).map(({ seq }) => seq)).toEqual([1, 2, 5])
  expect(problems.map(({ code, place }) => [code, place?.line])).toEqual([
    ['file-invalid', 3],
    ['file-invalid', 4],
  ])
  expect((await history.list(5)).runs[0]).toMatchObject({ outcome: 'succeeded' })
})

test('a newer format is listed and not opened; what is no run is told', async () => {
  await mkdir(join(dataFolder, 'history'), { recursive: true })
  await writeFile(fileOf('newer'), `${JSON.stringify({ ...startedEvent('newer'), format: 2 })}\n`)
  await writeFile(fileOf('noise'), 'hello\n')
  await writeFile(fileOf('empty'), '')
  await mkdir(fileOf('folder'))
  for (const name of ['notes.txt', '.hidden', '20261120T100000123Z-a b.jsonl', 'x-run.jsonl']) {
    await writeFile(join(dataFolder, 'history', name), 'x')
  }
  const history = createHistory({ dataFolder })
  const { runs, problems } = await history.list(10)
  expect(runs.map(({ runId, title }) => [runId, title])).toEqual([
    ['noise', 'This run cannot be read'],
    ['newer', 'Discover'],
    ['folder', 'This run cannot be read'],
    ['empty', 'This run cannot be read'],
  ])
  expect(problems.map(({ problem }) => problem.code)).toEqual([
    'file-invalid',
    'file-newer',
    'data-folder-failed',
    'file-invalid',
  ])
  expect(await problemOfWork(collect(history.read('newer')))).toMatchObject({ code: 'file-newer', place: { line: 1 } })
  expect(await problemOfWork(collect(history.read('noise')))).toMatchObject({
    code: 'file-invalid',
    place: { line: 1 },
  })
  expect(await problemOfWork(collect(history.read('folder')))).toMatchObject({ code: 'data-folder-failed' })
})

test('the newest runs come first, as many as asked for, with long first and last lines', async () => {
  const long = 'x'.repeat(300_000)
  for (let hour = 0; hour < 40; hour++) {
    const runId = `run-${hour}`
    const events = [
      { ...startedEvent(runId, hour), parameters: { long } },
      middleEvent(2, long),
      finishedEvent(3, 'cancelled', long),
    ]
    await record(
      runId,
      hour < 38 ? [startedEvent(runId, hour), finishedEvent(2)] : events,
      new Date(startedAt.getTime() + hour * 3_600_000),
    )
  }
  const { runs, problems } = await createHistory({ dataFolder }).list(20)
  expect(problems).toEqual([])
  expect(runs.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => 39 - index))
  expect(runs[0]).toEqual({
    runId: 'run-39',
    number: 39,
    operation: 'discover',
    title: 'Discover',
    profile: 'acme',
    startedAt: '2026-11-22T01:00:00.123Z',
    outcome: 'cancelled',
  })
  expect(runs[19]).toMatchObject({ outcome: 'succeeded' })
})

test('an empty data folder has no runs', async () => {
  const history = createHistory({ dataFolder })
  expect(await history.list(10)).toEqual({ runs: [], problems: [] })
  expect(await problemOfWork(collect(history.read('x')))).toMatchObject({ code: 'run-not-found' })
})

const hostileIds = ['../x', '..', '', 'a/b', 'a\\b', 'a.b', 'x'.repeat(65), 'a\0', 'a%2f', '*']

test.each(hostileIds)('%j names no run and no body', async (id) => {
  await record('good', [startedEvent('good'), finishedEvent(2)])
  const history = createHistory({ dataFolder })
  for (const work of [
    collect(history.read(id)),
    history.readBody(id, '1', { offset: 0, length: 1 }),
    history.readBody('good', id, { offset: 0, length: 1 }),
  ]) {
    expect(await problemOfWork(work)).toMatchObject({ code: 'run-not-found' })
  }
  expect(await problemOfWork(() => history.open(id, startedAt))).toMatchObject({ code: 'run-not-found' })
})

test('an id that ends like another names only its own run', async () => {
  await record('b', [startedEvent('b'), finishedEvent(2)])
  expect(await problemOfWork(collect(createHistory({ dataFolder }).read('123Z-b')))).toMatchObject({
    code: 'run-not-found',
  })
  await record('a-b', [startedEvent('a-b'), finishedEvent(2)])
  expect((await collect(createHistory({ dataFolder }).read('b')))[0]).toMatchObject({ runId: 'b' })
})

test('numbers are taken once each, by many histories at once, and old marks are taken away', async () => {
  const histories = Array.from({ length: 3 }, () => createHistory({ dataFolder }))
  const numbers = await Promise.all(Array.from({ length: 150 }, (_, index) => histories[index % 3]!.nextNumber()))
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, index) => index + 1))
  await createHistory({ dataFolder }).nextNumber()
  expect((await readdir(join(dataFolder, 'history', 'numbers'))).length).toBeLessThanOrEqual(101)
})

test('a discarded run leaves nothing', async () => {
  const history = createHistory({ dataFolder })
  const file = history.open('gone', startedAt)
  file.append(startedEvent('gone'))
  file.writeBody('1-response', 'x')
  await file.flush()
  await file.discard()
  expect(await readdir(join(dataFolder, 'history'))).toEqual([])
})

test('a disk that refuses is told once, and nothing is thrown', async () => {
  await mkdir(dataFolder)
  await writeFile(join(dataFolder, 'history'), 'a file where the folder should be')
  const told: [string, string][] = []
  const history = createHistory({ dataFolder, onProblem: (runId, { code }) => told.push([runId, code]) })
  const file = history.open('run', startedAt)
  expect(file.problem).toBeUndefined()
  for (let seq = 1; seq < 2000; seq++) file.append(middleEvent(seq))
  file.writeBody('1-response', 'x')
  await file.close()
  await file.discard()
  expect(told).toEqual([['run', 'data-folder-failed']])
  expect(file.problem).toMatchObject({ code: 'data-folder-failed' })
  expect(await problemOfWork(history.nextNumber())).toMatchObject({ code: 'data-folder-failed' })
})

test('a file that is there already is never written over', async () => {
  await record('twice', [startedEvent('twice'), finishedEvent(2)])
  const before = await readFile(fileOf('twice'), 'utf8')
  const file = createHistory({ dataFolder }).open('twice', startedAt)
  file.append(middleEvent(9))
  await file.close()
  expect(file.problem).toMatchObject({ code: 'data-folder-failed' })
  expect(await readFile(fileOf('twice'), 'utf8')).toBe(before)
})

test('a run of another process is running while that lives, and cut off once it was killed', async () => {
  const program = fileURLToPath(new URL('testing/append-until-killed.ts', import.meta.url))
  const child = spawn(process.execPath, [program, dataFolder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const history = createHistory({ dataFolder })
  try {
    await once(child.stdout, 'data')
    expect((await history.list(1)).runs[0]).toMatchObject({ runId: 'killed', number: 1, outcome: 'running' })
  } finally {
    child.kill('SIGKILL')
    await ended
  }
  expect((await history.list(1)).runs[0]).toMatchObject({ runId: 'killed', outcome: 'failed' })
  expect(await collect(history.read('killed'))).toHaveLength(2)
})
