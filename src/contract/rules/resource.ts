import type { RecordedProof, Run } from '../run.ts'
import type { Evidence, Rule } from './rule.ts'

const subjectChanged: Rule = {
  id: 'idtoken.sub-changed',
  severity: 'error',
  title: 'The answer is about another user',
  specification: 'OpenID Connect Core §5.3.2, §12.2',
  remedy: 'Do not use the answer. Find out whose token it was got with.',
  check: (run) =>
    run.proofs
      .filter(({ name, holds }) => name === 'sub.matches' && holds === false)
      .map(({ facts, exchange, step }) => ({
        explanation: `The ID token of the sign-in is about ${String(facts?.expected)}, the ${String(facts?.of)} that came later about ${String(facts?.received)}.`,
        evidence: [
          {
            label: 'sub',
            value: String(facts?.received),
            ...(exchange ? { exchange } : {}),
            ...(step ? { step } : {}),
          },
        ],
      })),
}

const challengeMissing: Rule = {
  id: 'resource.challenge-missing',
  severity: 'warning',
  title: 'A refusal does not say how to do better',
  specification: 'RFC 6750 §3, RFC 9728 §5.1',
  remedy: 'Answer 401 with WWW-Authenticate: Bearer, the error, and resource_metadata where the API has metadata.',
  check: (run) =>
    run.proofs
      .filter(({ name, exchange }) => name === 'challenge.given' && statusOf(run, exchange) === 401)
      .flatMap((proof) => lackOf(run, proof)),
}

function exchangeOf(run: Run, id: string | null) {
  return run.exchanges.find((exchange) => exchange.id === id)
}

function statusOf(run: Run, id: string | null): number | undefined {
  return exchangeOf(run, id)?.response?.status
}

function lackOf(run: Run, { facts, holds, exchange }: RecordedProof): { explanation: string; evidence: Evidence[] }[] {
  const found = (explanation: string, label: string, value: string) => [
    { explanation, evidence: [{ label, value, ...(exchange ? { exchange } : {}) }] },
  ]
  if (facts?.header === 'absent') {
    return found('A client cannot tell which token the server wants, or what is wrong.', 'WWW-Authenticate', 'absent')
  }
  if (facts?.header === 'malformed') {
    return found('The header cannot be read, so no client can act on it.', 'WWW-Authenticate', 'malformed')
  }
  // The userinfo endpoint belongs to the authorization server, whose metadata the client knows already.
  const isApi = exchangeOf(run, exchange)?.purpose === 'resource'
  if (!holds || !isApi || facts?.resource_metadata !== undefined) return []
  const explanation = 'A client that does not know this API cannot find out which authorization server it trusts.'
  return found(explanation, 'resource_metadata', 'absent')
}

/** What is noticed about APIs and the userinfo endpoint. */
export const resourceRules: readonly Rule[] = [subjectChanged, challengeMissing]
