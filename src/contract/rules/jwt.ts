import { accessTokenAdvice, sizeAdvice, skewAdvice, skewWords } from '../bench/token-advice.ts'
import { clockSkewOf } from '../clock-skew.ts'
import type { Run } from '../run.ts'
import { readableTokens, readClaimsOf } from './id-token.ts'
import type { Rule, Severity } from './rule.ts'

/** About JWT access tokens; what is discouraged is told in the same way of a pasted one. */
const told: [id: string, severity: Severity, title: string, specification: string, remedy: string][] = [
  [
    'at.typ',
    'warning',
    'The access token does not say that it is one',
    'RFC 9068 §2.1',
    'Put typ at+jwt in its header.',
  ],
  [
    'at.aud-missing',
    'warning',
    'The access token does not say which API it is for',
    'RFC 9068 §2.2',
    'Put the API in aud, and have each API check it.',
  ],
  [
    'at.audience-is-client',
    'warning',
    'The audience of the access token is the client',
    'RFC 9068 §3',
    'Put the API in aud: what is meant for the client is the ID token.',
  ],
  [
    'at.lifetime-long',
    'warning',
    'The access token is good for more than an hour',
    'RFC 9700 §2.2',
    'Give it minutes, and a refresh token where the client needs longer.',
  ],
  [
    'at.pii',
    'info',
    'The access token tells something personal',
    'RFC 9068 §6',
    'Leave it out: everybody who gets to see the token can read it.',
  ],
]

const accessTokenRules: Rule[] = told.map(([id, severity, title, specification, remedy]) => ({
  id,
  severity,
  title,
  specification,
  remedy,
  check: (run) =>
    readableTokens(run, 'access_token').flatMap((token) =>
      accessTokenAdvice(readClaimsOf(token), clientOf(run))
        .filter((line) => line.id === id && line.holds === false)
        .map(({ expected, actual }) => ({
          explanation: `Expected ${expected}, it is ${actual}.`,
          evidence: [{ label: 'access_token', value: actual, exchange: token.exchange, pointer: '/access_token' }],
        })),
    ),
}))

function clientOf({ parameters }: Run) {
  return typeof parameters.client_id === 'string' ? { client_id: parameters.client_id } : {}
}

const clockSkew: Rule = {
  id: 'jwt.clock-skew',
  severity: 'warning',
  title: 'The clocks of server and client disagree',
  specification: 'RFC 9110 §6.6.1',
  remedy: 'Set the clock that is wrong: tokens look expired, or not valid yet.',
  check: (run) => {
    const skew = clockSkewOf(run)
    if (skew && skewAdvice(skew).holds === false) {
      const words = skewWords(skew.milliseconds)
      return [{ explanation: `By its Date headers ${words}.`, evidence: [{ label: 'Date', value: words }] }]
    }
    return issuedAhead(run)
  },
}

/** By `iat` only a clock that is ahead can be told: some servers put it back on purpose. */
function issuedAhead(run: Run): ReturnType<Rule['check']> {
  return [...readableTokens(run, 'access_token'), ...readableTokens(run, 'id_token')].flatMap((token) => {
    const milliseconds = Number(token.claims.iat) * 1000 - Date.parse(token.receivedAt)
    if (!(milliseconds > 30_000)) return []
    const words = skewWords(milliseconds)
    return [{ explanation: `By iat ${words}.`, evidence: [{ label: 'iat', value: words, exchange: token.exchange }] }]
  })
}

const encrypted: Rule = {
  id: 'jwt.encrypted',
  severity: 'info',
  title: 'A token is encrypted',
  specification: 'RFC 7516 §3',
  remedy: 'Nothing, when it is on purpose: only who has the key can read it.',
  check: ({ tokens }) =>
    tokens
      .filter(({ format, kept }) => format === 'jwe' && !kept)
      .map(({ kind, exchange }) => ({
        explanation: 'It has five parts: what it says cannot be shown nor checked here.',
        evidence: [{ label: kind, value: 'five parts (JWE)', exchange, pointer: `/${kind}` }],
      })),
}

const oversize: Rule = {
  id: 'jwt.oversize',
  severity: 'warning',
  title: 'A token is larger than many servers take',
  specification: 'RFC 9110 §5.4',
  remedy: 'Put less into it: fewer scopes or groups, or claims that are read from userinfo.',
  check: ({ tokens }) =>
    tokens
      .filter(({ length, kept }) => sizeAdvice(length).holds === false && !kept)
      .map(({ kind, length, exchange }) => ({
        explanation: 'Many servers and proxies refuse a header field of more than 8 KB.',
        evidence: [{ label: kind, value: `${length} characters`, exchange, pointer: `/${kind}` }],
      })),
}

/** What is noticed about JWTs and access tokens that a run brought. */
export const jwtRules: readonly Rule[] = [...accessTokenRules, clockSkew, encrypted, oversize]
