/** A request that the emulator got. */
export interface LoggedRequest {
  method: string
  /** Path and query as they came. */
  target: string
  /** The SDK's count of its attempts before, if it sent one. */
  retry_count: string | null
}

const most = 1000

/** The last requests, for tests that count them. No header with a credential and no body is in it. */
export class RequestLog {
  #requests: LoggedRequest[] = []

  /** Notes one. */
  add(request: LoggedRequest): void {
    this.#requests.push(request)
    if (this.#requests.length > most) this.#requests.shift()
  }

  /** Forgets all. */
  clear(): void {
    this.#requests = []
  }

  /** The requests in the order in which they came. */
  all(): readonly LoggedRequest[] {
    return this.#requests
  }
}
