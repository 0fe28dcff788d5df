import { Agent, request as startRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ConnectionFacts } from '../../contract/http.ts'
import type { NameValue } from '../../contract/json.ts'
import { proxyAuthenticationProblem } from '../problems/proxy-errors.ts'
import { abortable } from './deadline.ts'
import type { ClearRequest, ClearResponse } from './exchange.ts'
import { openConnection, type RequestTrace, type Route } from './open-connection.ts'
import { readBody } from './read-body.ts'

const maxHeaderBytes = 64 * 1024
/** A kept connection is dropped after this time, before servers begin to close theirs under a request. */
const idleMs = 4_000

/** What each connection told when it was opened: a reused one does not tell again. */
const knownFacts = new WeakMap<Socket, ConnectionFacts>()

type OpenedOrFailed = (error: Error | null, socket?: Socket) => void

/** Keeps connections of one route alive; they are opened by `openConnection` and nothing else. */
class TracedAgent extends Agent {
  readonly protocol: string

  constructor(secure: boolean) {
    super({ keepAlive: true, scheduling: 'lifo', timeout: idleMs })
    this.protocol = secure ? 'https:' : 'http:'
  }

  override createConnection(options: object, done?: (error: Error | null, stream: Duplex) => void): undefined {
    const { trace } = options as { trace: RequestTrace }
    void this.#open(trace, done as OpenedOrFailed)
    return undefined
  }

  async #open(trace: RequestTrace, done: OpenedOrFailed): Promise<void> {
    let socket: Socket
    try {
      socket = await openConnection(trace)
    } catch (error) {
      done(error as Error)
      return
    }
    if (trace.connection) knownFacts.set(socket, { ...trace.connection, reused: true })
    done(null, socket)
  }
}

/** The kept connections of one transport: one pool for each kind of route, so that a proxy's never serves a server. */
export class ConnectionPool {
  readonly #agents = new Map<string, Agent>()

  agentFor(route: Route): Agent {
    const key = `${route.secure} ${route.showsClient} ${route.proxy?.address ?? ''}`
    let agent = this.#agents.get(key)
    if (!agent) this.#agents.set(key, (agent = new TracedAgent(route.secure)))
    return agent
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy()
  }
}

/** Sends one request and reads its answer to the end or the bound. Rejects with what went wrong, not yet in words. */
export async function sendRequest(
  clear: ClearRequest,
  trace: RequestTrace,
  use: { pool: ConnectionPool; maxBodyBytes: number },
): Promise<ClearResponse> {
  const request = prepare(clear, trace, use.pool)
  const { timings, clock, signal } = trace
  try {
    const response = await abortable<IncomingMessage>(signal, ({ resolve, reject }) => {
      request.once('response', resolve)
      request.on('error', reject)
      request.end(clear.body)
      return () => request.destroy()
    })
    const first = clock.monotonic()
    timings.waitMs = Math.max(0, first - (trace.sentAt ?? first))
    if (!trace.route.secure && trace.route.proxy && response.statusCode === 407)
      throw proxyAuthenticationProblem(trace.route.proxy, response.headers['proxy-authenticate'])
    trace.phase = 'receive'
    const read = await abortable<Awaited<ReturnType<typeof readBody>>>(signal, ({ resolve, reject }) => {
      readBody(response, use.maxBodyBytes).then(resolve, reject)
      return () => request.destroy()
    })
    timings.receiveMs = clock.monotonic() - first
    return { ...headOf(response), ...read }
  } catch (error) {
    request.destroy()
    throw error
  }
}

function prepare(clear: ClearRequest, trace: RequestTrace, pool: ConnectionPool): ClientRequest {
  const { route, timings, clock } = trace
  const url = new URL(clear.url)
  const throughProxy = !route.secure && route.proxy
  const target = throughProxy ? route.proxy! : route
  const options = {
    protocol: url.protocol,
    host: target.host,
    port: target.port,
    method: clear.method,
    // RFC 9112 §3.2.2: a proxy gets the whole address.
    path: throughProxy ? url.origin + url.pathname + url.search : url.pathname + url.search,
    headers: clear.headers.flat(),
    setDefaultHeaders: false,
    maxHeaderSize: maxHeaderBytes,
    agent: pool.agentFor(route),
    trace,
  }
  const request = startRequest(options)
  request.once('socket', (socket) => {
    const sendStart = clock.monotonic()
    trace.phase = 'send'
    if (request.reusedSocket) trace.connection = knownFacts.get(socket) ?? { reused: true }
    request.once('finish', () => {
      trace.sentAt = clock.monotonic()
      timings.sendMs = trace.sentAt - sendStart
      if (trace.phase === 'send') trace.phase = 'wait'
    })
  })
  return request
}

function headOf(response: IncomingMessage): Omit<ClearResponse, 'body' | 'wireBytes' | 'truncated'> {
  const raw = response.rawHeaders
  const headers: NameValue[] = []
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([raw[i]!, raw[i + 1]!])
  const { httpVersion, statusCode = 0, statusMessage = '' } = response
  return { httpVersion, status: statusCode, statusText: statusMessage, headers }
}
