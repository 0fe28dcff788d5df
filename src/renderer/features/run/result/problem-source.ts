import type { Run } from '../../../../contract/run.ts'

const sources: Record<string, string> = {
  token: 'the token endpoint',
  userinfo: 'the userinfo endpoint',
  resource: 'the API',
  metadata: 'the metadata',
  jwks: 'the key set',
  authorization: 'the authorization endpoint',
  'sign-in': 'the sign-in page',
}

/** Where a run's problem comes from, to stand after its headline: `from the token endpoint, 401`. */
export function problemSourceOf({ problem, exchanges }: Pick<Run, 'problem' | 'exchanges'>): string {
  if (!problem) return ''
  const exchange = exchanges.find(({ id }) => id === problem.exchange)
  const status = problem.status ?? exchange?.response?.status
  const source = exchange ? (sources[exchange.purpose] ?? 'the server') : undefined
  if (!source) return problem.oauth ? 'through the browser' : ''
  return status === undefined ? `at ${source}` : `from ${source}, ${status}`
}
