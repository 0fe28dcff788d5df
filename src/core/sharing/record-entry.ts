import type { RunEventBody } from '../../contract/events.ts'
import type { BodyReference } from '../../contract/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import { checkKeys } from '../../contract/keys/check-keys.ts'
import { problemOf } from '../../contract/problem.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import { boundedDocument } from '../protocol/bounded.ts'
import { recognizeTokens } from '../runs/recognize-tokens.ts'
import { recordBody } from '../runs/record-body.ts'
import type { ClassifiedEntry, EntryPurpose } from './classify-entry.ts'
import type { ClearEntry, ClearMessage } from './read-har.ts'
import { isHidden } from './same-value.ts'

/** Writes entries of a HAR down as exchanges, masked. */
export interface EntryRecorder {
  /** Answers the exchange's id. */
  record(classified: ClassifiedEntry): string
  /** Tokens that came through the browser. @see RFC 6749 §4.2.2, OpenID Connect Core §3.3.2.5 */
  recordTokens(classified: ClassifiedEntry, exchange: string): void
}

/** What a recorder of entries writes with; times in milliseconds since 1970. */
export interface EntryRecorderParts {
  masker: Masker
  writeBody(id: string, text: string): void
  emit(atMs: number, body: RunEventBody): void
}

/** What a browser was led to; everything else a program asked. */
const ofBrowser: readonly EntryPurpose[] = ['authorization', 'redirect']
const ofResource: readonly EntryPurpose[] = ['resource', 'resource-metadata']

/** Creates the recorder of one HAR. */
export function createEntryRecorder(parts: EntryRecorderParts): EntryRecorder {
  let count = 0
  return {
    record(classified) {
      const exchange = String(++count)
      recordRequest(parts, classified, exchange)
      recordAnswer(parts, classified, exchange)
      return exchange
    },
    recordTokens: (classified, exchange) =>
      emitTokens(parts, Object.fromEntries(classified.parameters), { classified, exchange }),
  }
}

function recordRequest(parts: EntryRecorderParts, { entry, purpose }: ClassifiedEntry, exchange: string): void {
  const { masker, emit } = parts
  const body = bodyOf(parts, `${exchange}-request`, entry.request)
  emit(entry.startedMs, {
    type: 'exchange.started',
    exchange,
    step: null,
    actor: ofBrowser.includes(purpose) ? 'browser' : 'grantlab',
    party: ofResource.includes(purpose) ? 'resource-server' : 'authorization-server',
    purpose: purpose === 'resource-metadata' ? 'metadata' : purpose,
    request: {
      method: masker.maskText(entry.request.method.slice(0, 40)),
      url: masker.maskUrl(entry.request.url.href),
      headers: masker.maskHeaders(entry.request.headers),
      ...(body ? { body } : {}),
    },
  })
}

function recordAnswer(parts: EntryRecorderParts, classified: ClassifiedEntry, exchange: string): void {
  const { masker, emit } = parts
  const { entry } = classified
  const { response, timings } = entry
  const atMs = entry.startedMs + timings.totalMs
  if (!response) {
    const problem = problemOf('connection-lost', 'The HAR has no answer to this request.', { exchange })
    emit(atMs, { type: 'exchange.failed', exchange, problem, timings })
    return
  }
  const body = bodyOf(parts, `${exchange}-response`, response)
  emit(atMs, {
    type: 'exchange.answered',
    exchange,
    response: {
      httpVersion: masker.maskText(response.httpVersion.slice(0, 20)),
      status: response.status,
      statusText: masker.maskText(response.statusText.slice(0, 200)),
      headers: masker.maskHeaders(response.headers),
      wireBytes: Buffer.byteLength(response.body),
      ...(body ? { body } : {}),
    },
    timings,
    connection: { reused: timings.connectMs === undefined, ...addressOf(entry, masker) },
  })
  recordDocument(parts, classified, exchange)
}

function addressOf({ address }: ClearEntry, masker: Masker): { remoteAddress?: string } {
  return address === undefined ? {} : { remoteAddress: masker.maskText(address.slice(0, 100)) }
}

/** What the body says, as far as rules look at it. */
function recordDocument(parts: EntryRecorderParts, classified: ClassifiedEntry, exchange: string): void {
  const { entry, purpose, json } = classified
  if (!json || entry.response?.status !== 200) return
  const { masker } = parts
  const atMs = entry.startedMs + entry.timings.totalMs
  const location = masker.maskUrl(entry.request.url.href)
  const read: Partial<Record<EntryPurpose, () => void>> = {
    token: () => emitTokens(parts, json, { classified, exchange }),
    jwks: () => {
      const keys = masker.maskJson(checkKeys(json) as unknown as Json) as unknown as ReturnType<typeof checkKeys>
      parts.emit(atMs, { type: 'keys.received', exchange, location, ...keys })
    },
    metadata: () => parts.emit(atMs, metadataOf(json, { exchange, location, masker, field: 'issuer' })),
    'resource-metadata': () =>
      parts.emit(atMs, {
        ...metadataOf(json, { exchange, location, masker, field: 'resource' }),
        kind: 'protected-resource',
      }),
  }
  read[purpose]?.()
}

interface DocumentPlace {
  exchange: string
  location: string
  masker: Masker
  field: 'issuer' | 'resource'
}

type MetadataReceived = Extract<RunEventBody, { type: 'metadata.received' }>

/** Whoever asked is not known; the address says which identifier was meant. @see RFC 8414 §3.1, RFC 9728 §3.1 */
function metadataOf(json: JsonObject, { exchange, location, masker, field }: DocumentPlace): MetadataReceived {
  const url = new URL(location)
  const [before = '', after = ''] = url.pathname.split(/\/\.well-known\/[a-z-]+/, 2)
  const meant = `${url.origin}${before}${after}`.replace(/\/$/, '')
  const named = json[field]
  // With and without a last slash it is the same place; only the document says which it is.
  const identifier = typeof named === 'string' && named.replace(/\/$/, '') === meant ? named : meant
  const document = masker.maskJson(boundedDocument(json))
  return { type: 'metadata.received', exchange, location, issuer: masker.maskUrl(identifier), document }
}

function emitTokens(
  { masker, emit }: EntryRecorderParts,
  answer: JsonObject,
  { classified: { entry }, exchange }: { classified: ClassifiedEntry; exchange: string },
): void {
  const atMs = entry.startedMs + entry.timings.totalMs
  if (!isJsonObject(answer)) return
  for (const token of recognizeTokens(withoutHidden(answer), masker, atMs)) {
    emit(atMs, { type: 'token.received', step: null, exchange, token })
  }
}

/** A mark in the place of a token says nothing of its form and its length. */
function withoutHidden(answer: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => typeof value !== 'string' || !isHidden(value)))
}

function bodyOf(
  { masker, writeBody }: EntryRecorderParts,
  id: string,
  { body, contentType, truncated }: ClearMessage,
): BodyReference | undefined {
  return recordBody({ id, bytes: Buffer.from(body), contentType, truncated }, masker, writeBody)
}
