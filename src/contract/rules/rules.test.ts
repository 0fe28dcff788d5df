import { describe, expect, it } from 'vitest'
import type { RunEvent, RunEventBody } from '../events.ts'
import type { Json, NameValue } from '../json.ts'
import { runOf } from '../run.ts'
import { findingsOf, rules } from './index.ts'
import { metadataCases, soundDocument } from './testing/metadata-cases.ts'

const run = (...bodies: RunEventBody[]) =>
  runOf(
    'r',
    bodies.map((body, index): RunEvent => ({ ...body, seq: index + 1, at: '', elapsedMs: 0 })),
  )

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
