import type { ExchangeTimings } from '../../contract/http.ts'
import { isJsonObject, type Json, type JsonObject, type NameValue } from '../../contract/json.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'

/** The largest HAR that is read, in characters. */
export const largestHar = 50 * 1024 * 1024
const mostEntries = 20_000
/** Bodies are bounded as those of Grantlab's own requests are. */
const longestBody = 5 * 1024 * 1024
const mostProblems = 20
/** A request takes no more than a day, whatever the file says. */
const longestMs = 86_400_000

/** One entry in clear: it stays in memory until it is masked. */
export interface ClearEntry {
  /** JSON pointer within the HAR */
  pointer: string
  /** milliseconds since 1970 */
  startedMs: number
  timings: ExchangeTimings
  request: ClearMessage & { method: string; url: URL }
  /** absent: there was no answer */
  response?: ClearMessage & { status: number; statusText: string; httpVersion: string }
  address?: string
}

/** What both sides of an entry have. */
export interface ClearMessage {
  headers: NameValue[]
  contentType: string
  body: string
  truncated: boolean
}

/** A HAR as far as it can be read. */
export interface ClearHar {
  /** in the order they began */
  entries: ClearEntry[]
  /** what recorded it */
  creator: string
  /** entries that could not be read, at most 20, each with its place */
  problems: Problem[]
}

/** Reads a HAR 1.1 or 1.2; an entry that is broken is told and left out. @throws ProblemError file-invalid with its place */
export function readHar(text: string): ClearHar {
  if (text.length > largestHar) throw invalid(`It is larger than ${largestHar} characters.`, '')
  const log = logOf(text)
  if (!Array.isArray(log.entries)) throw invalid('A HAR has a list of entries.', '/log/entries')
  if (log.entries.length > mostEntries) throw invalid(`It has more than ${mostEntries} entries.`, '/log/entries')
  const problems: Problem[] = []
  const entries = log.entries.flatMap((value, index): ClearEntry[] => {
    const pointer = `/log/entries/${index}`
    const entry = readEntry(value, pointer)
    if (!('fault' in entry)) return [entry]
    if (problems.length < mostProblems) {
      problems.push(problemOf('file-invalid', entry.fault, { place: { pointer: entry.pointer } }))
    }
    return []
  })
  const creator = isJsonObject(log.creator) ? textOf(log.creator, 'name').slice(0, 100) : ''
  return { entries: entries.toSorted((a, b) => a.startedMs - b.startedMs), creator, problems }
}

function logOf(text: string): JsonObject {
  let har: Json
  try {
    har = JSON.parse(text.replace(/^\uFEFF/, '')) as Json
  } catch (cause) {
    throw invalid('It is no JSON, or was cut off.', '', cause)
  }
  if (!isJsonObject(har) || !isJsonObject(har.log)) throw invalid('A HAR is an object with a log.', '/log')
  return har.log
}

interface Fault {
  fault: string
  pointer: string
}

function readEntry(value: Json, pointer: string): ClearEntry | Fault {
  if (!isJsonObject(value) || !isJsonObject(value.request)) {
    return { fault: 'An entry has a request.', pointer: `${pointer}/request` }
  }
  const { request } = value
  const url = URL.parse(textOf(request, 'url'))
  if (!url || !/^https?:$/.test(url.protocol)) {
    return { fault: 'A request has an http or https address.', pointer: `${pointer}/request/url` }
  }
  const startedMs = Date.parse(textOf(value, 'startedDateTime'))
  // Later years are written with a sign, which nobody who reads a time expects.
  if (!(startedMs >= 0 && startedMs < Date.UTC(9999, 0))) {
    return { fault: 'An entry says when it began (ISO 8601).', pointer: `${pointer}/startedDateTime` }
  }
  const method = textOf(request, 'method').toUpperCase() || 'GET'
  return { pointer, startedMs, request: { method, url, ...readRequestBody(request) }, ...readAnswer(value) }
}

