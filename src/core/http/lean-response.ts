import type { NameValue } from '../../contract/json.ts'
import type { ClearResponse, TracedResponse } from './exchange.ts'

/** Header lookup without regard to case; the part of `Headers` that answers are read with. */
class LeanHeaders {
  readonly #values = new Map<string, string[]>()

  constructor(headers: NameValue[]) {
    for (const [name, value] of headers) {
      const key = name.toLowerCase()
      const earlier = this.#values.get(key)
      if (earlier) earlier.push(value)
      else this.#values.set(key, [value])
    }
  }

  get [Symbol.toStringTag](): string {
    return 'Headers'
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase())?.join(', ') ?? null
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase())
  }

  getSetCookie(): string[] {
    return [...(this.#values.get('set-cookie') ?? [])]
  }

  *entries(): IterableIterator<[string, string]> {
    for (const [name, values] of this.#values) yield [name, values.join(', ')]
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries()
  }

  forEach(visit: (value: string, name: string) => void): void {
    for (const [name, value] of this.entries()) visit(value, name)
  }
}

/**
 * A finished answer in the shape of `Response`. The real one costs a new stream and several objects per answer; the
 * libraries accept anything whose prototype carries the tag `Response`, which a test pins.
 */
class LeanResponse {
  readonly url: string
  readonly status: number
  readonly statusText: string
  readonly headers: LeanHeaders
  readonly truncated: boolean
  readonly redirected = false
  readonly type = 'basic'
  readonly body = null
  readonly #answer: ClearResponse
  #used = false

  constructor(url: string, answer: ClearResponse) {
    this.url = url
    this.status = answer.status
    this.statusText = answer.statusText
    this.headers = new LeanHeaders(answer.headers)
    this.truncated = answer.truncated
    this.#answer = answer
  }

  get [Symbol.toStringTag](): string {
    return 'Response'
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  get bodyUsed(): boolean {
    return this.#used
  }

  clone(): LeanResponse {
    if (this.#used) throw new TypeError('The body was read already')
    return new LeanResponse(this.url, this.#answer)
  }

  async bytes(): Promise<Uint8Array> {
    if (this.#used) throw new TypeError('The body was read already')
    this.#used = true
    return this.#answer.body
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(await this.bytes()).buffer
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text())
  }
}

/** The answer as the callers of fetch read it. `blob`, `formData` and `body` streams are left out: nothing reads them. */
export function toTracedResponse(url: string, answer: ClearResponse): TracedResponse {
  return new LeanResponse(url, answer) as unknown as TracedResponse
}
