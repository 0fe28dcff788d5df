import { randomBytes, randomInt } from 'node:crypto'
import { mkdir, open, readdir, stat, unlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { problem } from '../problems/problem-error.ts'
import { isAlive, ownMark } from './process-id.ts'
import { createTurns } from './turns.ts'

/** While a lock is held its file is touched this often; one that was not touched for `staleMs` may be left behind. */
const touchMs = 20_000
const staleMs = 120_000
const namePattern = /^([0-9a-f]{12})-(\d{1,10})-(\d{1,20})-[0-9a-f]{16}$/

/** How a lock is waited for. */
export interface LockWait {
  /** in milliseconds */
  patienceMs: number
  signal?: AbortSignal | undefined
}

/** Locks between all processes of one folder. */
export interface ProcessLock {
  /**
   * Runs `work` while nobody else holds this name. Whoever was killed while holding it is seen to be gone.
   * @throws ProblemError vault-locked when others hold it for longer than `patienceMs`; the signal's reason while waiting
   */
  hold<T>(name: string, wait: LockWait, work: () => Promise<T>): Promise<T>
}

/**
 * Creates the locks of a folder. Each try makes a file of its own name, then looks who else is there: of two that see
 * each other both step back for a moment, and whoever is alone holds. As no two files ever share a name, taking away
 * what a killed process left can never take away the lock of a living one.
 */
export function createProcessLock(folder: string): ProcessLock {
  const turns = createTurns()
  return {
    hold: (name, wait, work) =>
      turns.take(name, wait.signal, async () => {
        const path = await acquire(join(folder, name), wait)
        const touching = setInterval(() => void touch(path), touchMs)
        touching.unref()
        try {
          return await work()
        } finally {
          clearInterval(touching)
          await unlink(path).catch(ignore)
        }
      }),
  }
}

async function acquire(folder: string, { patienceMs, signal }: LockWait): Promise<string> {
  const { machine, pid, start } = ownMark()
  const own = `${machine}-${pid}-${start}-${randomBytes(8).toString('hex')}`
  const path = join(folder, own)
  const deadline = performance.now() + patienceMs
  for (let tries = 0; ; tries++) {
    signal?.throwIfAborted()
    if ((await othersIn(folder, own)).length === 0) {
      await create(folder, path)
      const others = await othersIn(folder, own).catch(async (error: unknown) => {
        await unlink(path).catch(ignore)
        throw error
      })
      if (others.length === 0) return path
      await unlink(path).catch(ignore)
    }
    if (performance.now() > deadline) throw heldTooLong(await othersIn(folder, own), patienceMs)
    await delay(randomInt(1, Math.min(50, 4 + tries * 2)), undefined, { signal }).catch(() => signal?.throwIfAborted())
  }
}

async function create(folder: string, path: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await (await open(path, 'wx', 0o600)).close()
}

/** The process ids of the others that hold or try; what a process that ended left behind is taken away. */
async function othersIn(folder: string, own: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => [])
  const living: number[] = []
  for (const name of names) {
    const [, machine, pid, start] = namePattern.exec(name) ?? []
    if (name === own || machine === undefined) continue
    const path = join(folder, name)
    const touched = await stat(path).catch(ignore)
    if (!touched) continue
    const mark = { machine, pid: Number(pid), start: Number(start) }
    if (isAlive(mark, touched.mtimeMs, staleMs)) living.push(mark.pid)
    else await unlink(path).catch(ignore)
  }
  return living
}

async function touch(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now).catch(ignore)
}

function heldTooLong(holders: number[], patienceMs: number) {
  const who = holders.length > 0 ? `Another Grantlab (process ${holders[0]})` : 'Another Grantlab'
  return problem('vault-locked', `${who} has been using the vault for ${Math.round(patienceMs / 1000)} s.`, {
    whatToDo: ['Wait until it is done there, or end it, then try again.'],
  })
}

function ignore(): undefined {
  return undefined
}
