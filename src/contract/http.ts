import type { NameValue } from './json.ts'

/** A body, stored masked beside the events; up to 1 KB of text stands in the event itself. */
export interface BodyReference {
  /** names the body within its run */
  id: string
  kind: 'text' | 'binary'
  /** content type as sent, without parameters; empty when none was sent */
  mediaType: string
  /** bytes after content decoding, before masking */
  bytes: number
  /** length in characters of the masked text */
  characters: number
  /** the whole masked text when it is at most 1,024 characters */
  inline?: string
  /** true when Grantlab stopped reading at its bound */
  truncated?: boolean
}

/** A request as it went out, masked. */
export interface RecordedRequest {
  method: string
  url: string
  /** every header in wire order, names as sent */
  headers: NameValue[]
  body?: BodyReference
}

/** An answer as it came, masked. */
export interface RecordedResponse {
  httpVersion: string
  status: number
  statusText: string
  headers: NameValue[]
  body?: BodyReference
  /** bytes of the body on the wire, before content decoding */
  wireBytes: number
}

/** Durations in milliseconds; a phase that did not happen (a reused connection) is absent. */
export interface ExchangeTimings {
  dnsMs?: number
  connectMs?: number
  /** reaching the proxy and its CONNECT answer */
  proxyMs?: number
  tlsMs?: number
  sendMs?: number
  /** from the last byte sent to the first byte of the answer */
  waitMs?: number
  receiveMs?: number
  totalMs: number
}

/** What is shown of one certificate. Times are ISO. */
export interface CertificateFacts {
  subject: string
  issuer: string
  subjectAltName?: string
  validFrom: string
  validTo: string
  fingerprint256: string
  serialNumber: string
  pem: string
}

/** The TLS of a connection. The chain starts at the server's certificate. */
export interface TlsFacts {
  protocol: string
  cipher: string
  serverName?: string
  authorized: boolean
  authorizationError?: string
  chain: CertificateFacts[]
}

/** The connection an exchange used. */
export interface ConnectionFacts {
  remoteAddress?: string
  remotePort?: number
  reused: boolean
  /** the proxy's address without credentials */
  proxy?: string
  tls?: TlsFacts
}
