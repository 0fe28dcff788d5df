import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { TestCertificate } from './test-ca.ts'

/** A server on 127.0.0.1 at a free port. */
export interface TestServer {
  /** `http://127.0.0.1:port` or `https://localhost:port`, without a slash at the end */
  origin: string
  port: number
  /** requests whose head was read, in order */
  requests: IncomingMessage[]
  /** connections accepted so far */
  connections(): number
  /** drops every connection and stops listening */
  close(): Promise<void>
}

/**
 * Starts a real HTTP server, or with `tls` a real HTTPS server. The listener may throw or reject: the connection is
 * dropped then, and the test sees it.
 */
export async function startHttpServer(
  listener: (...args: Parameters<RequestListener>) => unknown,
  tls?: TestCertificate,
): Promise<TestServer> {
  const requests: IncomingMessage[] = []
  const serve: RequestListener = (request, response) => {
    requests.push(request)
    Promise.resolve()
      .then(() => listener(request, response))
      .catch((error: Error) => request.socket.destroy(error))
  }
  const server: Server = tls ? createHttpsServer(tls, serve) : createHttpServer(serve)
  const { port, connections, close } = await listen(server)
  return { origin: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`, port, requests, connections, close }
}

/** Starts a plain TCP server for answers that no HTTP server would give; `onConnection` gets every connection. */
export async function startTcpServer(onConnection: (socket: Socket) => void): Promise<TestServer> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    onConnection(socket)
  })
  const { port, connections, close } = await listen(server)
  return { origin: `http://127.0.0.1:${port}`, port, requests: [], connections, close }
}

/** The body of a request as text. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  return (await buffer(request)).toString()
}

/** A port of 127.0.0.1 at which nothing listens. */
export async function freePort(): Promise<number> {
  const server = await startTcpServer(() => {})
  await server.close()
  return server.port
}

async function listen(server: TcpServer): Promise<Pick<TestServer, 'port' | 'connections' | 'close'>> {
  const sockets = new Set<Socket>()
  let count = 0
  server.on('connection', (socket: Socket) => {
    count++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  // A client that refuses a certificate breaks the handshake; that is no failure of the test server.
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
