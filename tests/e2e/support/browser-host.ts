import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** The built browser host. */
export interface BrowserHost {
  /** an address that lets one page in, once */
  address: string
  origin: string
  close(): Promise<void>
}

const entry = join(import.meta.dirname, '../../../out/node/host.js')

/** Starts the built host as a person does with `npm start -- --window browser --no-open`. */
export async function startBrowserHost(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<BrowserHost> {
  const child = spawn(process.execPath, [entry, '--no-open', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await printedAddress(child)
  return {
    address,
    origin: new URL(address).origin,
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
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
