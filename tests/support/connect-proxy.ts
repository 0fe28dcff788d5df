import { createServer, request as startRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What a test proxy asks for and answers. */
export interface ConnectProxyOptions {
  /** `user:password`; without it nobody is asked */
  credentials?: string
  /** where to connect instead of the host that was asked for, so that names like auth.example.test work */
  connectTo?: { host: string; port: number }
  /** answers every CONNECT with this status instead of making the tunnel */
  refuseWith?: number
  /** takes CONNECT and never answers */
  silent?: boolean
}

/** A forward proxy on 127.0.0.1. */
export interface ConnectProxy {
  /** `http://127.0.0.1:port`, without credentials */
  address: string
  port: number
  /** `CONNECT host:port` and `GET http://…` as they came */
  requests: string[]
  /** header names and values of each request, as they came */
  rawHeaders: string[][]
  close(): Promise<void>
}

/** Starts a real forward proxy: CONNECT tunnels, and absolute-form requests for http addresses. */
export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const requests: string[] = []
  const rawHeaders: string[][] = []
  const sockets = new Set<Duplex>()
  const keep = <T extends Duplex>(socket: T): T => {
    sockets.add(socket)
    socket.on('error', () => {})
    return socket
  }
  const note = (request: IncomingMessage) => {
    requests.push(`${request.method} ${request.url}`)
    rawHeaders.push(request.rawHeaders)
  }
  const server = createServer((request, response) => {
    note(request)
    if (isAllowed(request, options)) forward(request, response, options)
    else response.writeHead(407, { 'proxy-authenticate': 'Basic realm="test"' }).end('proxy says no')
  })
  server.on('connection', keep)
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    note(request)
    if (options.silent) return
    if (!isAllowed(request, options)) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n')
      return
    }
    if (options.refuseWith) {
      client.end(`HTTP/1.1 ${options.refuseWith} Refused\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    tunnel(request, client, { ...options, keep })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    requests,
    rawHeaders,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function isAllowed(request: IncomingMessage, { credentials }: ConnectProxyOptions): boolean {
  if (!credentials) return true
  return request.headers['proxy-authorization'] === `Basic ${Buffer.from(credentials).toString('base64')}`
}

function tunnel(
  request: IncomingMessage,
  client: Duplex,
  { connectTo, keep }: ConnectProxyOptions & { keep(socket: Socket): Socket },
): void {
  const [, host = '', port = ''] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(request.url ?? '') ?? []
  const target = keep(connect(connectTo ?? { host, port: Number(port) }))
  target.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    target.pipe(client).pipe(target)
  })
  target.once('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'))
}

function forward(request: IncomingMessage, response: ServerResponse, { connectTo }: ConnectProxyOptions): void {
  const url = new URL(request.url ?? '')
  const onward = startRequest(
    {
      ...(connectTo ?? { host: url.hostname, port: url.port }),
      method: request.method,
      path: url.pathname + url.search,
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    },
  )
  onward.setHeader('host', url.host)
  onward.on('error', () => response.writeHead(502).end())
  request.pipe(onward)
}
