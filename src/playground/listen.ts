import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PlaygroundError } from './playground-error.ts'

const defaultPort = 7420
const host = '127.0.0.1'

/**
 * Binds the server to 127.0.0.1 and answers its port: the given one, else 7420, else a free one.
 * @throws PlaygroundError naming the port when a given one cannot be had.
 */
export async function listen(server: Server, port: number | undefined): Promise<number> {
  if (port !== undefined) return bind(server, port)
  try {
    return await bind(server, defaultPort)
  } catch {
    return bind(server, 0)
  }
}

/** Closes a server with all its connections. */
export function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  return promise
}

function bind(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const fail = (error: NodeJS.ErrnoException) => reject(explain(error, port))
  server.once('error', fail)
  server.listen({ host, port, exclusive: true }, () => {
    server.off('error', fail)
    resolve((server.address() as AddressInfo).port)
  })
  return promise
}

function explain(error: NodeJS.ErrnoException, port: number): PlaygroundError {
  if (error.code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is taken by another program. Choose another port for the playground.`
    return new PlaygroundError('port-taken', message, { cause: error })
  }
  const message = `The playground cannot listen on port ${port} of ${host}: ${error.message}`
  return new PlaygroundError('port-refused', message, { cause: error })
}
