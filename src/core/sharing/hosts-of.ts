import type { Run } from '../../contract/run.ts'

/** The hosts that a run asked or was sent to, without ports: servers are no persons, and stand in clear. */
export function hostsOf(run: Run): string[] {
  const addresses = [
    ...run.exchanges.map(({ request }) => request.url),
    ...run.metadata.map(({ location }) => location),
    ...run.timeline.flatMap((entry) => (entry.kind === 'message' ? [entry.message.url ?? ''] : [])),
    ...[run.parameters.issuer, run.parameters.url].map(String),
  ]
  const hosts = addresses.map((address) => URL.parse(address)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '')
  return [...new Set(hosts.filter((host) => host !== ''))]
}
