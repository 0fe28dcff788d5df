import { readFile, readdir, stat, unlink, writeFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { makeFolder } from '../files/make-folder.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { historyFailed } from './run-paths.ts'

/** Numbers that stay on disk: nobody who counts on is ever this far behind. */
const keptNumbers = 100

/**
 * The next number of this data folder, counting from 1. Each is taken by making a file of its name, which only one
 * process can; the file holds the process id.
 * @throws ProblemError data-folder-failed
 */
export async function takeRunNumber(historyFolder: string): Promise<number> {
  const folder = join(historyFolder, 'numbers')
  try {
    await makeFolder(folder, 0o700)
    for (;;) {
      const taken = await numbersIn(folder)
      const next = Math.max(0, ...taken) + 1
      if (!(await claim(join(folder, String(next))))) continue
      const old = taken.filter((number) => number <= next - keptNumbers)
      await Promise.allSettled(old.map((number) => unlink(join(folder, String(number)))))
      return next
    }
  } catch (error) {
    throw historyFailed(folder, error)
  }
}

async function numbersIn(folder: string): Promise<number[]> {
  return (await readdir(folder)).filter((name) => /^[1-9]\d{0,14}$/.test(name)).map(Number)
}

async function claim(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** The other process that took a number, when it still runs; undefined when it ended, or is this one. */
export async function findOtherWriter(historyFolder: string, number: number): Promise<number | undefined> {
  const path = join(historyFolder, 'numbers', String(number))
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    const pid = Number(text)
    // After the machine started anew, the same id belongs to some other program.
    const isBeforeStart = Date.now() - mtimeMs > uptime() * 1000
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid && !isBeforeStart && isRunning(pid) ? pid : undefined
  } catch {
    return undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It runs, and belongs to somebody else.
    return errorCodeOf(error) === 'EPERM'
  }
}
