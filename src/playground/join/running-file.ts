import { randomBytes } from 'node:crypto'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writePrivate } from '../state/write-private.ts'

/** The name of the file in the data folder that says where a playground listens, for as long as it does. */
export const runningFileName = 'playground-running.json'

/** Another layout is left alone: a playground of another version is not joined. */
const runningVersion = 1

/** Says that this process has a playground at the port, over whatever stood there. Without a file nobody joins; no more. */
export async function announceRunning(dataFolder: string, port: number): Promise<void> {
  const file = join(dataFolder, runningFileName)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writePrivate(draft, JSON.stringify({ version: runningVersion, port, pid: process.pid }))
    await rename(draft, file)
  } catch {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

/** The port at which a playground of this data folder said it listens. That it does has to be proven: it may be gone. */
export async function findRunning(dataFolder: string): Promise<number | undefined> {
  return (await readRunning(dataFolder))?.port
}

/** Takes the file away, unless it is about another playground by now. Never rejects. */
export async function withdrawRunning(dataFolder: string, port: number): Promise<void> {
  const running = await readRunning(dataFolder)
  if (running?.port !== port || running.pid !== process.pid) return
  await rm(join(dataFolder, runningFileName), { force: true }).catch(() => undefined)
}

async function readRunning(dataFolder: string): Promise<{ port: number; pid: unknown } | undefined> {
  try {
    const text = await readFile(join(dataFolder, runningFileName), 'utf8')
    const { version, port, pid } = JSON.parse(text) as Record<string, unknown>
    return version === runningVersion && isPort(port) ? { port, pid } : undefined
  } catch {
    return undefined
  }
}

/** Whether a value is the number of a port that something can listen on. */
export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536
}
