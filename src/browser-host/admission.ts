import type { IncomingMessage } from 'node:http'
import type { Sessions } from './sessions.ts'

/** Why a request is turned away, as it is answered. */
export interface Refusal {
  status: number
  error: string
  message: string
}

const refusals = {
  host: {
    status: 421,
    error: 'host-not-ours',
    message: 'This server answers only under the address that Grantlab printed.',
  },
  origin: { status: 403, error: 'origin-not-ours', message: 'Only the page of this server may ask for this.' },
  session: {
    status: 401,
    error: 'session-unknown',
    message: 'Open the address that Grantlab printed in the terminal; Enter there prints a new one.',
  },
  path: { status: 404, error: 'not-found', message: 'There is nothing at this address.' },
} as const satisfies Record<string, Refusal>

/** The subprotocol of the engine's socket; the session token travels as a second one and is never answered. */
export const socketProtocol = 'grantlab'

/**
 * Refuses a request under any other name than ours. SECURITY: without it a page whose name resolves to 127.0.0.1 (DNS
 * rebinding) is of one origin with this server and reads what it serves.
 */
export function refuseHost(request: IncomingMessage, origin: string): Refusal | undefined {
  return request.headers.host === new URL(origin).host ? undefined : refusals.host
}

/** Refuses what another page sends. SECURITY: without it any page in this browser could try to talk to the engine. */
export function refuseOrigin(request: IncomingMessage, origin: string): Refusal | undefined {
  return request.headers.origin === origin ? undefined : refusals.origin
}

/** Refuses a WebSocket that is not at `/rpc`, not from our page, or without the token of a session. */
export function refuseSocket(request: IncomingMessage, origin: string, sessions: Sessions): Refusal | undefined {
  if (request.url !== '/rpc') return refusals.path
  return refuseHost(request, origin) ?? refuseOrigin(request, origin) ?? refuseSession(request, sessions)
}

function refuseSession(request: IncomingMessage, sessions: Sessions): Refusal | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  const token = offered.find((one) => one.startsWith('session.'))?.slice('session.'.length)
  if (!offered.includes(socketProtocol) || !token || !sessions.knows(token)) return refusals.session
  return undefined
}
