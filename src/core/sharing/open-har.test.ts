import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { everyEncoding, leaksIn } from '../../../tests/support/every-encoding.ts'
import { findingsOf } from '../../contract/rules/index.ts'
import { runOf, type Run } from '../../contract/run.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { openHar } from './open-har.ts'

const secrets = {
  client_secret: 's3cr3t/+=&?"value',
  code: 'code-9f8e7d6c5b4a3210',
  verifier: 'verifier-0123456789-0123456789-0123456789-abcdef',
  access_token: 'at-Zm9vYmFyYmF6cXV4',
  refresh_token: 'rt-cXV4YmF6YmFyZm9v',
  cookie: 'sess-1a2b3c4d5e6f7a8b',
  password: 'hunter22-and-more',
}
const challenge = createHash('sha256').update(secrets.verifier).digest('base64url')
const as = 'https://login.example.test'

interface Given {
  url: string
  method?: string
  form?: Record<string, string>
  headers?: Record<string, string>
  status?: number
  json?: unknown
  location?: string
}

let minute = 0
/** An entry as a browser's developer tools write it. */
function entry({ url, method = 'GET', form, headers = {}, status = 200, json, location }: Given) {
  const pairs = (of: Record<string, string>) => Object.entries(of).map(([name, value]) => ({ name, value }))
  const body = form && new URLSearchParams(form).toString()
  return {
    startedDateTime: new Date(Date.UTC(2026, 10, 20, 10, minute++)).toISOString(),
    time: 12.5,
    request: {
      method,
      url,
      httpVersion: 'HTTP/2.0',
      headers: pairs({ ':authority': 'x', ...headers }),
      ...(body ? { postData: { mimeType: 'application/x-www-form-urlencoded', text: body } } : {}),
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/2.0',
      headers: pairs({ ...(location ? { location } : {}), 'x-request-id': 'req-1' }),
      content: { mimeType: json ? 'application/json' : 'text/html', text: json ? JSON.stringify(json) : '<p>page</p>' },
    },
    timings: { blocked: 1, dns: -1, connect: 5, ssl: 3, send: 1, wait: 4, receive: 1 },
    serverIPAddress: '203.0.113.9',
  }
}

const signIn = () => {
  const redirect = `https://app.example.test/callback?code=${secrets.code}&state=st-1`
  const query = `client_id=web&response_type=code&state=st-1&redirect_uri=x&code_challenge=${challenge}&code_challenge_method=S256`
  return [
    entry({ url: 'https://cdn.example.test/app.js' }),
    entry({
      url: `${as}/.well-known/openid-configuration`,
      json: { issuer: as, authorization_endpoint: `${as}/authorize`, token_endpoint: `${as}/token` },
    }),
    entry({
      url: `${as}/authorize?${query}`,
      status: 302,
      location: redirect,
      headers: { cookie: `sid=${secrets.cookie}` },
    }),
    entry({ url: redirect }),
    entry({
      url: `${as}/token`,
      method: 'POST',
      form: {
        grant_type: 'authorization_code',
        code: secrets.code,
        code_verifier: secrets.verifier,
        client_secret: secrets.client_secret,
      },
      json: {
        access_token: secrets.access_token,
        refresh_token: secrets.refresh_token,
        token_type: 'Bearer',
        expires_in: 60,
      },
    }),
    entry({ url: `${as}/jwks`, json: { keys: [{ kty: 'RSA', kid: 'k', n: 'AQAB', e: 'AQAB' }] } }),
    entry({ url: `${as}/userinfo`, headers: { authorization: `Bearer ${secrets.access_token}` }, json: { sub: 'u' } }),
    entry({ url: `${as}/introspect`, method: 'POST', form: { token: secrets.access_token }, json: { active: true } }),
    entry({ url: `${as}/revoke`, method: 'POST', form: { token: secrets.refresh_token } }),
    entry({ url: 'https://api.example.test/things', headers: { authorization: `Bearer ${secrets.access_token}` } }),
  ]
}
const harOf = (entries: unknown[]) => JSON.stringify({ log: { version: '1.2', creator: { name: 'Tools' }, entries } })

const seen = new Map<string, string>()
const open = (text: string) =>
  openHar({
    text,
    name: 'customer.har',
    newId: () => 'har-1',
    key: new Uint8Array(32).fill(1),
    onSecret: (fingerprint, clear) => void seen.set(fingerprint, clear),
    version: '1',
  })
function opened(entries: unknown[]): { run: Run; text: string } {
  const { run } = open(harOf(entries))
  return { run: runOf('har-1', run.events), text: JSON.stringify([run.events, [...run.bodies]]) }
}

function problemOf(text: string) {
  try {
    open(text)
  } catch (error) {
    return (error as ProblemError).problem
  }
  throw new Error('it was opened')
}

