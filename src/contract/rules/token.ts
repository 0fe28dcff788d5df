import type { Exchange, Run } from '../run.ts'
import type { Rule } from './rule.ts'

/** Token answers that were accepted (2xx). */
function tokenAnswersOf(run: Run): Exchange[] {
  return run.exchanges.filter(
    ({ purpose, response }) => purpose === 'token' && response && response.status >= 200 && response.status < 300,
  )
}

const cacheHeaders: Rule = {
  id: 'token.cache-headers',
  severity: 'warning',
  title: 'The token answer may be cached',
  specification: 'RFC 6749 §5.1',
  remedy: 'Send Cache-Control: no-store with every token answer.',
  check: (run) =>
    tokenAnswersOf(run).flatMap(({ id, response }) => {
      const values = (response?.headers ?? [])
        .filter(([name]) => name.toLowerCase() === 'cache-control')
        .map(([, value]) => value)
      const noStore = values.some((value) =>
        value
          .toLowerCase()
          .split(/[\s,]+/)
          .includes('no-store'),
      )
      if (noStore) return []
      return [
        {
          explanation: 'Without no-store, a browser or proxy in between may keep the tokens.',
          evidence: [{ label: 'Cache-Control', value: values.join(', ') || 'absent', exchange: id }],
        },
      ]
    }),
}

const knownTypes = ['bearer', 'dpop', 'n_a', 'mac']

const tokenType: Rule = {
  id: 'token.no-token-type',
  severity: 'error',
  title: 'The token type is missing or not one asked for',
  specification: 'RFC 6749 §7.1',
  remedy: 'Answer token_type Bearer (or the type that was asked for).',
  check: (run) =>
    run.tokens
      .filter(({ kind, tokenType: type }) => kind === 'access_token' && !knownTypes.includes(type?.toLowerCase() ?? ''))
      .map(({ exchange, tokenType: type }) => ({
        explanation: type
          ? `A client does not know how to send a token of type ${type}.`
          : 'Without token_type a client cannot know how to send the token.',
        evidence: [{ label: 'token_type', value: type ?? 'absent', exchange, pointer: '/token_type' }],
      })),
}

const reuseAccepted: Rule = {
  id: 'refresh.reuse-accepted',
  severity: 'error',
  title: 'A replaced refresh token was accepted again',
  specification: 'RFC 9700 §4.14.2',
  remedy: 'Refuse a refresh token that was replaced, and revoke the tokens of its grant.',
  check: (run) =>
    run.proofs
      .filter(({ name, holds }) => name === 'refresh.reuseRefused' && holds === false)
      .map(({ facts, exchange, step }) => ({
        explanation: `The server gave a newer one ${String(facts?.replacedSeconds)} s before and took the old one all the same: whoever stole it can go on, and nobody notices. Some servers do so for a short time after the change only.`,
        evidence: [
          {
            label: 'refresh_token',
            value: `of answer ${String(facts?.generation)}; the newest is answer ${String(facts?.newest)}`,
            ...(exchange ? { exchange } : {}),
            ...(step ? { step } : {}),
          },
        ],
      })),
}

/** What is noticed about token answers. */
export const tokenRules: readonly Rule[] = [tokenType, reuseAccepted, cacheHeaders]
