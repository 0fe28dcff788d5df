import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startConnectProxy } from './connect-proxy.ts'

/** A network that leads nowhere: a proxy that refuses all and remembers what was asked of it. */
export interface WatchedNetwork {
  /** environment of the process under test */
  environment: Record<string, string>
  proxyPort: number
  /** `CONNECT host:port` and `GET http://…` as they came to the proxy */
  requests: string[]
  /** hosts that processes looked up or connected to themselves, each once; `watching` when one ran at all */
  hosts(): Promise<string[]>
  close(): Promise<void>
}

/** Starts the proxy and makes a file for what the processes note. */
export async function watchNetwork(): Promise<WatchedNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-network-'))
  const file = join(folder, 'connections')
  const proxy = await startConnectProxy({ credentials: 'nobody:may-pass' })
  const watcher = pathToFileURL(join(import.meta.dirname, 'watch-connections.ts')).href
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']
  return {
    environment: {
      ...Object.fromEntries(proxies.map((name) => [name, proxy.address])),
      NO_PROXY: '',
      no_proxy: '',
      // Node's own fetch and agents take the proxy as well.
      NODE_USE_ENV_PROXY: '1',
      NODE_OPTIONS: `--import ${watcher}`,
      TEST_CONNECTIONS_FILE: file,
    },
    proxyPort: proxy.port,
    requests: proxy.requests,
    async hosts() {
      const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
      return [...new Set(lines.map((line) => line.split(' ')[1] ?? line))]
    },
    async close() {
      await proxy.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
