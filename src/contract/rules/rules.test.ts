import { describe, expect, it } from 'vitest'
import type { RunEvent, RunEventBody } from '../events.ts'
import type { Json, NameValue } from '../json.ts'
import { runOf } from '../run.ts'
import { findingsOf, rules } from './index.ts'
import { jwtCases } from './testing/jwt-cases.ts'
import { metadataCases, soundDocument } from './testing/metadata-cases.ts'
import { tokenCases } from './testing/token-cases.ts'
import { registrationCases, secretEndingAt } from './testing/registration-cases.ts'

/** A run that discovers, where its events say nothing else: all rules are told there. */
const run = (...bodies: RunEventBody[]) => {
  const folded = runOf(
    'r',
    bodies.map((body, index): RunEvent => ({ ...body, seq: index + 1, at: '', elapsedMs: 0 })),
  )
  return { ...folded, operation: folded.operation || 'discover' }
}

const authorization = (...parameters: NameValue[]): RunEventBody => ({
  type: 'message.recorded',
  step: '3',
  message: { id: 'm', direction: 'to-browser', title: 'open', parameters: [['response_type', 'code'], ...parameters] },
})
const proof = (name: string, holds: boolean | null, facts = {}): RunEventBody => ({
  type: 'proof.recorded',
  step: '3',
  exchange: null,
  proof: { name, holds, facts },
})
const tokenAnswer = (...headers: NameValue[]): RunEventBody[] => [
  {
    type: 'exchange.started',
    exchange: '2',
    step: '4',
    actor: 'grantlab',
    party: 'authorization-server',
    purpose: 'token',
    request: { method: 'POST', url: 'http://as.test/token', headers: [] },
  },
  {
    type: 'exchange.answered',
    exchange: '2',
    response: { httpVersion: '1.1', status: 200, statusText: 'OK', headers, wireBytes: 1 },
    timings: { totalMs: 1 },
    connection: { reused: false },
  },
]
const accessToken = (tokenType?: string): RunEventBody => ({
  type: 'token.received',
  step: '4',
  exchange: '2',
  token: {
    kind: 'access_token',
    format: 'opaque',
    fingerprint: 'f',
    length: 9,
    receivedAt: '',
    ...(tokenType ? { tokenType } : {}),
  },
})

const challenge = (facts: Record<string, string>, purpose = 'resource', holds = true): RunEventBody[] => [
  {
    type: 'exchange.started',
    exchange: '3',
    step: '3',
    actor: 'grantlab',
    party: 'resource-server',
    purpose,
    request: { method: 'GET', url: 'https://api.test/', headers: [] },
  },
  {
    type: 'exchange.answered',
    exchange: '3',
    response: { httpVersion: '1.1', status: 401, statusText: '', headers: [], wireBytes: 0 },
    timings: { totalMs: 1 },
    connection: { reused: false },
  },
  { type: 'proof.recorded', step: '3', exchange: '3', proof: { name: 'challenge.given', holds, facts } },
]

const started = (verify_tls: boolean): RunEventBody => ({
  type: 'run.started',
  format: 1,
  runId: 'r',
  number: 1,
  operation: 'discover',
  title: 'Discover',
  profile: null,
  parameters: { verify_tls },
  plan: [],
  grantlab: '0',
})
const certificate = {
  subject: 'CN=localhost',
  issuer: 'CN=Nobody',
  validFrom: '2020-01-01T00:00:00.000Z',
  validTo: '2020-02-01T00:00:00.000Z',
  fingerprint256: 'AA',
  serialNumber: '1',
  pem: '',
}
const secured = (url: string, authorizationError?: string): RunEventBody[] => [
  {
    type: 'exchange.started',
    exchange: '9',
    step: null,
    actor: 'grantlab',
    party: 'authorization-server',
    purpose: 'metadata',
    request: { method: 'GET', url, headers: [] },
  },
  {
    type: 'exchange.answered',
    exchange: '9',
    response: { httpVersion: '1.1', status: 200, statusText: 'OK', headers: [], wireBytes: 1 },
    timings: { totalMs: 1 },
    connection: {
      reused: false,
      tls: {
        protocol: 'TLSv1.3',
        cipher: 'x',
        authorized: !authorizationError,
        ...(authorizationError ? { authorizationError } : {}),
        chain: [certificate],
      },
    },
  },
]

