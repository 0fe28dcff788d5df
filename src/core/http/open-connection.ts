import { request } from 'node:http'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'
import type { ConnectionFacts, ExchangeTimings } from '../../contract/http.ts'
import { untrustedCertificateProblem } from '../problems/certificate-errors.ts'
import { proxyAuthenticationProblem, proxyRefusedProblem } from '../problems/proxy-errors.ts'
import { nameOf, type NetworkPhase, type NetworkPlace } from '../problems/network-place.ts'
import type { Clock } from '../ports.ts'
import { abortable } from './deadline.ts'
import type { Proxy } from './proxy-settings.ts'
import { tlsFactsOf } from './tls-facts.ts'

/** Where a connection leads. */
export interface Route {
  host: string
  port: number
  secure: boolean
  /** the server may see the client certificate; a proxy never does */
  showsClient: boolean
  proxy?: Proxy | undefined
}

/** What is being learned about one request while it happens; it is there to read when the request breaks off. */
export interface RequestTrace {
  route: Route
  phase: NetworkPhase
  timings: Omit<ExchangeTimings, 'totalMs'>
  /** monotonic time at which the last byte of the request was handed over */
  sentAt?: number
  connection?: ConnectionFacts
  clock: Clock
  signal: AbortSignal
  /** what a handshake trusts, and with `showsClient` what it shows */
  trust(showsClient: boolean): SecureContext
  /** false: the server's certificate may be any; a proxy's must pass all the same */
  verifies: boolean
}

/** The place of a failure, as the problems name it. */
export function placeOf(trace: RequestTrace): NetworkPlace {
  const { host, port, secure, proxy } = trace.route
  const certificateSubject = trace.connection?.tls?.chain[0]?.subject
  return { host, port, secure, phase: trace.phase, proxy, certificateSubject }
}

/**
 * Opens a connection on which the HTTP request can be written: TCP, the proxy's tunnel, TLS. Timings and facts go into
 * the trace as they become known.
 */
export async function openConnection(trace: RequestTrace): Promise<Socket> {
  const { route, clock } = trace
  const start = clock.monotonic()
  // A wrong certificate file must stop the request before a connection is made.
  if (route.secure) trace.trust(route.showsClient)
  if (route.proxy?.secure) trace.trust(false)
  if (route.proxy) trace.connection = { reused: false, proxy: route.proxy.address }
  const socket = route.proxy ? await reachProxy(trace, route.proxy) : await reach(trace, route)
  if (route.proxy) trace.timings.proxyMs = clock.monotonic() - start
  trace.connection = { ...remoteOf(socket), reused: false, ...(route.proxy ? { proxy: route.proxy.address } : {}) }
  if (!route.secure) return socket
  trace.phase = 'tls'
  const secured = await startTls(trace, socket, route)
  trace.connection.tls = tlsFactsOf(secured, route.host)
  if (trace.verifies) refuseUntrusted(secured, placeOf(trace))
  return secured
}

async function reach(trace: RequestTrace, target: { host: string; port: number }): Promise<Socket> {
  const { clock } = trace
  // All that reaching a proxy takes is one phase; its look-up and connection are not those of the server.
  const timings: RequestTrace['timings'] = trace.phase === 'proxy' ? {} : trace.timings
  const start = clock.monotonic()
  let resolved = start
  if (trace.phase !== 'proxy') trace.phase = isIP(target.host) ? 'connect' : 'lookup'
  const socket = connectTcp({ host: target.host, port: target.port, noDelay: true })
  socket.once('lookup', (error: Error | null) => {
    if (error) return
    resolved = clock.monotonic()
    timings.dnsMs = resolved - start
    if (trace.phase === 'lookup') trace.phase = 'connect'
  })
  await eventOf(trace, socket, 'connect')
  timings.connectMs = clock.monotonic() - resolved
  return socket
}

async function reachProxy(trace: RequestTrace, proxy: Proxy): Promise<Socket> {
  trace.phase = 'proxy'
  let socket = await reach(trace, proxy)
  if (proxy.secure) {
    const secured = await startTls(trace, socket, { host: proxy.host, showsClient: false })
    refuseUntrusted(secured, { ...placeOf(trace), ...proxy, certificateSubject: subjectOf(secured) })
    socket = secured
  }
  return trace.route.secure ? openTunnel(trace, socket, proxy) : socket
}

/** Asks a proxy for a tunnel. @see RFC 9110 §9.3.6 */
function openTunnel(trace: RequestTrace, socket: Socket, proxy: Proxy): Promise<Socket> {
  const target = nameOf(trace.route)
  const headers = ['Host', target]
  if (proxy.authorization) headers.push('Proxy-Authorization', proxy.authorization)
  return abortable(trace.signal, ({ resolve, reject }) => {
    const connect = request({ method: 'CONNECT', path: target, headers, createConnection: () => socket })
    connect.on('error', reject)
    connect.on('connect', (response, tunnel, head) => {
      const status = response.statusCode ?? 0
      if (status >= 200 && status < 300) {
        if (head.length > 0) tunnel.unshift(head)
        resolve(tunnel)
        return
      }
      tunnel.destroy()
      const challenge = response.headers['proxy-authenticate']
      reject(
        status === 407
          ? proxyAuthenticationProblem(proxy, challenge)
          : proxyRefusedProblem(proxy, { status, host: trace.route.host, port: trace.route.port }),
      )
    })
    connect.end()
    return () => connect.destroy()
  })
}

async function startTls(
  trace: RequestTrace,
  socket: Socket,
  { host, showsClient }: Pick<Route, 'host' | 'showsClient'>,
): Promise<TLSSocket> {
  const start = trace.clock.monotonic()
  const secured = connectTls({
    socket,
    host,
    servername: isIP(host) ? '' : host,
    secureContext: trace.trust(showsClient),
    ALPNProtocols: ['http/1.1'],
    // SECURITY: the handshake is let through so that a refused certificate chain can still be shown. The caller must
    // check `authorizationError`, which covers chain and host name, before the first byte: see refuseUntrusted.
    rejectUnauthorized: false,
  })
  await eventOf(trace, secured, 'secureConnect')
  if (trace.phase === 'tls') trace.timings.tlsMs = trace.clock.monotonic() - start
  return secured
}

/** SECURITY: without this, secrets go to whoever answers at the address. The test asserts that the server sees no byte. */
function refuseUntrusted(socket: TLSSocket, place: NetworkPlace): void {
  if (socket.authorized && !socket.authorizationError) return
  socket.destroy()
  const error = socket.authorizationError as unknown
  const code = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error)
  throw untrustedCertificateProblem(code, place)
}

function eventOf(trace: RequestTrace, socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return abortable(trace.signal, ({ resolve, reject }) => {
    const fail = (error?: Error) => {
      socket.destroy()
      reject(error ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
    }
    const close = () => fail()
    socket.once('error', fail)
    socket.once('close', close)
    socket.once(event, () => {
      socket.off('error', fail)
      socket.off('close', close)
      resolve()
    })
    return () => socket.destroy()
  })
}

function remoteOf(socket: Socket): Pick<ConnectionFacts, 'remoteAddress' | 'remotePort'> {
  const { remoteAddress, remotePort } = socket
  return { ...(remoteAddress ? { remoteAddress } : {}), ...(remotePort ? { remotePort } : {}) }
}

function subjectOf(socket: TLSSocket): string | undefined {
  return tlsFactsOf(socket, '').chain[0]?.subject
}
