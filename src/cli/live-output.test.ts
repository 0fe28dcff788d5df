import { expect, test } from 'vitest'
import type { RunEvent, RunEventBody } from '../contract/events.ts'
import { problemOf } from '../contract/problem.ts'
import { applyRunEvent, emptyRun } from '../contract/run.ts'
import { createLiveOutput } from './live-output.ts'

/** What is written while these events come in. */
function shown(isTTY: boolean, bodies: RunEventBody[]): string {
  let text = ''
  const live = createLiveOutput({ isTTY, write: (more) => void (text += more) }, { NO_COLOR: '1' })
  let run = emptyRun('r')
  for (const [index, body] of bodies.entries()) {
    const event: RunEvent = { ...body, seq: index + 1, at: '2026-01-01T00:00:00.000Z', elapsedMs: index }
    run = applyRunEvent(run, event)
    live.show(event, run)
  }
  live.end()
  return text
}

const request = (id: string, status = 200): RunEventBody[] => [
  {
    type: 'exchange.started',
    exchange: id,
    step: null,
    actor: 'grantlab',
    party: 'authorization-server',
    purpose: 'clients',
    request: { method: 'GET', url: `https://a.test/?page=${id}`, headers: [] },
  },
  {
    type: 'exchange.answered',
    exchange: id,
    response: { httpVersion: '1.1', status, statusText: '', headers: [], wireBytes: 0 },
    timings: { totalMs: 5 },
    connection: { reused: false },
  },
]

const page = (at: number, more: object = { pages: 3 }): RunEventBody => ({
  type: 'rows.received',
  step: null,
  exchange: String(at),
  rows: [
    { kind: 'client', client: { client_id: `a${at}`, further: {} } },
    { kind: 'client', client: { client_id: `b${at}`, further: {} } },
  ],
  page: at,
  ...more,
})

test('without a terminal each page is a line', () => {
  expect(shown(false, [...request('1'), page(1), ...request('2'), page(2)])).toBe(
    [
      '200 GET https://a.test/?page=1 5 ms',
      '  page 1 of 3, 2 clients',
      '200 GET https://a.test/?page=2 5 ms',
      '  page 2 of 3, 4 clients',
      '',
    ].join('\n'),
  )
  expect(shown(false, [page(1, {})])).toBe('  page 1, 2 clients\n')
})

test('on a terminal the progress stands in one line, further pages are no lines, a refusal is one', () => {
  const text = shown(true, [...request('1'), page(1), ...request('2'), page(2), ...request('3', 500)])
  expect(text).toBe(
    [
      '200 GET https://a.test/?page=1 5 ms\n',
      '\r\u001b[2K  page 1 of 3, 2 clients',
      '\r\u001b[2K  page 2 of 3, 4 clients',
      '\r\u001b[2K500 GET https://a.test/?page=3 5 ms\n',
    ].join(''),
  )
  expect(shown(true, [page(1)])).toBe('\r\u001b[2K  page 1 of 3, 2 clients\n')
})

test('a pause says why and how long', () => {
  const reason = 'The server takes no more requests\u001b[2J.'
  const until = '2026-01-01T00:00:12.000Z'
  const text = shown(false, [{ type: 'pause.started', step: null, pause: 'p', reason, until, exchange: null }])
  expect(text).toBe('  waiting for 12.00 s  The server takes no more requests\\e[2J.  Ctrl+C cancels\n')
})

test('each of several things is a line: done, was gone, failed and why', () => {
  const problem = problemOf('management-refused', 'Not yours.', { status: 403 })
  const target = { type: 'target.finished', step: null, exchange: null } as const
  const text = shown(false, [
    { ...target, target: 'a', title: 'App', outcome: 'done' },
    { ...target, target: 'b', title: 'b', outcome: 'absent' },
    { ...target, target: 'c', title: '', outcome: 'failed', problem },
    { ...target, target: 'd', title: '', outcome: 'unknown' },
  ])
  expect(text).toBe(
    [
      '  done  a  App',
      '  was gone  b',
      '  failed  c: The management API refused the request (403). Not yours.',
      '  not known  d',
      '',
    ].join('\n'),
  )
})