function readAnswer({ response, timings, time, serverIPAddress }: JsonObject) {
  const answer = isJsonObject(response) ? readResponse(response) : undefined
  const hasAddress = typeof serverIPAddress === 'string' && serverIPAddress !== ''
  return {
    timings: readTimings(isJsonObject(timings) ? timings : {}, time),
    ...(answer ? { response: answer } : {}),
    ...(hasAddress ? { address: serverIPAddress } : {}),
  }
}

function readRequestBody(request: JsonObject): ClearMessage {
  const headers = headersOf(request)
  const data = isJsonObject(request.postData) ? request.postData : {}
  const parameters = new URLSearchParams(pairsOf(data.params)).toString()
  return {
    headers,
    contentType: textOf(data, 'mimeType') || headerIn(headers, 'content-type'),
    ...boundedBody(textOf(data, 'text') || parameters),
  }
}

function readResponse(response: JsonObject): ClearEntry['response'] | undefined {
  const status = Number(response.status)
  // 0 or -1: the browser blocked it, or nothing came.
  if (!Number.isInteger(status) || status < 100 || status > 999) return undefined
  const headers = headersOf(response)
  const content = isJsonObject(response.content) ? response.content : {}
  const text = textOf(content, 'text')
  const decoded = content.encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text
  return {
    status,
    statusText: textOf(response, 'statusText'),
    httpVersion: textOf(response, 'httpVersion').replace(/^HTTP\//i, '') || '1.1',
    headers,
    contentType: textOf(content, 'mimeType') || headerIn(headers, 'content-type'),
    ...boundedBody(decoded),
  }
}

function boundedBody(body: string): Pick<ClearMessage, 'body' | 'truncated'> {
  return { body: body.slice(0, longestBody), truncated: body.length > longestBody }
}

/** `:authority` and its like are HTTP/2's own and stand in the request line. */
function headersOf(message: JsonObject): NameValue[] {
  return pairsOf(message.headers).filter(([name]) => !name.startsWith(':'))
}

function pairsOf(list: Json | undefined): NameValue[] {
  return Array.isArray(list)
    ? list.flatMap((one): NameValue[] => {
        const name = isJsonObject(one) ? textOf(one, 'name') : ''
        return isJsonObject(one) && name !== '' ? [[name, textOf(one, 'value')]] : []
      })
    : []
}

const phases = {
  dns: 'dnsMs',
  connect: 'connectMs',
  ssl: 'tlsMs',
  send: 'sendMs',
  wait: 'waitMs',
  receive: 'receiveMs',
}

function readTimings(timings: JsonObject, total: Json | undefined): ExchangeTimings {
  const told = Object.entries(phases).flatMap(([name, ours]) => {
    const ms = timings[name]
    return typeof ms === 'number' && ms >= 0 ? [[ours, Math.min(ms, longestMs)] as const] : []
  })
  const found = Object.fromEntries(told) as Omit<ExchangeTimings, 'totalMs'>
  // A HAR counts TLS within the connection.
  if (found.connectMs !== undefined && found.tlsMs !== undefined) {
    found.connectMs = Math.max(0, found.connectMs - found.tlsMs)
  }
  return { ...found, totalMs: typeof total === 'number' ? Math.min(Math.max(0, total), longestMs) : 0 }
}

function headerIn(headers: readonly NameValue[], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''
}

function textOf(object: JsonObject, name: string): string {
  const value = Object.hasOwn(object, name) ? object[name] : undefined
  return typeof value === 'string' ? value : ''
}

function invalid(detail: string, pointer: string, cause?: unknown): ProblemError {
  return problem('file-invalid', `This is no HAR that can be read. ${detail}`, {
    place: { pointer },
    whatToDo: ['Export it again from the developer tools of the browser, with sensitive data.'],
    ...(cause === undefined ? {} : { cause }),
  })
}
