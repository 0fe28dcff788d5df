import { expect, test } from 'vitest'
import type { RunEvent, RunEventBody } from './events.ts'
import { maskOf } from './mask.ts'
import { problemOf } from './problem.ts'
import { reportOf } from './report.ts'
import { emptyRun, runOf } from './run.ts'

const fingerprint = 'a91c0000111122223333444455556666'
const mask = maskOf(fingerprint)

const bodies: RunEventBody[] = [
  {
    type: 'run.started',
    format: 1,
    runId: 'run-1',
    number: 7,
    operation: 'client-credentials',
    title: 'Client credentials',
    profile: 'acme',
    parameters: { client_secret: mask },
    plan: [],
    grantlab: '1',
  },
  { type: 'step.started', step: '1-token-request', parent: null, name: 'token-request', title: 'Token request' },
  {
    type: 'decision.recorded',
    step: '1-token-request',
    subject: 'Client authentication',
    choice: 'client_secret_basic',
    reason: 'advertised',
  },
  {
    type: 'exchange.started',
    exchange: '1',
    step: '1-token-request',
    actor: 'grantlab',
    party: 'authorization-server',
    purpose: 'token',
    request: {
      method: 'POST',
      url: `https://as.test/token?x=${mask}`,
      headers: [['Authorization', `Basic ${mask}`]],
      body: { id: 'b1', kind: 'text', mediaType: 'text/plain', bytes: 3, characters: 3, inline: `a=${mask}` },
    },
  },
  {
    type: 'exchange.answered',
    exchange: '1',
    response: {
      httpVersion: '1.1',
      status: 200,
      statusText: 'OK',
      headers: [],
      wireBytes: 2048,
      body: { id: 'b2', kind: 'text', mediaType: 'application/json', bytes: 2048, characters: 2048 },
    },
    timings: { totalMs: 12 },
    connection: {
      reused: false,
      tls: {
        protocol: 'TLSv1.3',
        cipher: 'c',
        authorized: true,
        chain: [
          {
            subject: 's',
            issuer: 'i',
            validFrom: '',
            validTo: '',
            fingerprint256: 'f',
            serialNumber: '1',
            pem: '-----BEGIN CERTIFICATE-----',
          },
        ],
      },
    },
  },
  {
    type: 'token.received',
    step: '1-token-request',
    exchange: '1',
    token: {
      kind: 'access_token',
      format: 'jwt',
      fingerprint,
      length: 900,
      claims: { sub: 'alice' },
      receivedAt: '2026-01-01T00:00:00.000Z',
    },
  },
  { type: 'step.finished', step: '1-token-request', outcome: 'succeeded' },
  { type: 'run.finished', outcome: 'succeeded', result: { access_token: mask } },
]

const events = bodies.map((body, index): RunEvent => ({
  ...body,
  seq: index + 1,
  at: '2026-01-01T00:00:00.000Z',
  elapsedMs: index * 10,
}))

test('a report has the outcome, steps, exchanges with timings, tokens with claims and findings', () => {
  const report = reportOf(runOf('run-1', events))
  expect(report).toMatchObject({
    format: 1,
    outcome: 'succeeded',
    run: { id: 'run-1', number: 7, durationMs: 70, waitedMs: 0 },
    steps: [{ id: '1-token-request', outcome: 'succeeded', durationMs: 50 }],
    ownExchanges: 1,
    exchanges: [{ timings: { totalMs: 12 }, response: { status: 200, body: { bytes: 2048 } } }],
    decisions: [{ subject: 'Client authentication', choice: 'client_secret_basic', step: '1-token-request' }],
    tokens: [{ kind: 'access_token', masked: '●●●● #a91c', claims: { sub: 'alice' }, exchange: '1' }],
  })
  expect(Array.isArray(report.findings)).toBe(true)
  expect(report).not.toHaveProperty('problem')
})

test('every mask is short, wherever it stands, and no certificate text is in it', () => {
  const text = JSON.stringify(reportOf(runOf('run-1', events)))
  expect(text).not.toContain(fingerprint)
  expect(text.match(/●●●● #a91c/g)).toHaveLength(6)
  expect(text).not.toContain('BEGIN CERTIFICATE')
})

test('a report does not change the run', () => {
  const run = runOf('run-1', events)
  const before = structuredClone(run)
  reportOf(run)
  expect(run).toEqual(before)
})

test('a run that never began gives a report that holds its problem', () => {
  const problem = problemOf('profile-not-found', 'There is no profile x.')
  expect(reportOf({ ...emptyRun(''), outcome: 'failed', problem })).toMatchObject({
    outcome: 'failed',
    problem,
    run: null,
    steps: [],
    exchanges: [],
    tokens: [],
  })
})
