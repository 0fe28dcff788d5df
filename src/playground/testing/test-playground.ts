import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startPlayground, type Playground, type PlaygroundOptions } from '../index.ts'

/** A data folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-playground-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A playground in this thread on a free port that ends with the test. */
export async function testPlayground(options: Partial<PlaygroundOptions> = {}): Promise<Playground> {
  const dataFolder = options.dataFolder ?? (await temporaryFolder())
  const playground = await startPlayground({ port: 0, inWorker: false, ...options, dataFolder })
  onTestFinished(() => playground.stop())
  return playground
}
