import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { LoopbackAddress } from './listening-place.ts'

/** What a stranger's connection may cost. */
export interface ConnectionBounds {
  /** connections at once on one address; further ones are dropped */
  maxConnections: number
  /** a client slower than this is cut off, in milliseconds */
  slowClientMs: number
  /** how long `close` lets an answer finish that is being sent, in milliseconds */
  closeGraceMs: number
}

/** A server on one loopback address. */
export interface LoopbackServer {
  port: number
  /** Stops listening, destroys idle sockets at once and the others when their answer is sent. */
  close(): Promise<void>
}

/** Bounds in ordinary use. */
export const ordinaryBounds: ConnectionBounds = { maxConnections: 200, slowClientMs: 30_000, closeGraceMs: 1_000 }

/** Response header of 64 KiB: an ID token may stand in the query. */
const maxHeaderBytes = 64 * 1024

/** What a loopback server needs. */
export interface LoopbackServerOptions {
  address: LoopbackAddress
  /** 0: any free port */
  port: number
  bounds: ConnectionBounds
  answer(request: IncomingMessage, response: ServerResponse): void
}

/**
 * Binds one address and answers when it listens.
 * @throws the error of `listen`, with its code (`EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES` …)
 */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const { address, port, bounds } = options
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: bounds.slowClientMs,
    requestTimeout: bounds.slowClientMs,
    connectionsCheckingInterval: Math.min(bounds.slowClientMs, 5_000),
    keepAliveTimeout: 1_000,
  })
  server.maxConnections = bounds.maxConnections
  server.timeout = bounds.slowClientMs
  const sockets = trackSockets(server)
  server.on('request', (request, response) => {
    sockets.busy(response)
    options.answer(request, response)
  })
  // A broken request is the client's own affair; Node's answer to it (400, 408, 431) is enough.
  await listen(server, address, port)
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    close: () => closeServer(server, sockets, bounds.closeGraceMs),
  }
}

async function listen(server: Server, host: LoopbackAddress, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host, port, ipv6Only: host === '::1', exclusive: true }, resolve)
  await promise
  server.off('error', reject)
  // After listening, an error of the server (too many files open …) must not end the process.
  server.on('error', () => undefined)
}

interface Sockets {
  busy(response: ServerResponse): void
  /** destroys what sends no answer now, and the rest as soon as its answer is sent */
  drain(): void
  destroy(): void
}

/** Node counts a socket that never sent a byte (browsers open spares) as active, so sockets are counted here. */
function trackSockets(server: Server): Sockets {
  const open = new Map<Socket, number>()
  let draining = false
  server.on('connection', (socket: Socket) => {
    open.set(socket, 0)
    socket.once('close', () => open.delete(socket))
  })
  const count = (socket: Socket, by: number) => {
    if (!open.has(socket)) return
    const answers = (open.get(socket) ?? 0) + by
    open.set(socket, answers)
    if (draining && answers === 0) socket.destroySoon()
  }
  return {
    busy(response) {
      const { socket } = response
      if (!socket) return
      count(socket, 1)
      response.once('close', () => count(socket, -1))
    },
    drain() {
      draining = true
      for (const [socket, answers] of open) if (answers === 0) socket.destroy()
    },
    destroy() {
      for (const socket of open.keys()) socket.destroy()
    },
  }
}

async function closeServer(server: Server, sockets: Sockets, graceMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  sockets.drain()
  const timer = setTimeout(() => sockets.destroy(), graceMs)
  timer.unref()
  await promise
  clearTimeout(timer)
}
