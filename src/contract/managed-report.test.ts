import { expect, test } from 'vitest'
import type { ClientRecord } from './client-record.ts'
import type { RunEvent, RunEventBody } from './events.ts'
import { maskOf } from './mask.ts'
import { problemOf } from './problem.ts'
import { reportOf } from './report.ts'
import { runOf } from './run.ts'

const fingerprint = 'a91c0000111122223333444455556666'

const reportFrom = (...bodies: RunEventBody[]) => {
  const events = bodies.map((body, index): RunEvent => ({
    ...body,
    seq: index + 1,
    at: '2026-01-01T00:00:00.000Z',
    elapsedMs: index,
  }))
  return reportOf(runOf('run-1', events))
}

const client = (id: string, more: Partial<ClientRecord> = {}): ClientRecord => ({ client_id: id, further: {}, ...more })

const page = (at: number, clients: ClientRecord[], more: object = {}): RunEventBody => ({
  type: 'rows.received',
  step: null,
  exchange: String(at),
  rows: clients.map((one) => ({ kind: 'client', client: one })),
  page: at,
  ...more,
})

test('rows are plain lists in the order of the server, with how far the list was read', () => {
  const more = { pages: 2, total: 3 }
  const pages = [page(1, [client('b'), client('a')], more), page(2, [client('c')], more)]
  const report = reportFrom(...pages, { type: 'run.finished', outcome: 'succeeded' })
  expect(report.clients.map(({ client_id }) => client_id)).toEqual(['b', 'a', 'c'])
  expect(report.grants).toEqual([])
  expect(report.list).toEqual({ firstPage: 1, pagesRead: 2, rows: 3, pages: 2, total: 3, complete: true })
})

test('a list that broke off, or began later, is not complete and keeps what came', () => {
  const problem = problemOf('list-incomplete', 'x', { page: 2 })
  const broken = reportFrom(page(1, [client('a')]), { type: 'run.finished', outcome: 'failed', problem })
  expect(broken).toMatchObject({ clients: [{ client_id: 'a' }], list: { complete: false }, problem: { page: 2 } })
  const later = reportFrom(page(2, [client('c')]), { type: 'run.finished', outcome: 'succeeded' })
  expect(later.list).toEqual({ firstPage: 2, pagesRead: 1, rows: 1, complete: false })
})

test('no page is no list; an empty page is an empty list', () => {
  const finished: RunEventBody = { type: 'run.finished', outcome: 'succeeded' }
  expect(reportFrom(finished)).toMatchObject({
    list: null,
    clients: [],
    targets: [],
    registered: [],
    pauses: [],
    preflight: [],
  })
  expect(reportFrom(page(1, []), finished).list).toMatchObject({ rows: 0, complete: true })
})

test('what was registered has its differences and short masks', () => {
  const report = reportFrom({
    type: 'client.registered',
    step: null,
    how: 'sent',
    exchange: '1',
    vendor: 'rfc7592',
    registration: 'r1',
    asked: { client_name: 'A', scope: 'a b' },
    registered: { client_id: 'c', client_name: 'A', scope: 'a', client_secret: maskOf(fingerprint) },
    client: client('c'),
    keptSecret: 'registered_r1_client_secret',
    isManageable: true,
  })
  expect(report.registered).toMatchObject([
    {
      keptSecret: 'registered_r1_client_secret',
      registered: { client_secret: '●●●● #a91c' },
      differences: [{ name: 'scope', asked: 'a b', registered: 'a', how: 'changed' }],
    },
  ])
  expect(JSON.stringify(report)).not.toContain(fingerprint)
})

test('targets and pauses stand in the order they came', () => {
  const problem = problemOf('management-refused', 'No.', { status: 403 })
  const target = { type: 'target.finished', step: null, exchange: '1', title: 'A' } as const
  const report = reportFrom(
    { ...target, target: 'a', outcome: 'done' },
    { type: 'pause.started', step: null, pause: 'p1', reason: 'r', until: '2026-01-01T00:00:05.000Z', exchange: '1' },
    { type: 'pause.finished', pause: 'p1', outcome: 'over' },
    { ...target, target: 'b', outcome: 'failed', problem },
  )
  expect(report.targets).toEqual([
    { target: 'a', title: 'A', outcome: 'done', exchange: '1' },
    { target: 'b', title: 'A', outcome: 'failed', exchange: '1', problem },
  ])
  expect(report.pauses).toMatchObject([{ pause: 'p1', reason: 'r', outcome: 'over' }])
})

test('ten thousand rows are all there', () => {
  const rows = Array.from({ length: 100 }, (_, at) => client(`c${at}`, { scope: 'a b', grant_types: ['x'] }))
  const pages = Array.from({ length: 100 }, (_, at) => page(at + 1, rows))
  const report = reportFrom(...pages, { type: 'run.finished', outcome: 'succeeded' })
  expect(report.clients).toHaveLength(10_000)
  expect(report.list).toMatchObject({ pagesRead: 100, rows: 10_000 })
})
