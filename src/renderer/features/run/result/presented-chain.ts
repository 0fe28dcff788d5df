import type { CertificateFacts } from '../../../../contract/http.ts'
import type { Problem } from '../../../../contract/problem.ts'
import type { Run } from '../../../../contract/run.ts'

/** The certificates that the server of a problem's request presented, its own first, each once; empty when none is known. */
export function chainOf(run: Pick<Run, 'exchanges'> | undefined, problem: Problem): CertificateFacts[] {
  const exchange = run?.exchanges.find(({ id }) => id === problem.exchange)
  const chain = exchange?.connection?.tls?.chain ?? []
  return [...new Map(chain.map((certificate) => [certificate.fingerprint256, certificate])).values()]
}

/** The common name in a distinguished name, for a heading; the whole name when it has none. */
export function commonNameOf(distinguishedName: string): string {
  return /(?:^|[\n,])\s*CN=([^\n,]+)/.exec(distinguishedName)?.[1] ?? distinguishedName
}
