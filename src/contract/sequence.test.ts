import { describe, expect, it } from 'vitest'
import type { RunEvent, RunEventBody } from './events.ts'
import { problemOf } from './problem.ts'
import { runOf } from './run.ts'
import type { SequenceEntry } from './sequence-entry.ts'
import { sequenceOf } from './sequence.ts'

const fingerprint = 'a91c0f22d941883b5e0c7719e26a904d'

function sequence(...bodies: RunEventBody[]) {
  const started: RunEventBody = {
    type: 'run.started',
    format: 1,
    runId: 'r',
    number: 1,
    operation: 'authorization-code',
    title: 'Authorization code',
    profile: null,
    parameters: { agent: 'system' },
    plan: [
      ...['discover', 'push', 'authorize', 'token-request'].map((id) => ({ id, title: id })),
      { id: 'extra', title: 'extra', optional: true },
    ],
    grantlab: '0',
  }
  const events = [started, ...bodies].map((body, index): RunEvent => ({
    ...body,
    seq: index + 1,
    at: '2026-11-20T14:00:00Z',
    elapsedMs: index * 10,
  }))
  return sequenceOf(runOf('r', events))
}

const begin = (step: string, parent: string | null = null): RunEventBody => ({
  type: 'step.started',
  step,
  parent,
  name: step,
  title: step,
})
const end = (step: string): RunEventBody => ({ type: 'step.finished', step, outcome: 'succeeded' })
const ask = (exchange: string, step: string, more: { actor?: 'browser'; url?: string } = {}): RunEventBody => ({
  type: 'exchange.started',
  exchange,
  step,
  actor: more.actor ?? 'grantlab',
  party: 'authorization-server',
  purpose: 'token',
  request: { method: 'POST', url: more.url ?? 'https://as.test/token', headers: [] },
})
const answer = (exchange: string, status: number, headers: [string, string][] = []): RunEventBody => ({
  type: 'exchange.answered',
  exchange,
  response: { httpVersion: '1.1', status, statusText: 'Text', headers, wireBytes: 0 },
  timings: { totalMs: 1 },
  connection: { reused: false },
})
const open = (via: string): RunEventBody => ({
  type: 'message.recorded',
  step: 'authorize',
  message: {
    id: '1',
    direction: 'to-browser',
    title: 'Authorization request',
    url: 'https://as.test/auth?x=1',
    parameters: [],
    via,
  },
})
const back = (parameters: [string, string][]): RunEventBody => ({
  type: 'message.recorded',
  step: 'authorize',
  message: { id: '2', direction: 'from-browser', title: 'Authorization response', parameters, via: 'loopback' },
})
const wait: RunEventBody = {
  type: 'wait.started',
  step: 'authorize',
  wait: {
    id: '1',
    kind: 'authorization-response',
    address: 'https://as.test/auth',
    until: '2026-11-20T14:10:00Z',
    agent: 'system',
  },
}

/** `  title state` for a header, `number from→to text marks` for an arrow. */
function told(entries: SequenceEntry[]): string[] {
  return entries.flatMap((entry) =>
    entry.kind === 'step'
      ? [`${'  '.repeat(entry.depth)}${entry.title}: ${entry.state}`]
      : entry.arrows.map((arrow, index) =>
          [
            index === 0 ? (entry.number ?? '-') : ' ',
            `${arrow.from}→${arrow.to}`,
            arrow.text,
            arrow.kind,
            ...arrow.marks.map((mark) => `${mark.label}=${mark.holds}`),
          ].join(' '),
        ),
  )
}

describe('steps', () => {
  it('shows the whole plan before anything happened', () => {
    expect(told(sequence().entries)).toEqual([
      'discover: planned',
      'push: planned',
      'authorize: planned',
      'token-request: planned',
    ])
  })

  it('keeps a planned step that was passed over in its place', () => {
    const { entries } = sequence(begin('discover'), end('discover'), begin('authorize'))
    expect(told(entries)).toEqual([
      'discover: succeeded',
      'push: planned',
      'authorize: running',
      'token-request: planned',
    ])
  })

  it('shows a step that is not always taken, or that no plan names, and steps within steps where they began', () => {
    const { entries } = sequence(
      begin('extra'),
      ask('1', 'extra'),
      answer('1', 200),
      begin('inner', 'extra'),
      ask('2', 'inner'),
      answer('2', 200),
      end('inner'),
      ask('3', 'extra'),
    )
    expect(told(entries).slice(0, 8)).toEqual([
      'extra: running',
      '1 grantlab→authorization-server POST /token question',
      '  authorization-server→grantlab 200 Text answer',
      '  inner: succeeded',
      '2 grantlab→authorization-server POST /token question',
      '  authorization-server→grantlab 200 Text answer',
      '3 grantlab→authorization-server POST /token question',
      '  authorization-server→grantlab … pending',
    ])
  })

  it('tells time spent waiting apart', () => {
    const { entries } = sequence(
      begin('authorize'),
      wait,
      { type: 'wait.finished', wait: '1', outcome: 'answered' },
      end('authorize'),
    )
    expect(entries.find((entry) => entry.target === 'step:authorize')).toMatchObject({ durationMs: 30, waitedMs: 10 })
  })
})

