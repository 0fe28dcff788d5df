import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { shallowRef, type ShallowRef } from 'vue'
import type { Engine } from '../../contract/engine.ts'
import { engineOverWire, type EngineWire } from '../../contract/wire.ts'
import { createReconnectingLink, type Connection, type ConnectionState, type WireLink } from './reconnecting-link.ts'
import type { OpenedSession } from './session.ts'

/** The byte pipe that a desktop host puts into the page. */
interface Pipe {
  post(data: unknown): void
  onMessage(listener: (data: unknown) => void): void
}

declare global {
  interface Window {
    pipe?: Pipe
  }
}

/** The engine with the state of the connection to it. */
export interface ConnectedEngine {
  engine: Engine
  connection: ShallowRef<ConnectionState>
}

/**
 * The one place where the window reaches the engine: through the pipe of a desktop host, else through the WebSocket of
 * the browser host that served the page, with its session; an address that is used up connects to nothing.
 */
export function connectEngine(opened: OpenedSession): ConnectedEngine {
  return window.pipe ? overPipe(window.pipe) : overSocket(opened)
}

function overPipe(pipe: Pipe): ConnectedEngine {
  const port = {
    postMessage: (data: unknown) => pipe.post(data),
    onMessage: { addListener: (listener: (data: unknown) => void) => pipe.onMessage(listener) },
    onDisconnect: { addListener: () => {} },
  }
  return {
    engine: engineOverWire(clientOf(new PortLink({ port }))),
    connection: shallowRef('connected'),
  }
}

function overSocket({ session, isUsedUp }: OpenedSession): ConnectedEngine {
  const never = () => new Promise<Connection>(() => {})
  const connection = shallowRef<ConnectionState>('connecting')
  const { link, reconnected } = createReconnectingLink({
    connect: isUsedUp ? never : () => openSocket(session),
    onState: (state) => (connection.value = isUsedUp ? 'used-up' : state),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  })
  return { engine: engineOverWire(clientOf(link), { reconnected }), connection }
}

/** The router's client; its type is checked at the other end, where contract and router meet. */
function clientOf(link: WireLink): EngineWire {
  return createORPCClient(link) as unknown as EngineWire
}

function openSocket(session: string | null): Promise<Connection> {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  // SECURITY: the session travels as a subprotocol, not in the address and not as a cookie: a cookie of one loopback
  // port reaches every other one, and addresses are logged.
  const websocket = new WebSocket(`${scheme}://${location.host}/rpc`, ['grantlab', `session.${session ?? ''}`])
  const opened = Promise.withResolvers<Connection>()
  const closed = new Promise<void>((resolve) => websocket.addEventListener('close', () => resolve()))
  const link = new SocketLink({ websocket })
  websocket.addEventListener('open', () => opened.resolve({ link, closed }))
  void closed.then(() => opened.reject(new Error('No connection could be made.')))
  return opened.promise
}
