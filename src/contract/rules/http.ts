import { isLoopbackHost } from '../metadata/address.ts'
import type { Exchange, Run } from '../run.ts'
import type { Rule } from './rule.ts'

/** Requests of Grantlab itself that were answered. */
function answeredIn(run: Run): (Exchange & { response: NonNullable<Exchange['response']> })[] {
  return run.exchanges.filter(
    (exchange): exchange is Exchange & { response: NonNullable<Exchange['response']> } =>
      exchange.actor === 'grantlab' && exchange.response !== undefined,
  )
}

function headerOf({ response }: Exchange, wanted: string): string | undefined {
  return response?.headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

function urlOf({ request }: Exchange): URL | undefined {
  return URL.parse(request.url) ?? undefined
}

/** The first of each server. */
function byHost(exchanges: readonly Exchange[]): Exchange[] {
  const seen = new Set<string>()
  return exchanges.filter((exchange) => {
    const origin = urlOf(exchange)?.origin ?? ''
    return !seen.has(origin) && seen.add(origin)
  })
}

const oldTls: Rule = {
  id: 'tls.old',
  severity: 'error',
  title: 'The server speaks an old version of TLS',
  specification: 'RFC 8996, RFC 9325 §3.1.1',
  remedy: 'Have the server offer TLS 1.2 or, better, 1.3.',
  check: (run) =>
    byHost(
      run.exchanges.filter(({ connection }) => /^(?:SSL|TLSv1(?:\.1)?$)/.test(connection?.tls?.protocol ?? '')),
    ).map((exchange) => ({
      explanation: `${urlOf(exchange)?.host} negotiated a version that must not be used any more.`,
      evidence: [{ label: 'TLS', value: exchange.connection?.tls?.protocol ?? '', exchange: exchange.id }],
    })),
}

const redirected: Rule = {
  id: 'http.redirected',
  severity: 'warning',
  title: 'An endpoint answered with a redirect',
  specification: 'RFC 9700 §4.12',
  remedy: 'Use the address at which the endpoint really is; a client may not follow with its credentials.',
  check: (run) =>
    answeredIn(run)
      .filter(
        ({ response, purpose }) => [301, 302, 303, 307, 308].includes(response.status) && purpose !== 'authorization',
      )
      .map((exchange) => ({
        explanation: `${exchange.request.method} ${urlOf(exchange)?.pathname ?? ''} leads elsewhere. Credentials are never sent on to another origin.`,
        evidence: [{ label: 'Location', value: headerOf(exchange, 'location') ?? 'absent', exchange: exchange.id }],
      })),
}

const slowMs = 2_000

const slow: Rule = {
  id: 'http.slow',
  severity: 'info',
  title: 'A server took its time',
  specification: 'none',
  remedy: 'Look at Timing: the name, the connection, the server itself or the way back.',
  check: (run) =>
    answeredIn(run)
      .filter(({ timings }) => (timings?.totalMs ?? 0) > slowMs)
      .map(({ id, request, timings }) => ({
        explanation: `${request.method} ${URL.parse(request.url)?.pathname ?? ''} took ${((timings?.totalMs ?? 0) / 1000).toFixed(1)} s.`,
        evidence: [{ label: 'total', value: `${Math.round(timings?.totalMs ?? 0)} ms`, exchange: id }],
      })),
}

const retryAfter: Rule = {
  id: 'http.retry-after',
  severity: 'warning',
  title: 'The server asks to wait',
  specification: 'RFC 9110 §10.2.3, RFC 6585 §4',
  remedy: 'Wait as long as Retry-After says before the next request.',
  check: (run) =>
    answeredIn(run)
      .filter(
        (exchange) => headerOf(exchange, 'retry-after') !== undefined && [429, 503].includes(exchange.response.status),
      )
      .map((exchange) => ({
        explanation: `${urlOf(exchange)?.host ?? ''} answered ${exchange.response.status}.`,
        evidence: [{ label: 'Retry-After', value: headerOf(exchange, 'retry-after') ?? '', exchange: exchange.id }],
      })),
}

const cors: Rule = {
  id: 'http.cors',
  severity: 'info',
  title: 'A browser application of that origin cannot use the endpoint',
  specification: 'Fetch Standard §3.2.2',
  remedy: 'Have the endpoint answer Access-Control-Allow-Origin for this origin, also to OPTIONS.',
  check: (run) =>
    run.exchanges
      .filter(({ purpose, state }) => purpose === 'cors' && state !== 'running' && state !== 'held')
      .flatMap((exchange) => {
        const origin = exchange.request.headers.find(([name]) => name.toLowerCase() === 'origin')?.[1] ?? ''
        const allowed = headerOf(exchange, 'access-control-allow-origin')
        if (allowed === '*' || allowed === origin) return []
        return [
          {
            explanation: `${urlOf(exchange)?.pathname ?? ''} does not let ${origin} read its answers.`,
            evidence: [{ label: 'Access-Control-Allow-Origin', value: allowed ?? 'absent', exchange: exchange.id }],
          },
        ]
      }),
}

const hsts: Rule = {
  id: 'http.hsts',
  severity: 'info',
  title: 'The server does not insist on https',
  specification: 'RFC 6797 §7.1',
  remedy: 'Send Strict-Transport-Security with every answer over https.',
  onDiscovery: true,
  check: (run) =>
    byHost(
      answeredIn(run).filter((exchange) => {
        const url = urlOf(exchange)
        return url?.protocol === 'https:' && !isLoopbackHost(url.hostname) && exchange.purpose === 'metadata'
      }),
    )
      .filter((exchange) => headerOf(exchange, 'strict-transport-security') === undefined)
      .map((exchange) => ({
        explanation: `A browser may be led to ${urlOf(exchange)?.host ?? ''} over plain http first.`,
        evidence: [{ label: 'Strict-Transport-Security', value: 'absent', exchange: exchange.id }],
      })),
}

/** What is noticed about answers, whatever they carry. */
export const httpRules: readonly Rule[] = [oldTls, redirected, retryAfter, slow, cors, hsts]