const cases: Record<string, { fires: RunEventBody[]; quiet: RunEventBody[] }> = {
  'authorize.no-pkce': { fires: [authorization()], quiet: [authorization(['code_challenge', 'x'])] },
  'authorize.state-mismatch': {
    fires: [proof('state.matches', false, { received: true })],
    quiet: [proof('state.matches', true, { received: true }), proof('state.matches', null)],
  },
  'authorize.iss-missing': {
    fires: [
      proof('state.matches', true, { received: true }),
      proof('iss.matches', null, { promised: true, received: null, expected: 'http://as.test' }),
    ],
    quiet: [
      proof('iss.matches', null, { promised: false, received: null, expected: 'http://as.test' }),
      proof('state.matches', false, { received: true }),
      proof('iss.matches', null, { promised: true, received: null, expected: 'http://as.test' }),
    ],
  },
  'authorize.iss-mismatch': {
    fires: [proof('iss.matches', false, { promised: false, received: 'http://evil.test', expected: 'http://as.test' })],
    quiet: [proof('iss.matches', true, { promised: true, received: 'http://as.test', expected: 'http://as.test' })],
  },
  'token.cache-headers': {
    fires: tokenAnswer(['Cache-Control', 'max-age=60']),
    quiet: tokenAnswer(['cache-control', 'private, no-store']),
  },
  ...metadataCases,
  ...jwtCases,
  ...tokenCases,
  ...registrationCases,
  'idtoken.sub-changed': {
    fires: [proof('sub.matches', false, { expected: 'alice', received: 'bob', of: 'userinfo' })],
    quiet: [proof('sub.matches', true, { expected: 'alice', received: 'alice', of: 'userinfo' })],
  },
  'resource.challenge-missing': {
    fires: challenge({ header: 'absent' }, 'resource', false),
    quiet: [
      ...challenge({ header: 'read', resource_metadata: 'http://api.test/metadata' }),
      ...challenge({ header: 'read' }, 'resource', false),
    ],
  },
  'tls.verification-off': { fires: [started(false)], quiet: [started(true)] },
  'tls.invalid': {
    fires: secured('https://as.test/a', 'CERT_HAS_EXPIRED'),
    quiet: secured('https://as.test/a'),
  },
  'http.plain': {
    fires: secured('http://as.test:8080/a?b=http://127.0.0.1/'),
    quiet: [
      'http://127.0.0.1:3000/',
      'http://[::1]/',
      'http://localhost',
      'http://a.localhost:1/',
      'https://as.test/',
    ].flatMap((url) => secured(url)),
  },
  'token.no-token-type': { fires: [accessToken()], quiet: [accessToken('bearer'), accessToken('DPoP')] },
}

