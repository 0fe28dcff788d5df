import { differencesOf } from '../metadata/differences.ts'
import type { Exchange, Run } from '../run.ts'
import type { Rule } from './rule.ts'

const issParameter: Rule = {
  id: 'metadata.iss-parameter',
  severity: 'warning',
  title: 'Several servers are in use, and one does not promise iss',
  specification: 'RFC 9207 §2',
  remedy: 'Have the server send iss with every authorization response and say so in its metadata.',
  check: (run) => {
    const servers = run.metadata.filter(({ kind = 'authorization-server' }) => kind === 'authorization-server')
    if (new Set(servers.map(({ issuer }) => issuer)).size < 2) return []
    const seen = new Set<string>()
    return servers
      .filter(({ document }) => document.authorization_response_iss_parameter_supported !== true)
      .filter(
        ({ issuer, document }) =>
          document.authorization_endpoint !== undefined && !seen.has(issuer) && seen.add(issuer),
      )
      .map(({ issuer, exchange, document }) => ({
        explanation: `${issuer} does not say that its answers carry iss: a client of several servers can be made to send a code to the wrong one.`,
        evidence: [
          {
            label: 'authorization_response_iss_parameter_supported',
            value: String(document.authorization_response_iss_parameter_supported ?? 'absent'),
            exchange,
            pointer: '/authorization_response_iss_parameter_supported',
          },
        ],
      }))
  },
}

const location: Rule = {
  id: 'metadata.location',
  severity: 'info',
  title: 'The metadata is at one of the well-known locations only',
  specification: 'RFC 8414 §5',
  remedy: 'Answer it at the other location as well, so that every client finds it.',
  onDiscovery: true,
  check: (run) => {
    const tried = run.locations.filter(({ kind }) => kind === 'authorization-server')
    const found = tried.filter(({ outcome }) => outcome === 'found')
    const missed = tried.filter(({ outcome }) => outcome !== 'found')
    if (found.length === 0 || missed.length === 0) return []
    return [
      {
        explanation: `Found at ${found.map(({ location: at }) => at).join(' and ')}. Clients that look elsewhere do not find it.`,
        evidence: missed.map(({ location: at, status, outcome, exchange }) => ({
          label: at,
          value: outcome === 'absent' ? String(status) : `${status}, ${outcome}`,
          exchange,
        })),
      },
    ]
  },
}

const disagree: Rule = {
  id: 'metadata.disagree',
  severity: 'warning',
  title: 'The documents of one issuer differ',
  specification: 'RFC 8414 §3',
  remedy: 'Answer the same facts at every location: which of them a client reads is up to the client.',
  check: (run) => {
    const servers = run.metadata.filter(({ kind = 'authorization-server' }) => kind === 'authorization-server')
    return servers.flatMap((first, index) => {
      const isFirst = servers.findIndex(({ issuer }) => issuer === first.issuer) === index
      const others = isFirst ? servers.filter((other, at) => at > index && other.issuer === first.issuer) : []
      return others.flatMap((other) => {
        // A field that only one kind of document has is no disagreement: each specification has its own.
        const changes = differencesOf(first.document, other.document).filter(({ kind }) => kind === 'changed')
        if (changes.length === 0) return []
        return [
          {
            explanation: `${first.location} and ${other.location} differ in ${changes
              .map(({ pointer }) => pointer.slice(1))
              .slice(0, 10)
              .join(', ')}.`,
            evidence: changes.slice(0, 20).flatMap(({ pointer, before, after }) => [
              { label: pointer.slice(1), value: before, exchange: first.exchange, pointer },
              { label: pointer.slice(1), value: after, exchange: other.exchange, pointer },
            ]),
          },
        ]
      })
    })
  },
}

const cached = (purpose: string) => purpose === 'metadata' || purpose === 'jwks'

const cache: Rule = {
  id: 'metadata.cache',
  severity: 'info',
  title: 'Nothing says how long the answer stays good',
  specification: 'RFC 9111 §5.2',
  remedy: 'Send Cache-Control with max-age: clients then ask no more often than they need to.',
  onDiscovery: true,
  check: (run) =>
    run.exchanges
      .filter(({ purpose, response }) => cached(purpose) && response?.status === 200)
      .flatMap((exchange) => {
        const control = headersOf(exchange, 'cache-control')
        const isNoStoreKeys = exchange.purpose === 'jwks' && /\bno-store\b/i.test(control.join(','))
        const isSilent = ['cache-control', 'expires', 'etag', 'last-modified'].every(
          (name) => headersOf(exchange, name).length === 0,
        )
        if (!isNoStoreKeys && !isSilent) return []
        return [
          {
            explanation: isNoStoreKeys
              ? 'Keys that may not be kept are fetched for every token.'
              : `The answer of ${exchange.request.url} has no caching headers.`,
            evidence: [{ label: 'Cache-Control', value: control.join(', ') || 'absent', exchange: exchange.id }],
          },
        ]
      }),
}

function headersOf({ response }: Exchange, wanted: string): string[] {
  return (response?.headers ?? []).filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
}

const unreachable = [
  'name-not-resolved',
  'connection-refused',
  'tls-failed',
  'tls-untrusted',
  'timeout',
  'connection-lost',
]

const unreachableEndpoint: Rule = {
  id: 'metadata.unreachable-endpoint',
  severity: 'error',
  title: 'An advertised endpoint cannot be reached',
  specification: 'RFC 8414 §2',
  remedy: 'Mend the address in the metadata, the name, or the certificate of that host.',
  check: (run: Run) =>
    run.exchanges
      .filter(({ purpose, problem }) => purpose === 'reach' && problem && unreachable.includes(problem.code))
      .map(({ id, request, problem }) => ({
        explanation: problem?.detail ?? '',
        evidence: [{ label: hostOf(request.url), value: problem?.code ?? '', exchange: id }],
      })),
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}

/** What is noticed about how metadata is found. */
export const metadataFindingRules: readonly Rule[] = [unreachableEndpoint, issParameter, disagree, location, cache]
