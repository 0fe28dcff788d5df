import type { Rule } from './rule.ts'

const stillActive: Rule = {
  id: 'revoke.still-active',
  severity: 'error',
  title: 'The revoked token is still active',
  specification: 'RFC 7009 §2.1',
  remedy: 'Have the server end a token at once when it is revoked, or refuse with unsupported_token_type.',
  check: (run) =>
    run.proofs
      .filter(({ name, holds }) => name === 'revocation.effective' && holds === false)
      .map(({ exchange }) => ({
        explanation: 'The server said that it is revoked, and afterwards that it is active.',
        evidence: [{ label: 'active', value: 'true', pointer: '/active', ...(exchange ? { exchange } : {}) }],
      })),
}

const not200: Rule = {
  id: 'revoke.non-200',
  severity: 'warning',
  title: 'A revocation was answered with another status than 200',
  specification: 'RFC 7009 §2.2',
  remedy: 'Answer 200, also for a token that is not known or not good any more.',
  check: (run) =>
    run.exchanges.flatMap(({ id, purpose, response: { status } = { status: 0 } }) =>
      purpose === 'revocation' && status > 200 && status < 300
        ? [
            {
              explanation: 'A client that goes by the specification takes the token for not revoked.',
              evidence: [{ label: 'status', value: String(status), exchange: id }],
            },
          ]
        : [],
    ),
}

/** What is noticed about revocation. */
export const revocationRules: readonly Rule[] = [stillActive, not200]
