import type { Actor, Party, RunEventBody } from '../../contract/events.ts'
import type { ExchangeTimings } from '../../contract/http.ts'
import { isJsonObject, type Json } from '../../contract/json.ts'
import type { ClearRequest, ClearResponse, ExchangeObserver, ExchangeWatch } from '../http/exchange.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import type { Clock } from '../ports.ts'
import type { Hold } from './hold.ts'
import type { ProblemTeller } from './problem-teller.ts'
import { recognizeTokens } from './recognize-tokens.ts'
import { decodeText, headerOf, mediaTypeOf, recordBody } from './record-body.ts'
import type { LastAnswer } from './run-context.ts'

/** What an exchange is, told by whoever asks for it. */
export interface ExchangePurpose {
  purpose: string
  actor: Actor
  party: Party
  step: string | null
}

/** Writes every exchange of a run down, masked; the clear values are seen here and nowhere later. */
export interface Recorder {
  observerFor(purpose: ExchangePurpose): ExchangeObserver
  lastAnswer(purpose: string): LastAnswer | undefined
  mayHaveLeft(purpose: string): boolean
}

/** What a recorder writes with. */
export interface RecorderParts {
  emit(body: RunEventBody): void
  writeBody(id: string, text: string): void
  masker: Masker
  problems: ProblemTeller
  hold: Hold
  /** rejects to keep a request from being sent */
  admit(request: ClearRequest, actor: Actor): Promise<void>
  clock: Clock
  signal: AbortSignal
}

/** Creates the recorder of one run. */
export function createRecorder(parts: RecorderParts): Recorder {
  const answers = new Map<string, LastAnswer>()
  const left = new Set<string>()
  let count = 0
  return {
    lastAnswer: (purpose) => answers.get(purpose),
    mayHaveLeft: (purpose) => left.has(purpose),
    observerFor: (about) => ({
      async begin(request, signal = parts.signal) {
        const exchange = String(++count)
        recordRequest(parts, { exchange, about, request })
        if (parts.hold.holds(about.purpose)) {
          parts.emit({ type: 'exchange.held', exchange })
          await unlessStopped(parts, exchange, () => parts.hold.wait(signal))
          parts.emit({ type: 'exchange.resumed', exchange })
        }
        await unlessStopped(parts, exchange, () => parts.admit(request, about.actor))
        return watch(parts, { exchange, about, answers, left })
      },
    }),
  }
}

/** A request that is not sent has failed: otherwise it would stand there as running for ever. */
async function unlessStopped(parts: RecorderParts, exchange: string, wait: () => Promise<void>): Promise<void> {
  try {
    await wait()
  } catch (error) {
    parts.problems.met(error, { exchange })
    parts.emit({ type: 'exchange.failed', exchange, problem: parts.problems.tell(error), timings: { totalMs: 0 } })
    throw error
  }
}

function recordRequest(
  parts: RecorderParts,
  { exchange, about, request }: { exchange: string; about: ExchangePurpose; request: ClearRequest },
): void {
  // SECURITY: headers first: what they give away as secret is then masked in the address and the body too.
  const headers = parts.masker.maskHeaders(request.headers)
  const body =
    request.body &&
    recordBody(
      { id: `${exchange}-request`, bytes: request.body, contentType: headerOf(request.headers, 'content-type') },
      parts.masker,
      parts.writeBody,
    )
  parts.emit({
    type: 'exchange.started',
    exchange,
    ...about,
    request: {
      method: request.method,
      url: parts.masker.maskUrl(request.url),
      headers,
      ...(body ? { body } : {}),
    },
  })
}

interface Watched {
  exchange: string
  about: ExchangePurpose
  answers: Map<string, LastAnswer>
  /** purposes of requests of which something may have left this machine */
  left: Set<string>
}

function watch(parts: RecorderParts, { exchange, about, answers, left }: Watched): ExchangeWatch {
  return {
    answered(response, { timings, connection }) {
      const contentType = headerOf(response.headers, 'content-type')
      const json = parseJson(response)
      const date = headerOf(response.headers, 'date')
      left.add(about.purpose)
      answers.set(about.purpose, {
        exchange,
        status: response.status,
        mediaType: mediaTypeOf(contentType),
        json,
        ...(date ? { date } : {}),
      })
      // SECURITY: headers first, as in the request: a cookie's value often stands in the page as well.
      const headers = parts.masker.maskHeaders(response.headers)
      const body = recordBody(
        { id: `${exchange}-response`, bytes: response.body, contentType, truncated: response.truncated },
        parts.masker,
        parts.writeBody,
      )
      // SECURITY: after the body, which makes the tokens known: one token's claims may repeat another.
      const tokens =
        about.purpose === 'token' && isJsonObject(json) ? recognizeTokens(json, parts.masker, parts.clock.now()) : []
      parts.emit({
        type: 'exchange.answered',
        exchange,
        response: {
          httpVersion: response.httpVersion,
          status: response.status,
          statusText: parts.masker.maskText(response.statusText),
          headers,
          wireBytes: response.wireBytes,
          ...(body ? { body } : {}),
        },
        timings: rounded(timings),
        connection,
      })
      for (const token of tokens) parts.emit({ type: 'token.received', step: about.step, exchange, token })
    },
    failed(error, { timings, connection, mayHaveLeft }) {
      if (mayHaveLeft) left.add(about.purpose)
      parts.problems.met(error, { exchange, ...(about.step ? { step: about.step } : {}) })
      const problem = parts.problems.tell(error)
      parts.emit({
        type: 'exchange.failed',
        exchange,
        problem,
        timings: rounded(timings),
        ...(connection ? { connection } : {}),
      })
    },
  }
}

/** Hundredths of a millisecond are all a clock can tell here. */
function rounded(timings: ExchangeTimings): ExchangeTimings {
  const entries = Object.entries(timings).map(([phase, ms]: [string, number]) => [phase, Math.round(ms * 100) / 100])
  return { ...timings, ...Object.fromEntries(entries) }
}

function parseJson(response: ClearResponse): Json | undefined {
  if (response.body.length === 0) return undefined
  try {
    // A byte order mark is forbidden in JSON, and a reader may pass over it (RFC 8259 §8.1).
    return JSON.parse((decodeText(response.body) ?? '').replace(/^\uFEFF/, '')) as Json
  } catch {
    return undefined
  }
}
