import { RPCHandler } from '@orpc/server/ws'
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { EngineRouter } from '../core/router.ts'
import { refuseSocket, socketProtocol } from './admission.ts'
import type { Sessions } from './sessions.ts'

/** The WebSockets through which pages reach the engine. */
export interface EngineSockets {
  /** Takes an upgrade request: opens a socket or answers why not. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** how many pages are connected */
  readonly count: number
  close(): void
}

/** What the sockets need. */
export interface EngineSocketOptions {
  router: EngineRouter
  sessions: Sessions
  origin: string
  /** called after a page left */
  onLeave?: () => void
}

/** A capsule of 64 MiB, the largest text that a page hands over, with every other character escaped or of two bytes. */
const largestMessage = 96 * 1024 * 1024
const mostSockets = 32
/** Bytes that may wait for a slow page before its next event waits too. */
const highWater = 1024 * 1024
const heartbeatMs = 30_000

/** Creates the sockets over the engine's router. */
export function createEngineSockets(options: EngineSocketOptions): EngineSockets {
  const { origin, sessions } = options
  const handler = new RPCHandler(options.router)
  const server = new WebSocketServer({
    noServer: true,
    // SECURITY: only sockets with a session come as far as this; before, nothing that large is read.
    maxPayload: largestMessage,
    perMessageDeflate: false,
    handleProtocols: () => socketProtocol,
  })
  const alive = new WeakSet<WebSocket>()
  const heartbeat = setInterval(() => beat(server, alive), heartbeatMs)
  heartbeat.unref()
  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy())
      const refusal = refuseSocket(request, origin, sessions)
      if (refusal) return refuse(socket, refusal.status, refusal.message)
      if (server.clients.size >= mostSockets) return refuse(socket, 503, 'Too many pages are open.')
      server.handleUpgrade(request, socket, head, (webSocket) => {
        alive.add(webSocket)
        webSocket.on('pong', () => alive.add(webSocket))
        webSocket.on('error', () => webSocket.terminate())
        webSocket.on('close', () => options.onLeave?.())
        void handler.upgrade(bounded(webSocket))
      })
    },
    get count() {
      return server.clients.size
    },
    close() {
      clearInterval(heartbeat)
      for (const client of server.clients) leave(client)
      server.close()
    },
  }
}

function refuse(socket: Duplex, status: number, message: string): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
      `Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`,
  )
}

/** Says good-bye, and does not wait long for the answer. */
function leave(client: WebSocket): void {
  client.close(1001)
  const timer = setTimeout(() => client.terminate(), 500)
  client.once('close', () => clearTimeout(timer))
}

/** Ends a page that did not answer since the last beat: its buffers would grow for nobody. */
function beat(server: WebSocketServer, alive: WeakSet<WebSocket>): void {
  for (const client of server.clients) {
    if (!alive.delete(client)) client.terminate()
    else client.ping()
  }
}

/**
 * A socket whose `send` takes as long as a slow page needs, once a megabyte waits for it. The router awaits it before
 * it takes the next event, so a page that does not read holds back its own streams and no memory grows.
 */
function bounded(webSocket: WebSocket): Pick<WebSocket, 'send' | 'addEventListener'> {
  const closed = new Promise<void>((resolve) => webSocket.once('close', () => resolve()))
  const send = async (data: string | Buffer): Promise<void> => {
    // A stream that could go on without waiting would never let the end of the socket be noticed.
    if (webSocket.readyState !== webSocket.OPEN) return closed
    const flushed = Promise.withResolvers<void>()
    webSocket.send(data, () => flushed.resolve())
    if (webSocket.bufferedAmount > highWater) await flushed.promise
  }
  return {
    // oxlint-disable-next-line typescript/no-misused-promises -- the router awaits what send answers
    send,
    addEventListener: webSocket.addEventListener.bind(webSocket),
  }
}
