import { isJsonObject, type JsonObject, type NameValue } from '../../../../contract/json.ts'
import type { Exchange, Run } from '../../../../contract/run.ts'

/** The request to an API that a run was for, and what can be told of its answer. */
export interface ResourceAnswer {
  exchange: Exchange
  response: NonNullable<Exchange['response']>
  /** what userinfo told of the user; undefined for another API or a refused request */
  claims?: JsonObject
}

const purposes = new Set(['userinfo', 'resource'])

/** The last answer of an API in a run; undefined while there is none. */
export function resourceAnswerOf({ exchanges, outcome, result }: Run): ResourceAnswer | undefined {
  const exchange = exchanges.findLast(({ purpose, response }) => purposes.has(purpose) && response !== undefined)
  if (!exchange?.response) return undefined
  const isTold = exchange.purpose === 'userinfo' && outcome === 'succeeded' && isJsonObject(result)
  return { exchange, response: exchange.response, ...(isTold ? { claims: result } : {}) }
}

/** What the WWW-Authenticate header of a refused request says. */
export interface ShownChallenge {
  header: 'read' | 'malformed' | 'absent'
  schemes: string[]
  parameters: NameValue[]
}

/** The challenge of an answer, as the run proved it. @see RFC 6750 §3, RFC 9110 §11.6.1 */
export function challengeOf(run: Pick<Run, 'proofs'>, exchange: string): ShownChallenge | undefined {
  const proof = run.proofs.findLast((one) => one.name === 'challenge.given' && one.exchange === exchange)
  if (!proof?.facts) return undefined
  const { header, schemes, ...parameters } = proof.facts
  return {
    header: header === 'read' || header === 'malformed' ? header : 'absent',
    schemes: Array.isArray(schemes) ? schemes.map(String) : [],
    parameters: Object.entries(parameters).map(([name, value]): NameValue => [name, String(value)]),
  }
}