describe("a customer's sign-in", () => {
  it('is told as what its requests are', () => {
    const { run } = opened(signIn())
    expect(run.exchanges.map(({ purpose }) => purpose)).toEqual(
      'metadata authorization redirect token jwks userinfo introspection revocation resource'.split(' '),
    )
    expect(run).toMatchObject({ outcome: 'succeeded', origin: { kind: 'har', name: 'customer.har' } })
    expect(run.timeline.filter(({ kind }) => kind === 'message')).toHaveLength(2)
    expect(run.metadata).toMatchObject([{ issuer: as }])
    expect(run.keySets).toMatchObject([{ total: 1 }])
    expect(run.proofs.map(({ name, holds }) => [name, holds])).toEqual([
      ['state.matches', true],
      ['pkce.matches', true],
    ])
    expect(run.exchanges[3]?.timings).toEqual({
      connectMs: 2,
      tlsMs: 3,
      sendMs: 1,
      waitMs: 4,
      receiveMs: 1,
      totalMs: 12.5,
    })
    expect(run.exchanges[3]?.connection?.remoteAddress).toBe('203.0.113.9')
  })

  it('has its tokens, which can be revealed in this session', () => {
    const { run } = opened(signIn())
    expect(run.tokens.map(({ kind }) => kind)).toEqual(['access_token', 'refresh_token'])
    expect(seen.get(run.tokens[0]!.fingerprint)).toBe(secrets.access_token)
  })

  it('is judged by the same rules', () => {
    const rules = findingsOf(opened(signIn()).run).map(({ rule }) => rule)
    expect(rules).toContain('token.cache-headers')
    expect(rules).not.toContain('authorize.no-pkce')
    const noPkce = signIn().map((one) => ({
      ...one,
      request: { ...one.request, url: one.request.url.replace(/&code_challenge=.*/, '') },
    }))
    expect(findingsOf(opened(noPkce).run).map(({ rule }) => rule)).toContain('authorize.no-pkce')
  })

  it('keeps no secret, in any encoding', () => {
    const echo = entry({
      url: `${as}/authorize?client_id=a&response_type=code`,
      json: { echo: Object.values(secrets).flatMap((value) => Object.values(everyEncoding(value))) },
    })
    const login = entry({
      url: `${as}/token`,
      method: 'POST',
      form: { grant_type: 'password', password: secrets.password },
    })
    // The echo comes first: nothing was known of the values when it was answered.
    const { text } = opened([echo, ...signIn(), login])
    for (const value of Object.values(secrets)) expect([value, ...leaksIn(text, value)]).toEqual([value])
  })

  it.each([
    [
      { url: `https://app.test/cb?error=access_denied&error_description=no&state=s` },
      'authorization-refused',
      'access_denied',
    ],
    [
      { url: `${as}/token`, method: 'POST', form: { grant_type: 'x' }, status: 400, json: { error: 'invalid_grant' } },
      'token-request-refused',
      'invalid_grant',
    ],
  ] as [Given, string, string][])('%# tells what was refused', (given, code, error) => {
    expect(opened([entry(given)]).run).toMatchObject({ outcome: 'failed', problem: { code, oauth: { error } } })
  })

  it('finds an answer that belongs to another request', () => {
    const entries = signIn().map((one) => ({
      ...one,
      request: {
        ...one.request,
        url: one.request.url.replace('callback?code', 'callback?x=1&code').replace(/(callback.*)st-1/, '$1st-2'),
      },
    }))
    expect(findingsOf(opened(entries).run).map(({ rule }) => rule)).toContain('authorize.state-mismatch')
  })
})

describe('a HAR that is broken', () => {
  it.each([
    ['no JSON', '{"log":', ''],
    ['no log', '{}', '/log'],
    ['no entries', '{"log":{"entries":5}}', '/log/entries'],
  ])('%s', (_what, text, pointer) => {
    expect(problemOf(text)).toMatchObject({ code: 'file-invalid', place: { pointer } })
  })

  it('with nothing to look at', () => {
    expect(problemOf(harOf([entry({ url: 'https://a.test/x.js' })]))).toMatchObject({ code: 'nothing-recognised' })
  })

  it('loses only what is broken, and says where', () => {
    const good = entry({ url: `${as}/token`, method: 'POST', form: { grant_type: 'x' } })
    const broken = [
      5,
      {},
      { ...good, request: { ...good.request, url: 'ftp://x' } },
      { ...good, startedDateTime: 'noon' },
      { ...good, startedDateTime: '+275760-09-13T00:00:00.000Z' },
      { ...good, request: { ...good.request, headers: 'x', postData: [] }, response: null, timings: 7, time: 'long' },
      { ...good, time: 1e308, timings: { wait: 1e308 } },
    ]
    const { run, problems } = open(harOf([...broken, good]))
    expect(problems.map(({ place }) => place?.pointer)).toEqual([
      '/log/entries/0/request',
      '/log/entries/1/request',
      '/log/entries/2/request/url',
      '/log/entries/3/startedDateTime',
      '/log/entries/4/startedDateTime',
    ])
    expect(runOf('har-1', run.events).exchanges).toHaveLength(2)
  })

  it('with more than can be masked in good time is read up to there, and says so', () => {
    const good = entry({ url: `${as}/token`, method: 'POST', form: { grant_type: 'x' } })
    const { run, problems } = open(harOf(Array.from({ length: 2001 }, () => good)))
    expect(runOf('har-1', run.events).exchanges).toHaveLength(2000)
    expect(problems).toMatchObject([{ place: { pointer: '/log/entries/2000' } }])
  })
})
