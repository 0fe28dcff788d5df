import type { SecureContext } from 'node:tls'
import { cancelledProblem, networkProblem, timeoutProblem } from '../problems/network-errors.ts'
import { problem } from '../problems/problem-error.ts'
import { buildRequest, headersOf } from './build-request.ts'
import { startDeadline } from './deadline.ts'
import type {
  ClearResponse,
  HttpTransport,
  HttpTransportSettings,
  TracedInit,
  TracedResponse,
  WireFacts,
} from './exchange.ts'
import { toTracedResponse } from './lean-response.ts'
import { placeOf, type RequestTrace, type Route } from './open-connection.ts'
import { bareHost, portOf, proxyFor } from './proxy-settings.ts'
import { ConnectionPool, sendRequest } from './send-request.ts'
import { clientContextOf, trustOf } from './trust.ts'

const defaultTimeoutMs = 30_000
const defaultMaxBodyBytes = 5 * 1024 * 1024
const maxHops = 5

/**
 * The one fetch: HTTP/1.1 on node:http, each request shown to an observer before it is sent and after it was answered
 * or failed. It fits the `customFetch` of openid-client and oauth4webapi.
 */
export function createHttpTransport(settings: HttpTransportSettings): HttpTransport {
  let trusted: SecureContext | undefined
  let client: SecureContext | undefined
  const context: Context = {
    settings,
    pool: new ConnectionPool(),
    trust: (showsClient) =>
      showsClient && settings.clientCertificate
        ? (client ??= clientContextOf(settings))
        : (trusted ??= trustOf(settings)),
  }
  return {
    fetch: async (url, init) => fetchWithin(context, addressOf(url), init),
    close: () => context.pool.close(),
  }
}

function addressOf(url: string | URL): URL {
  if (URL.canParse(String(url))) return new URL(url)
  throw problem('parameter-invalid', 'This is no address that a request can be sent to.', {
    whatToDo: ['Give a whole address, such as https://auth.example.com/token.'],
  })
}

interface Context {
  settings: HttpTransportSettings
  pool: ConnectionPool
  /** what https connections trust and show; worked out when the first one is opened */
  trust(showsClient: boolean): SecureContext
}

async function fetchWithin(context: Context, url: URL, init: TracedInit): Promise<TracedResponse> {
  let address = url
  let current = init
  for (let hops = 0; ; hops++) {
    address.hash = ''
    const response = await exchange(context, address, current)
    const next = init.redirect === 'same-origin' ? redirectTarget(address, response, current) : undefined
    if (!next) return response
    if (next.origin !== address.origin)
      // SECURITY: another origin must not get headers, cookies or credentials that were meant for this one.
      throw problem('redirect-to-other-origin', `${address.origin} redirects to ${next.origin}.`, {
        status: response.status,
        whatToDo: [`If ${next.origin} is the right server, use its address from the start.`],
      })
    if (hops === maxHops)
      throw problem('response-unexpected', `${address.origin} redirected more than ${maxHops} times.`, {
        status: response.status,
        whatToDo: ['Use the address at which the chain of redirects ends.'],
      })
    address = next
    current = follow(init)
  }
}

/** The next address, or nothing when the answer is no redirect that can be followed with GET. @see RFC 9110 §15.4 */
function redirectTarget(from: URL, response: TracedResponse, init: TracedInit): URL | undefined {
  const isGet = !init.method || /^(?:get|head)$/i.test(init.method)
  const followed = isGet ? [301, 302, 303, 307, 308] : [301, 302, 303]
  const location = response.headers.get('location')
  if (!followed.includes(response.status) || !location) return undefined
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined
}

function follow(init: TracedInit): TracedInit {
  if (!init.method || /^(?:get|head)$/i.test(init.method)) return init
  const { body: _body, ...rest } = init
  const isContent = ([name]: [string, string]) => /^content-/i.test(name)
  return { ...rest, method: 'GET', headers: headersOf(init.headers).filter((pair) => !isContent(pair)) }
}

async function exchange({ settings, pool, trust }: Context, url: URL, init: TracedInit): Promise<TracedResponse> {
  const { clock } = settings
  const route = { ...routeOf(url, settings), showsClient: init.showsClient === true }
  const clear = buildRequest(url, init, route.secure ? undefined : route.proxy?.authorization)
  // Nothing may be opened or looked up before this: here a run is held.
  const watch = await init.observer.begin(clear, init.signal)
  const controller = new AbortController()
  const { signal } = controller
  const verifies = settings.verifyTls !== false
  const trace: RequestTrace = { route, phase: 'connect', timings: {}, clock, signal, trust, verifies }
  const start = clock.monotonic()
  const facts = (): WireFacts => ({
    timings: { ...trace.timings, totalMs: clock.monotonic() - start },
    ...(trace.connection ? { connection: trace.connection } : {}),
    mayHaveLeft: ['send', 'wait', 'receive'].includes(trace.phase),
  })
  const stopClock = startDeadline(controller, {
    timeoutMs: init.timeoutMs ?? defaultTimeoutMs,
    callerSignal: init.signal,
    timeout: (timeoutMs) => timeoutProblem(placeOf(trace), timeoutMs),
    cancelled: () => cancelledProblem(placeOf(trace)),
  })
  let answer: ClearResponse
  try {
    signal.throwIfAborted()
    answer = await sendRequest(clear, trace, { pool, maxBodyBytes: init.maxBodyBytes ?? defaultMaxBodyBytes })
  } catch (error) {
    const reason = networkProblem(signal.aborted ? signal.reason : error, placeOf(trace))
    watch.failed(reason, facts())
    throw reason
  } finally {
    stopClock()
  }
  watch.answered(answer, { ...facts(), connection: trace.connection ?? { reused: false } })
  return toTracedResponse(url.href, answer)
}

function routeOf(url: URL, settings: HttpTransportSettings): Omit<Route, 'showsClient'> {
  const secure = url.protocol === 'https:'
  const proxy = proxyFor(url, settings.environment, settings.proxy)
  return { host: bareHost(url), port: portOf(url), secure, proxy }
}
