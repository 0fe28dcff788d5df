import type { ProxyName } from './proxy-name.ts'

/** How far a request had come. */
export type NetworkPhase = 'lookup' | 'connect' | 'proxy' | 'tls' | 'send' | 'wait' | 'receive'

/** Where a request failed. */
export interface NetworkPlace {
  /** without brackets; with `port` what the request was for, also when a proxy stands between */
  host: string
  port: number
  secure: boolean
  phase: NetworkPhase
  /** the proxy used, without credentials */
  proxy?: ProxyName | undefined
  /** subject of the server's certificate, when one was seen */
  certificateSubject?: string | undefined
}

/** The host and port as they stand in an address. */
export function nameOf(place: { host: string; port: number }): string {
  return `${place.host.includes(':') ? `[${place.host}]` : place.host}:${place.port}`
}
