import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The built browser host on folders of its own. */
export interface TestHost {
  /** an address that lets one page in, once */
  address: string
  origin: string
  folder: string
  dataFolder: string
  close(): Promise<void>
}

const entry = join(import.meta.dirname, '../../../out/node/host.js')

/** Starts the built host as a person does with `npm start -- --no-open`. */
export async function startTestHost(environment: Record<string, string> = {}): Promise<TestHost> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-e2e-'))
  const dataFolder = join(folder, 'data')
  const flags = ['--no-open', '--data-dir', dataFolder, '--workspace', join(folder, 'workspace')]
  const child = spawn(process.execPath, [entry, ...flags], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await printedAddress(child)
  return {
    address,
    origin: new URL(address).origin,
    folder,
    dataFolder,
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S*#token=[\w-]+/.exec(printed)?.[0]
      if (address) resolve(address)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${printed}`)))
  })
}
