import { createServer, type Server } from 'node:http'
import { createApplication } from './application.ts'
import { playgroundClients } from './authorization-server/clients.ts'
import { playgroundApis } from './authorization-server/resources.ts'
import { playgroundUsers } from './authorization-server/users.ts'
import { listen } from './listen.ts'
import { PlaygroundError } from './playground-error.ts'
import type { PlaygroundInfo } from './playground-info.ts'
import { openState } from './state/open-state.ts'
import type { WorkerOptions } from './worker-messages.ts'

/** A playground in this thread. */
interface RunningPlayground {
  info: PlaygroundInfo
  stop(): Promise<void>
}

/**
 * Runs the playground in this thread: reads or makes its state, takes a port, serves.
 * @throws PlaygroundError when the state file, the port or an option cannot be used.
 */
export async function runPlayground(options: WorkerOptions): Promise<RunningPlayground> {
  const { dataFolder, port: wantedPort } = options
  const accessTokenSeconds = checkSeconds('accessTokenSeconds', options.accessTokenSeconds ?? 600)
  const codeSeconds = checkSeconds('codeSeconds', options.codeSeconds ?? 60)
  const state = await openState(dataFolder)
  const server = createServer()
  const port = await listen(server, wantedPort)
  const issuer = `http://127.0.0.1:${port}`
  const clients = playgroundClients(state.clientSecrets)
  const application = createApplication({ issuer, port, clients, state, accessTokenSeconds, codeSeconds })
  server.on('request', (request, response) => void application(request, response))
  const info = { issuer, port, clients, users: playgroundUsers, apis: playgroundApis(issuer) }
  return { info, stop: () => close(server) }
}

function checkSeconds(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new PlaygroundError('bad-option', `${name} must be a whole number of seconds above 0, not ${value}.`)
}

function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  return promise
}
