import type { Exchange, Run } from '../../../contract/run.ts'

/** What the status line says of a run's connections; red only when unsafe. */
export interface StatusFact {
  text: string
  isUnsafe: boolean
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** What protects the requests of a run: TLS with its version, or why there is none. Undefined before the first. */
export function tlsFactOf({ exchanges }: Pick<Run, 'exchanges'>): StatusFact | undefined {
  const unsafe = exchanges.map(unsafeReason).find((reason) => reason !== undefined)
  if (unsafe) return { text: unsafe, isUnsafe: true }
  const protocol = exchanges.find(({ connection }) => connection?.tls)?.connection?.tls?.protocol
  if (protocol) return { text: `${protocol.replace('TLSv', 'TLS ')} verified`, isUnsafe: false }
  return exchanges.length > 0 ? { text: 'No TLS (loopback)', isUnsafe: false } : undefined
}

function unsafeReason({ request, connection }: Exchange): string | undefined {
  if (connection?.tls && !connection.tls.authorized) return 'TLS not verified'
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined
  return url?.protocol === 'http:' && !loopback.test(url.hostname) ? `No TLS to ${url.host}` : undefined
}

/** The proxy the requests of a run went through, or that there was none. */
export function proxyFactOf({ exchanges }: Pick<Run, 'exchanges'>): StatusFact | undefined {
  const proxy = exchanges.find(({ connection }) => connection?.proxy)?.connection?.proxy
  if (proxy) return { text: `Proxy ${proxy}`, isUnsafe: false }
  return exchanges.length > 0 ? { text: 'No proxy', isUnsafe: false } : undefined
}
