import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Engine } from '../contract/engine.ts'
import { ProblemError } from '../core/index.ts'
import { problemOf } from '../contract/problem.ts'
import { createEngineRouter } from '../core/router.ts'
import { listPageFiles } from '../page/page-files.ts'
import { answerPage } from './answer-page.ts'
import { createEngineSockets } from './engine-sockets.ts'
import { createSessions } from './sessions.ts'

/** A server that shows the window and connects it to the engine. */
export interface HostServer {
  /** `http://127.0.0.1:PORT` */
  origin: string
  /** A new address that opens the window once. */
  newAddress(): string
  /** how many pages are connected to the engine */
  readonly pages: number
  close(): Promise<void>
}

/** What the server needs. */
export interface HostServerOptions {
  engine: Engine
  /** the built window */
  folder: URL
  /** 0 takes a free port */
  port: number
  log: (error: unknown) => void
  onPageLeft?: () => void
}

/**
 * Starts the server on 127.0.0.1, and on nothing else.
 * @throws ProblemError port-in-use, or internal when the window was not built
 */
export async function startServer(options: HostServerOptions): Promise<HostServer> {
  const files = await listPageFiles(options.folder).catch((error: unknown) => {
    const detail = 'The files of the window are missing: it was not built.'
    throw new ProblemError(problemOf('internal', detail, { whatToDo: ['Run npm run build.'] }), error)
  })
  const http = createServer({ requestTimeout: 15_000, headersTimeout: 10_000 })
  const origin = `http://127.0.0.1:${await listen(http, options.port)}`
  const sessions = createSessions()
  const page = { origin, files, sessions }
  const sockets = createEngineSockets({
    router: createEngineRouter(options.engine, { log: options.log }),
    sessions,
    origin,
    ...(options.onPageLeft ? { onLeave: options.onPageLeft } : {}),
  })
  http.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  http.on('request', (request, response) => {
    answerPage(page, request, response).catch((error: unknown) => {
      options.log(error)
      response.destroy()
    })
  })
  return {
    origin,
    newAddress: () => `${origin}/#token=${sessions.issue()}`,
    get pages() {
      return sockets.count
    },
    close: () => closeAll(http, () => sockets.close()),
  }
}

async function listen(http: Server, port: number): Promise<number> {
  http.listen({ host: '127.0.0.1', port, exclusive: true })
  try {
    await once(http, 'listening')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used here (${String(code)})`
    const whatToDo = ['Give another port with --port, or none: a free one is taken then.']
    throw new ProblemError(problemOf('port-in-use', `Port ${port} of 127.0.0.1 ${why}.`, { whatToDo }), error)
  }
  return (http.address() as AddressInfo).port
}

async function closeAll(http: Server, closeSockets: () => void): Promise<void> {
  const closed = once(http, 'close')
  closeSockets()
  http.close()
  http.closeAllConnections()
  await closed
}
