import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProblemError } from '../problems/problem-error.ts'
import { compareSnapshots } from './compare-snapshots.ts'
import { createSnapshotStore } from './snapshot-store.ts'
import { readSnapshot, type Snapshot, textOfSnapshot } from './snapshot.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-snapshots-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const issuer = 'https://as.test'
const snapshot = (minute: number, change: Partial<Snapshot> = {}): Snapshot => ({
  issuer,
  takenAt: new Date(Date.UTC(2026, 10, 21, 10, minute)).toISOString(),
  document: { issuer, token_endpoint: `${issuer}/token` },
  ...change,
})
const filesIn = async () => {
  const [only, ...others] = await readdir(join(folder, 'snapshots'))
  expect(others).toEqual([])
  return readdir(join(folder, 'snapshots', only!))
}

test('a snapshot is kept when something changed, and only the last ones', async () => {
  const store = createSnapshotStore(folder)
  expect(await store.last(issuer)).toBeUndefined()
  await store.keep(snapshot(0))
  await store.keep(snapshot(1))
  expect(await filesIn()).toHaveLength(1)
  expect(await store.last(issuer)).toEqual(snapshot(0))
  for (let minute = 2; minute < 30; minute++) await store.keep(snapshot(minute, { document: { issuer, minute } }))
  expect(await filesIn()).toHaveLength(20)
  expect(await createSnapshotStore(folder).last(issuer)).toMatchObject({ document: { minute: 29 } })
  expect((await stat(join(folder, 'snapshots'))).mode & 0o777).toBe(0o700)
})

test('a broken file is passed over, and a disk that refuses fails nothing', async () => {
  const store = createSnapshotStore(folder)
  await store.keep(snapshot(0))
  const [name] = await readdir(join(folder, 'snapshots'))
  await writeFile(join(folder, 'snapshots', name!, '20270101T000000000Z.json'), '{"half')
  expect(await store.last(issuer)).toEqual(snapshot(0))
  await createSnapshotStore('/dev/null/x').keep(snapshot(0))
})

test('keys count where both know them', () => {
  const before = snapshot(0, { keys: ['a', 'b'] })
  expect(compareSnapshots(before, snapshot(1))).toEqual([])
  expect(compareSnapshots(before, snapshot(1, { keys: ['b', 'a'] }))).toEqual([])
  expect(compareSnapshots(before, snapshot(1, { keys: ['b', 'c'] }))).toMatchObject([{ kind: 'changed' }])
  const signed = { document: { ...before.document, signed_metadata: 'eyJ…' } }
  expect(compareSnapshots(before, snapshot(1, signed))).toEqual([])
})

const problemOf = (text: string) => {
  try {
    return readSnapshot(text, 'x.json')
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : error
  }
}

test('a file is a snapshot, or a plain document', () => {
  expect(readSnapshot(textOfSnapshot(snapshot(0, { keys: ['a'] })), 'x.json')).toEqual(snapshot(0, { keys: ['a'] }))
  expect(problemOf('{"issuer":"https://as.test","a":1}')).toEqual({ issuer, takenAt: '', document: { issuer, a: 1 } })
  expect(problemOf('<html>')).toBe('file-invalid')
  expect(problemOf('[1]')).toBe('file-invalid')
  expect(problemOf('{"grantlab":"metadata-snapshot","version":2}')).toBe('file-newer')
  expect(problemOf('{"grantlab":"metadata-snapshot","version":1}')).toBe('file-invalid')
})