describe('every rule', () => {
  it('has a case here', () => {
    expect(Object.keys(cases).sort()).toEqual(rules.map(({ id }) => id).sort())
  })

  it.each(Object.entries(cases))(
    '%s fires where it should and is quiet where it should not',
    (id, { fires, quiet }) => {
      const found = findingsOf(run(...fires)).filter(({ rule }) => rule === id)
      expect(found).toHaveLength(1)
      expect(found[0]?.evidence[0]?.value).toBeTruthy()
      expect(findingsOf(run(...quiet)).filter(({ rule }) => rule === id)).toEqual([])
    },
  )

  it.each(['http://127.0.0.1.evil.test/', 'http://localhost.evil.test/', 'HTTP://AS.test/', 'http://10.0.0.1/'])(
    'http.plain is not taken in by %s',
    (url) => {
      expect(findingsOf(run(...secured(url))).map(({ rule }) => rule)).toContain('http.plain')
    },
  )

  it('tls.invalid shows the chain, once for each server', () => {
    const [found, ...others] = findingsOf(
      run(...secured('https://as.test/a', 'X'), ...secured('https://as.test/b', 'X')),
    ).filter(({ rule }) => rule === 'tls.invalid')
    expect(others).toEqual([])
    expect(found?.evidence.map(({ value }) => value).join(' ')).toContain('CN=Nobody')
  })

  it('also sees an answer of another sign-in that was ignored', () => {
    const ignored: RunEventBody = {
      type: 'redirect.ignored',
      step: '3',
      reason: 'x',
      differs: [{ name: 'state', expected: 'a', received: 'b' }],
      url: 'http://127.0.0.1/cb',
    }
    expect(findingsOf(run(ignored)).map(({ rule }) => rule)).toEqual(['authorize.state-mismatch'])
  })

  it('wants resource_metadata of an API only, and a header that can be read of all', () => {
    const found = (bodies: RunEventBody[]) => findingsOf(run(...bodies)).map(({ evidence }) => evidence[0]?.label)
    expect(found(challenge({ header: 'read' }))).toEqual(['resource_metadata'])
    expect(found(challenge({ header: 'read' }, 'userinfo'))).toEqual([])
    expect(found(challenge({ header: 'malformed' }, 'userinfo', false))).toEqual(['WWW-Authenticate'])
  })

  it('says when a secret ends soon, and nothing of one that ends later', () => {
    const found = (iso: string) =>
      findingsOf({ ...run(secretEndingAt(iso)), startedAt: '2026-01-01T00:00:00.000Z' })
        .filter(({ rule }) => rule === 'register.secret-expires')
        .map(({ explanation }) => explanation)
    expect(found('2026-01-20T00:00:00.000Z')).toEqual([expect.stringContaining('2026-01-20')])
    expect(found('2026-02-20T00:00:00.000Z')).toEqual([])
  })

  it('shows the worst first', () => {
    const found = findingsOf(run(authorization(), proof('state.matches', false, { received: true })))
    expect(found.map(({ severity }) => severity)).toEqual(['error', 'warning'])
  })

  it('has nothing to say about sound metadata', () => {
    const location = 'https://as.test/.well-known/openid-configuration'
    const received: RunEventBody = {
      type: 'metadata.received',
      exchange: '1',
      location,
      issuer: 'https://as.test',
      document: soundDocument,
    }
    expect(findingsOf(run(received))).toEqual([])
  })

  it('tells a sign-in what is wrong for it, and nothing else about its server', () => {
    for (const { id, onDiscovery } of rules) {
      const found = findingsOf({ ...run(...cases[id]!.fires), operation: 'authorization-code' })
      expect([id, found.some(({ rule }) => rule === id)]).toEqual([id, !onDiscovery])
    }
  })

  it('says once what two documents have in common, and points at both', () => {
    const received = { type: 'metadata.received', issuer: 'https://as.test' } as const
    const document = { ...soundDocument, code_challenge_methods_supported: ['plain'] }
    const found = findingsOf(
      run(
        { ...received, exchange: '1', location: 'https://as.test/.well-known/openid-configuration', document },
        { ...received, exchange: '2', location: 'https://as.test/.well-known/oauth-authorization-server', document },
      ),
    )
    expect(found.map(({ rule, evidence }) => [rule, evidence.map(({ exchange }) => exchange)])).toEqual([
      ['metadata.pkce-absent', ['1', '2']],
    ])
  })

  it('never fails over metadata of the wrong shape', () => {
    for (const value of [null, 5, true, 'x', [], [5], {}, ['none', null]] as Json[]) {
      const document = Object.fromEntries(Object.keys(soundDocument).map((name) => [name, value]))
      const received: RunEventBody = {
        type: 'metadata.received',
        exchange: '1',
        location: 'x',
        issuer: 'https://as.test',
        document,
      }
      expect(findingsOf(run(received, { ...received, kind: 'protected-resource' })).length).toBeGreaterThan(0)
    }
  })
})
