import { performance } from 'node:perf_hooks'
import { ProblemError } from '../../problems/problem-error.ts'
import type {
  ClearRequest,
  ClearResponse,
  ExchangeObserver,
  HttpTransport,
  HttpTransportSettings,
  WireFacts,
} from '../exchange.ts'
import { createHttpTransport } from '../transport.ts'

/** What an observer saw of one exchange. */
export interface SeenExchange {
  request: ClearRequest
  response?: ClearResponse
  error?: unknown
  facts?: WireFacts
  /** calls of `answered` and `failed`; must be 1 at the end */
  endings: number
}

/** An observer that keeps everything; `before` may hold or refuse the request. */
export function recordingObserver(before?: (request: ClearRequest) => Promise<void>) {
  const seen: SeenExchange[] = []
  const observer: ExchangeObserver = {
    async begin(request) {
      const exchange: SeenExchange = { request, endings: 0 }
      seen.push(exchange)
      await before?.(request)
      return {
        answered(response, facts) {
          Object.assign(exchange, { response, facts, endings: exchange.endings + 1 })
        },
        failed(error, facts) {
          Object.assign(exchange, { error, facts, endings: exchange.endings + 1 })
        },
      }
    },
  }
  return { observer, seen }
}

/** A transport with the real clock. */
export function testTransport(settings: Partial<HttpTransportSettings> = {}): HttpTransport {
  return createHttpTransport({
    environment: {},
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    ...settings,
  })
}

/** The problem that a promise rejects with; throws when it resolves or rejects with something else. */
export async function problemOfRejection(promise: Promise<unknown>) {
  const error = await promise.then(
    () => new Error('it did not reject'),
    (reason: unknown) => reason,
  )
  if (error instanceof ProblemError) return error.problem
  throw error
}
