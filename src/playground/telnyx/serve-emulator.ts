import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../read-body.ts'
import { json, type Answer } from './answer.ts'
import { ApiError, errorBody, notFound, type ErrorShape } from './api-error.ts'
import type { ApiRequest } from './api-request.ts'
import { answerInstead, spoil } from './apply-fault.ts'
import { authorizeCaller } from './authorize-caller.ts'
import type { Fault } from './faults.ts'
import type { EmulatorParts } from './parts.ts'
import { findRoute, type Route } from './routes.ts'
import { resetConnection, sendAnswer } from './send-answer.ts'
import type { TelnyxSwitches } from './switches.ts'

const bodyLimitBytes = 64 * 1024

/** Answers one request to the emulator. */
export async function serveEmulator(
  parts: EmulatorParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('x-request-id', randomUUID())
  if (!isOwnHost(parts.issuer, request.headers.host)) return sendAnswer(response, misdirected(parts), undefined)
  const [path = '/'] = (request.url ?? '/').split('?', 1)
  const fault = path.startsWith('/emulator/') ? undefined : note(parts, request, path)
  if (fault?.fault === 'reset') return resetConnection(response)
  const answer = answerInstead(fault) ?? spoil(await answerTo(parts, request, path), fault)
  return sendAnswer(response, answer, fault)
}

/** Counts a request of the API; answers the fault that it gets. */
function note({ faults, log }: EmulatorParts, request: IncomingMessage, path: string): Fault | undefined {
  const { method = 'GET', url: target = '/', headers } = request
  const [retry = null] = [headers['x-stainless-retry-count'] ?? null].flat()
  log.add({ method, target, retry_count: retry })
  return faults.take(method, path)
}

async function answerTo(parts: EmulatorParts, request: IncomingMessage, path: string): Promise<Answer> {
  const { method = 'GET', url: target = '/', headers } = request
  const found = findRoute(method, path) ?? findSlashRoute(method, path, parts.switches)
  try {
    const body = ['POST', 'PUT'].includes(method) ? await readBody(request, bodyLimitBytes) : ''
    if (!found) throw notFound()
    const query = new URLSearchParams(target.slice(path.length))
    const asked: ApiRequest = { method, path, query, headers, body, id: found.id }
    if (found.route.callers) await authorizeCaller(asked, found.route.callers, parts)
    return await found.route.handle(asked, parts)
  } catch (error) {
    return toAnswer(error, shapeOf(error, found?.route, parts))
  }
}

/** The operation at a path as it is written with a slash, while the switch has such paths. */
function findSlashRoute(method: string, path: string, switches: TelnyxSwitches): ReturnType<typeof findRoute> {
  if (!switches.slash_paths) return undefined
  return findRoute(method, path.replace(/^\/v2\/oauth\/(clients|grants)(?=\/|$)/, '/v2/oauth_$1'))
}

/** SECURITY: without this a web page could reach the emulator under a name of its own (DNS rebinding). */
function isOwnHost(issuer: string, host: string | undefined): boolean {
  const own = new URL(issuer)
  return host === own.host || host === `localhost:${own.port}`
}

function misdirected({ issuer }: EmulatorParts): Answer {
  const detail = `This server is called ${new URL(issuer).host}.`
  return json(421, errorBody(new ApiError(421, { code: '10015', detail }), 'envelope'))
}

function shapeOf(error: unknown, route: Route | undefined, { switches }: EmulatorParts): ErrorShape {
  if (switches.spec_errors) return 'oauth'
  const isEverywhere = error instanceof ApiError && [401, 403, 429].includes(error.status)
  return isEverywhere ? 'envelope' : (route?.errors ?? 'envelope')
}

function toAnswer(error: unknown, shape: ErrorShape): Answer {
  const told = error instanceof ApiError ? error : toApiError(error)
  return json(told.status, errorBody(told, shape), told.headers)
}

function toApiError(error: unknown): ApiError {
  const { status, message } = error as { status?: unknown; message?: unknown }
  // What is left of the body is not read, so the connection cannot be used again.
  if (status === 413) return new ApiError(413, { code: '10015', detail: String(message) }, { connection: 'close' })
  return new ApiError(500, { code: '10007', detail: String(message) })
}
