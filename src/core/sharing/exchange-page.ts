import type { BodyReference, CertificateFacts, ConnectionFacts, ExchangeTimings } from '../../contract/http.ts'
import type { NameValue } from '../../contract/json.ts'
import type { Exchange, Run } from '../../contract/run.ts'
import { numberExchanges } from '../../contract/sequence.ts'
import { facts, section, type PageBlock } from './shared-page.ts'

/** Of a longer body the beginning is shown; the whole stands in the data. */
const longestShown = 20_000

/** Each request of a run with its answer, folded away. */
export function exchangePages(run: Run, bodies: ReadonlyMap<string, string>): (PageBlock | undefined)[] {
  const numbers = numberExchanges(run.exchanges)
  return run.exchanges.map((exchange) => exchangePage(exchange, numbers.get(exchange.id) ?? '', bodies))
}

function exchangePage(exchange: Exchange, number: string, bodies: ReadonlyMap<string, string>): PageBlock | undefined {
  const { request, response, problem } = exchange
  return section(
    `${number}. ${request.method} ${withoutQuery(request.url)} → ${statusOf(exchange)}`,
    [
      facts([
        ['Address', request.url],
        ['Purpose', exchange.purpose],
        ['Sent by', exchange.actor],
        ['To', exchange.party],
        ['At', exchange.startedAt],
        ['Problem', problem && `${problem.title}. ${problem.detail}`],
      ]),
      headers('Request headers', request.headers),
      body('Request body', request.body, bodies),
      ...(response ? [headers('Answer headers', response.headers), body('Answer body', response.body, bodies)] : []),
      section('Timings', [timings(exchange.timings)]),
      section('Connection', [connection(exchange)]),
      ...(exchange.connection?.tls?.chain ?? []).map(certificate),
    ],
    { isFolded: true, ...(hasFailed(exchange) ? { tone: 'error' as const } : {}) },
  )
}

/** A heading has no room for a query; the whole address stands below it. */
function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, '?…')
}

/** What came back, in a few words. */
export function statusOf({ response, problem, state }: Exchange): string {
  return response ? `${response.status} ${response.statusText}`.trim() : (problem?.title ?? state)
}

/** Whether there was no answer, or a refusal. */
export function hasFailed({ response, state }: Exchange): boolean {
  return state === 'failed' || (response !== undefined && response.status >= 400)
}

function headers(caption: string, list: readonly NameValue[]): PageBlock | undefined {
  if (list.length === 0) return undefined
  return { kind: 'code', caption, text: list.map(([name, value]) => `${name}: ${value}`).join('\n') }
}

function body(
  caption: string,
  reference: BodyReference | undefined,
  bodies: ReadonlyMap<string, string>,
): PageBlock | undefined {
  if (!reference) return undefined
  const text = reference.inline ?? bodies.get(reference.id)
  const about = `${caption} (${reference.mediaType || 'no content type'}, ${reference.bytes} bytes)`
  if (text === undefined) return { kind: 'words', text: `${about} is left out.` }
  const rest = text.length - longestShown
  const shown = rest > 0 ? `${text.slice(0, longestShown)}\n… ${rest} more characters` : text
  return { kind: 'code', caption: reference.truncated ? `${about}, cut off when it was read` : about, text: shown }
}

const phases: [keyof ExchangeTimings, string][] = [
  ['dnsMs', 'Name'],
  ['connectMs', 'Connection'],
  ['proxyMs', 'Proxy'],
  ['tlsMs', 'TLS'],
  ['sendMs', 'Sending'],
  ['waitMs', 'Waiting'],
  ['receiveMs', 'Receiving'],
  ['totalMs', 'All'],
]

function timings(told: ExchangeTimings | undefined): PageBlock | undefined {
  return facts(phases.map(([name, title]) => [title, told?.[name] === undefined ? undefined : `${told[name]} ms`]))
}

function connection({ connection: told }: Exchange): PageBlock | undefined {
  if (!told) return undefined
  const { remoteAddress, remotePort, reused, proxy, tls } = told satisfies ConnectionFacts
  return facts([
    ['Address', remoteAddress && `${remoteAddress} ${remotePort ?? ''}`.trim()],
    ['Used before', reused ? 'yes' : 'no'],
    ['Proxy', proxy],
    ['TLS', tls && `${tls.protocol}, ${tls.cipher}`],
    ['Server name', tls?.serverName],
    ['Certificate', tls && (tls.authorized ? 'trusted' : `not trusted: ${tls.authorizationError ?? ''}`)],
  ])
}

function certificate({ subject, issuer, validFrom, validTo, fingerprint256 }: CertificateFacts): PageBlock | undefined {
  return facts([
    ['Subject', subject],
    ['Issuer', issuer],
    ['Valid', `${validFrom} to ${validTo}`],
    ['SHA-256', fingerprint256],
  ])
}