describe('what is not seen', () => {
  it('is told for a browser that Grantlab does not drive, in one selection with what was opened', () => {
    const { entries } = sequence(begin('authorize'), open('system'))
    expect(told(entries).filter((line) => line.includes('→'))).toEqual([
      '- grantlab→browser open /auth?… question',
      '  browser→authorization-server not seen unseen',
    ])
  })

  it('is not told for a browser that Grantlab drives; what that sends counts apart', () => {
    const { entries } = sequence(
      begin('authorize'),
      open('form'),
      ask('1', 'authorize', { actor: 'browser' }),
      answer('1', 303, [['Location', '/interaction?x=1']]),
      ask('2', 'authorize'),
      ask('3', 'authorize', { actor: 'browser' }),
    )
    expect(told(entries).filter((line) => line.includes('→'))).toEqual([
      '- grantlab→browser open /auth?… question',
      'b1 browser→authorization-server POST /token question',
      '  authorization-server→browser 303 to /interaction?… answer',
      '1 grantlab→authorization-server POST /token question',
      '  authorization-server→grantlab … pending',
      'b2 browser→authorization-server POST /token question',
      '  authorization-server→browser … pending',
    ])
  })

  it('shows a redirect that was passed over with what differs', () => {
    const { entries } = sequence(begin('authorize'), {
      type: 'redirect.ignored',
      step: 'authorize',
      reason: 'another state',
      differs: [{ name: 'state', expected: 'a', received: 'b' }],
      url: 'http://127.0.0.1/',
    })
    expect(told(entries)).toContain('- browser→grantlab ignored: state ignored')
  })
})

describe('answers', () => {
  const prove = (
    step: string,
    name: string,
    more: { exchange?: string; holds?: boolean | null } = {},
  ): RunEventBody => ({
    type: 'proof.recorded',
    step,
    exchange: more.exchange ?? null,
    proof: { name, holds: more.holds === undefined ? true : more.holds },
  })
  const code: [string, string][] = [['code', `●●●● #${fingerprint}`]]

  it('puts a check beside the answer it was made on', () => {
    const { entries } = sequence(
      begin('authorize'),
      ask('1', 'authorize'),
      answer('1', 200),
      prove('authorize', 'atHash.matches', { exchange: '1', holds: false }),
      prove('authorize', 'basic.encodingDiffers', { exchange: '1' }),
      open('system'),
      back(code),
      prove('authorize', 'state.matches'),
      prove('authorize', 'iss.matches', { holds: null }),
      prove('authorize', 'pkce.matches'),
    )
    expect(told(entries).filter((line) => line.includes('answer'))).toEqual([
      '  authorization-server→grantlab 200 Text answer at_hash=false',
      '- browser→grantlab code #a91c answer state=true',
    ])
  })

  it('puts a check made in a later step there: beside its last answer, else in its header', () => {
    const asked = [begin('token-request'), ask('1', 'token-request'), answer('1', 200), end('token-request')]
    const proved = [prove('validate', 'nonce.matches', { exchange: '1' }), end('validate')]
    const withKeys = sequence(...asked, begin('validate'), ask('2', 'validate'), answer('2', 200), ...proved)
    expect(told(withKeys.entries).at(-1)).toBe('  authorization-server→grantlab 200 Text answer nonce=true')
    const alone = sequence(...asked, begin('validate'), ...proved)
    expect(alone.entries.at(-1)).toMatchObject({ title: 'validate', marks: [{ label: 'nonce', holds: true }] })
  })

  it('names an error that came through the browser', () => {
    const { entries } = sequence(begin('authorize'), back([['error', 'access_denied']]))
    expect(told(entries)).toContain('- browser→grantlab access_denied answer')
  })

  it('names tokens, errors, failures and holds, and points at the exchange to blame', () => {
    const problem = problemOf('token-request-refused', 'No.', { exchange: '2', oauth: { error: 'invalid_client' } })
    const { entries } = sequence(
      begin('token-request'),
      ask('1', 'token-request'),
      answer('1', 200),
      {
        type: 'token.received',
        step: 'token-request',
        exchange: '1',
        token: { kind: 'access_token', format: 'opaque', fingerprint, length: 1, receivedAt: '' },
      },
      ask('2', 'token-request'),
      answer('2', 401),
      ask('3', 'token-request'),
      {
        type: 'exchange.failed',
        exchange: '3',
        problem: problemOf('connection-refused', 'No.'),
        timings: { totalMs: 1 },
      },
      ask('4', 'token-request'),
      { type: 'exchange.held', exchange: '4' },
      { type: 'step.finished', step: 'token-request', outcome: 'failed', problem },
    )
    expect(told(entries).filter((line) => line.startsWith('  auth'))).toEqual([
      '  authorization-server→grantlab 200 access token answer',
      '  authorization-server→grantlab 401 invalid_client answer',
      '  authorization-server→grantlab connection refused missing',
      '  authorization-server→grantlab held pending',
    ])
    expect(entries.filter((entry) => entry.kind !== 'step' && entry.blamed).map((entry) => entry.target)).toEqual([
      'exchange:2',
    ])
  })
})

describe('waiting', () => {
  it('is shown until the wait or the run has ended', () => {
    expect(told(sequence(begin('authorize'), wait).entries)).toContain('- browser→grantlab waiting pending')
    const cancelled: RunEventBody = { type: 'run.finished', outcome: 'cancelled' }
    expect(told(sequence(begin('authorize'), wait, cancelled).entries).join()).not.toContain('waiting')
  })
})

describe('lanes', () => {
  it('has the browser only where one takes part, and a resource server only when asked', () => {
    expect(sequence().lanes).toEqual(['grantlab', 'browser', 'authorization-server'])
    const run = runOf('r', [])
    expect(sequenceOf(run).lanes).toEqual(['grantlab', 'authorization-server'])
  })
})
