import type { ConnectionFacts, ExchangeTimings } from '../../contract/http.ts'
import type { NameValue } from '../../contract/json.ts'
import type { Clock } from '../ports.ts'
import type { ClientCertificate } from './client-certificate.ts'
import type { ChosenProxy } from './proxy-settings.ts'

/** A request in clear, as it goes out. It stays in memory; only the recorder reads it, to write it down masked. */
export interface ClearRequest {
  method: string
  url: string
  headers: NameValue[]
  body?: Uint8Array
}

/** An answer in clear. */
export interface ClearResponse {
  httpVersion: string
  status: number
  statusText: string
  headers: NameValue[]
  /** content-decoded, at most the bound */
  body: Uint8Array
  /** bytes on the wire */
  wireBytes: number
  truncated: boolean
}

/** What the wire told besides the messages. */
export interface WireFacts {
  timings: ExchangeTimings
  connection?: ConnectionFacts
  /** false: no connection could be written on, so nothing of the request left */
  mayHaveLeft: boolean
}

/** Watches one request. Exactly one of `answered` and `failed` is called, once. */
export interface ExchangeWatch {
  answered(response: ClearResponse, facts: WireFacts & { connection: ConnectionFacts }): void
  /** `error` is what the caller of fetch gets */
  failed(error: unknown, facts: WireFacts): void
}

/** Sees every request before anything is sent; it may hold the request by resolving late, or reject to stop it. */
export interface ExchangeObserver {
  begin(request: ClearRequest, signal: AbortSignal | undefined): Promise<ExchangeWatch>
}

/** Options of one traced fetch. */
export interface TracedInit {
  method?: string
  /** names and values as they go out, in this order; a `Headers` fits too */
  headers?: Iterable<[string, string]> | Record<string, string>
  body?: string | URLSearchParams | Uint8Array | null
  signal?: AbortSignal
  /** `manual` (default) answers the redirect itself; `same-origin` follows up to 5 hops on one origin, each its own exchange */
  redirect?: 'manual' | 'same-origin'
  observer: ExchangeObserver
  /** the request goes to a server that the client certificate is meant for */
  showsClient?: boolean
  /** bound of the decoded body in bytes; default 5 MiB. More is cut off and `truncated` is set. */
  maxBodyBytes?: number
  /** bound from start to the last byte, default 30,000 ms */
  timeoutMs?: number
}

/**
 * The part of `Response` that openid-client, oauth4webapi and our own code read: status, headers, `text()`, `json()`,
 * `arrayBuffer()`, `bytes()`, `clone()`. The body is read already; `body` is always null.
 */
export interface TracedResponse extends Response {
  /** true when Grantlab stopped reading at its bound, so that `json()` may fail for that reason alone */
  readonly truncated: boolean
}

/** What a transport is made of. */
export interface HttpTransportSettings {
  /** proxy variables and NODE_EXTRA_CA_CERTS; `process.env` itself is never read */
  environment: Record<string, string | undefined>
  /** PEM texts trusted besides the system's store, Node's roots and NODE_EXTRA_CA_CERTS */
  extraCertificates?: string[]
  /** in place of the environment's proxy */
  proxy?: ChosenProxy
  /** shown to servers that ask for one, in requests that say `showsClient` */
  clientCertificate?: ClientCertificate
  /** false: connections go on when a certificate does not pass; it is recorded as such. Default true */
  verifyTls?: boolean
  clock: Clock
}

/** Connections of one run: sockets are kept alive within it and closed with it. */
export interface HttpTransport {
  /** @throws ProblemError with an environment code for failures before or below HTTP */
  fetch(url: string | URL, init: TracedInit): Promise<TracedResponse>
  close(): void
}
