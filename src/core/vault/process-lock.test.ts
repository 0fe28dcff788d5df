import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import { ownMark } from './process-id.ts'
import { createProcessLock } from './process-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-locks-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const soon = { patienceMs: 30 }
const long = { patienceMs: 20_000 }
const { machine, pid, start } = ownMark()

/** Leaves a lock's file as another process would. */
async function leaveFile(name: string): Promise<string> {
  await mkdir(join(folder, 'vault'), { recursive: true })
  const path = join(folder, 'vault', name)
  await writeFile(path, '')
  return path
}

test('one holds at a time, and nothing stays behind', async () => {
  const locks = [1, 2, 3].map(() => createProcessLock(folder))
  let holders = 0
  const holding = locks.flatMap((lock) =>
    Array.from({ length: 10 }, () =>
      lock.hold('vault', long, async () => {
        expect(++holders).toBe(1)
        await new Promise(setImmediate)
        holders--
      }),
    ),
  )
  await Promise.all(holding)
  expect(await readdir(join(folder, 'vault'))).toEqual([])
})

test('whoever waits too long is told who holds, and a failure lets go', async () => {
  const [one, other] = [createProcessLock(folder), createProcessLock(folder)]
  const failing = one.hold('vault', long, async () => {
    const found = await problemOfWork(other.hold('vault', soon, async () => undefined))
    expect(found).toMatchObject({ code: 'vault-locked', detail: expect.stringContaining(String(process.pid)) })
    expect(await other.hold('another name', soon, async () => 'free')).toBe('free')
    throw new Error('failed')
  })
  await expect(failing).rejects.toThrow('failed')
  expect(await other.hold('vault', soon, async () => 'held')).toBe('held')
})

test('a wait can be cancelled', async () => {
  const [one, other] = [createProcessLock(folder), createProcessLock(folder)]
  const abort = new AbortController()
  await one.hold('vault', long, async () => {
    const waiting = other.hold('vault', { ...long, signal: abort.signal }, async () => undefined)
    abort.abort(new Error('stop'))
    await expect(waiting).rejects.toThrow('stop')
  })
  expect(await other.hold('vault', soon, async () => 'held')).toBe('held')
})

const random = '0123456789abcdef'

test('what a process that ended left behind holds nobody up', async () => {
  const { pid: ended } = spawnSync(process.execPath, ['--version'])
  const left = [
    `${machine}-${ended}-0-${random}`,
    // The same id, given to another program since.
    ...(start > 0 ? [`${machine}-${pid}-${start + 1}-${random}`] : []),
  ]
  for (const name of left) await leaveFile(name)
  const old = await leaveFile(`${'0'.repeat(12)}-1-0-${random}`)
  await utimes(old, 0, 0)
  expect(await createProcessLock(folder).hold('vault', soon, async () => 'held')).toBe('held')
  expect(await readdir(join(folder, 'vault'))).toEqual([])
})

test('another machine that shares the folder holds as long as it touches its file', async () => {
  await leaveFile(`${'0'.repeat(12)}-1-0-${random}`)
  expect((await problemOfWork(createProcessLock(folder).hold('vault', soon, async () => undefined))).code).toBe(
    'vault-locked',
  )
})

test('files that are no locks are left alone', async () => {
  await leaveFile('notes.txt')
  expect(await createProcessLock(folder).hold('vault', soon, async () => 'held')).toBe('held')
  expect(await readdir(join(folder, 'vault'))).toEqual(['notes.txt'])
})
