import { isIP } from 'node:net'
import type { BodyReference, ExchangeTimings } from '../../contract/http.ts'
import type { NameValue } from '../../contract/json.ts'
import type { Exchange, Run } from '../../contract/run.ts'
import { headerOf } from '../runs/record-body.ts'
import type { Har, HarEntry, HarNameValue, HarTimings } from './har-format.ts'
import type { SharedRun } from './mask-for-others.ts'

/** The exchanges of runs as HAR 1.2, a page for each run, in the order they began. Texts are as they are given: masked before. */
export function makeHar(runs: readonly SharedRun[], version: string): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'Grantlab', version },
      pages: runs.map(({ run }, index) => ({
        startedDateTime: run.startedAt,
        id: pageId(index),
        title: `${run.title} (${run.outcome})`,
        pageTimings: {},
      })),
      entries: runs.flatMap((shared, index) =>
        shared.run.exchanges.map((exchange) => toEntry(shared, exchange, pageId(index))),
      ),
      comment: 'Secrets are masked; equal marks mean equal values within this file alone.',
    },
  }
}

const pageId = (index: number) => `run_${index + 1}`

function toEntry({ run, bodies }: SharedRun, exchange: Exchange, pageref: string): HarEntry {
  const { connection, startedAt } = exchange
  const timings = toTimings(exchange.timings)
  return {
    pageref,
    startedDateTime: startedAt,
    time: Object.entries(timings).reduce((sum, [name, ms]) => (name === 'ssl' || ms < 0 ? sum : sum + ms), 0),
    request: toRequest(exchange, bodies),
    response: toResponse(exchange, bodies),
    cache: {},
    timings,
    // A masked address is none, and readers refuse what is none.
    ...(isIP(connection?.remoteAddress ?? '') ? { serverIPAddress: connection!.remoteAddress! } : {}),
    ...(connection?.remotePort === undefined ? {} : { connection: String(connection.remotePort) }),
    comment: commentOf(run, exchange),
  }
}

function commentOf({ steps }: Run, { step, purpose, actor, problem }: Exchange): string {
  const title = steps.find(({ id }) => id === step)?.title
  const by = actor === 'browser' ? 'sent in the place of a browser' : ''
  return [title, purpose, by, problem && `${problem.title}: ${problem.detail}`].filter(Boolean).join(' · ')
}

function toRequest({ request, response }: Exchange, bodies: ReadonlyMap<string, string>): HarEntry['request'] {
  const text = textOf(request.body, bodies)
  return {
    method: request.method,
    url: toUri(request.url),
    httpVersion: `HTTP/${response?.httpVersion ?? '1.1'}`,
    cookies: cookiesIn(headerOf(request.headers, 'cookie').split(';')),
    headers: toPairs(request.headers),
    queryString: queryOf(request.url),
    ...(request.body ? { postData: { mimeType: headerOf(request.headers, 'content-type'), text: text ?? '' } } : {}),
    headersSize: -1,
    bodySize: request.body?.bytes ?? 0,
  }
}

function toResponse(exchange: Exchange, bodies: ReadonlyMap<string, string>): HarEntry['response'] {
  const { response, request, problem } = exchange
  if (!response) return { ...noResponse, ...(problem ? { comment: problem.title } : {}) }
  const { status, statusText, httpVersion, headers, body, wireBytes } = response
  return {
    status,
    statusText,
    httpVersion: `HTTP/${httpVersion}`,
    cookies: cookiesIn(
      headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value.split(';')[0]!),
    ),
    headers: toPairs(headers),
    content: toContent(response, textOf(body, bodies)),
    redirectURL: redirectOf(headerOf(headers, 'location'), request.url),
    headersSize: -1,
    bodySize: wireBytes,
  }
}

const noResponse: HarEntry['response'] = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
}

function toContent(
  { body, headers }: NonNullable<Exchange['response']>,
  text: string | undefined,
): HarEntry['response']['content'] {
  return {
    size: body?.bytes ?? 0,
    mimeType: headerOf(headers, 'content-type') || 'x-unknown',
    ...(text === undefined ? {} : { text }),
    ...(body && text === undefined ? { comment: 'The body is left out.' } : {}),
  }
}

function redirectOf(location: string, base: string): string {
  return location === '' ? '' : toUri(URL.parse(toUri(location), toUri(base))?.href ?? location)
}

function textOf(body: BodyReference | undefined, bodies: ReadonlyMap<string, string>): string | undefined {
  return body?.inline ?? (body && bodies.get(body.id))
}

const sumOf = (all: readonly number[]) => all.filter((ms) => ms > 0).reduce((sum, ms) => sum + ms, 0)

/** HAR counts TLS within the connection, and -1 for what did not happen. */
function toTimings(told: ExchangeTimings = { totalMs: 0 }): HarTimings {
  const phase = (name: keyof ExchangeTimings, absent: number) => told[name] ?? absent
  const connecting = [phase('connectMs', -1), phase('proxyMs', -1), phase('tlsMs', -1)]
  const parts = {
    dns: phase('dnsMs', -1),
    connect: connecting.every((ms) => ms < 0) ? -1 : sumOf(connecting),
    send: phase('sendMs', 0),
    wait: phase('waitMs', 0),
    receive: phase('receiveMs', 0),
  }
  const blocked = Math.max(0, told.totalMs - sumOf(Object.values(parts)))
  return { blocked: Math.round(blocked * 100) / 100, ...parts, ssl: phase('tlsMs', -1) }
}

const toPairs = (pairs: readonly NameValue[]): HarNameValue[] => pairs.map(([name, value]) => ({ name, value }))

function cookiesIn(pairs: readonly string[]): HarNameValue[] {
  return pairs.flatMap((pair) => {
    const [, name, value] = /^\s*([^=\s]+)=(.*?)\s*$/.exec(pair) ?? []
    return name === undefined ? [] : [{ name, value: value ?? '' }]
  })
}

function queryOf(url: string): HarNameValue[] {
  // Marks hold a `#`, which would end the query.
  const query = URL.parse(toUri(url))?.searchParams
  return query ? toPairs([...query]) : []
}

/** An address with marks in it as an address that every reader takes. */
function toUri(url: string): string {
  return url
    .replace(/●●●●(?: #[0-9a-f]+)?|‹[a-z_]+ #[0-9a-f]+›/g, (mark) => encodeURIComponent(mark))
    .replace(/[^!-~]|["<>\\^`{|}]/gu, (character) => encodeURIComponent(character.toWellFormed()))
}
