import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiRequest } from './api-request.ts'

/** The one API key of an emulator. */
export class ApiKey {
  readonly #hash: Buffer

  constructor(key: string) {
    this.#hash = hash(key)
  }

  /** Whether a request brings it. SECURITY: compared in constant time. */
  isIn(request: Pick<ApiRequest, 'headers'>): boolean {
    const token = bearerOf(request)
    return token !== undefined && timingSafeEqual(hash(token), this.#hash)
  }
}

/** The Bearer token of a request. @see RFC 6750 §2.1 */
export function bearerOf({ headers }: Pick<ApiRequest, 'headers'>): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1]
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
