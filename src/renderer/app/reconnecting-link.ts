import type { ClientContext, ClientLink } from '@orpc/client'

/** How the window stands with its engine; `used-up` means its address lets nobody in any more. */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'used-up'

/** The link of oRPC. */
export type WireLink = ClientLink<ClientContext>

/** A live connection. */
export interface Connection {
  link: WireLink
  /** resolves when the connection is gone */
  closed: Promise<void>
}

/** What a reconnecting link works with. */
export interface ReconnectingOptions {
  /** makes one connection; rejects when it cannot */
  connect(): Promise<Connection>
  onState(state: ConnectionState): void
  /** waits between two tries */
  pause(milliseconds: number): Promise<void>
}

/** A link that outlives its connections. */
export interface ReconnectingLink {
  link: WireLink
  /** Resolves when a connection stands; rejects only when the signal ends the wait. */
  reconnected(signal?: AbortSignal): Promise<void>
}

const firstPauseMs = 250
const longestPauseMs = 5000

/**
 * A link over connections that may break. It connects again by itself, with growing pauses; a call waits for the
 * connection, and a call under way when it breaks fails, since whether the engine did it cannot be told.
 */
export function createReconnectingLink(options: ReconnectingOptions): ReconnectingLink {
  const connect = async (): Promise<Connection> => {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        const connection = await options.connect()
        options.onState('connected')
        void connectAgainAfter(connection)
        return connection
      } catch {
        options.onState('lost')
        await options.pause(pauseMs)
      }
    }
  }

  const connectAgainAfter = async ({ closed }: Connection): Promise<void> => {
    await closed
    options.onState('lost')
    live = connect()
  }

  options.onState('connecting')
  let live = connect()
  return {
    link: {
      async call(path, input, callOptions) {
        const { link, closed } = await live
        const lost = closed.then(() => Promise.reject(new Error('The connection broke.')))
        return Promise.race([link.call(path, input, callOptions), lost])
      },
    },
    async reconnected(signal) {
      await Promise.race([live, ...(signal ? [abortOf(signal)] : [])])
    },
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    if (signal.aborted) reject(signal.reason as Error)
  })
}
