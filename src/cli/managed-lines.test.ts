import { expect, test } from 'vitest'
import type { GrantRecord } from '../contract/client-record.ts'
import { problemOf } from '../contract/problem.ts'
import { reportOf, type RunReport } from '../contract/report.ts'
import { emptyRun, type Run } from '../contract/run.ts'
import { consentLines, registeredLines, targetCounts } from './managed-lines.ts'
import { listLines } from './managed-tables.ts'
import { createPaint, type Painted } from './paint.ts'
import { problemLines } from './summary-lines.ts'

const paint = createPaint({})
const wide = { paint, width: undefined, now: new Date('2026-01-01T00:00:00.000Z') }
const textOf = (lines: Painted[]) => lines.map(({ painted }) => painted)
const report = (change: Partial<Run>): RunReport => reportOf({ ...emptyRun('r'), ...change })

const registered: Run['registered'][number] = {
  how: 'sent',
  exchange: '1',
  vendor: 'rfc7592',
  registration: '0a1b2c3d',
  asked: { client_name: 'A', scope: 'openid email', logo_uri: 'https://a.test' },
  registered: {
    client_id: 'c1',
    client_name: 'A',
    scope: 'openid',
    require_auth_time: false,
    client_secret: '●●●● #a91c0000111122223333444455556666',
    client_secret_expires_at: 1_767_484_800,
    registration_client_uri: 'https://a.test/c1\u001b[2J',
  },
  client: { client_id: 'c1', client_secret_expires_at: '2026-01-04T00:00:00.000Z', further: {} },
  keptSecret: 'registered_0a1b2c3d_client_secret',
  isManageable: true,
}

test('what was registered stands beside what was asked, with each difference and where the secret is', () => {
  expect(textOf(registeredLines(report({ registered: [registered] }), wide))).toEqual([
    '',
    'Registered  c1  2 differences to what was asked for',
    'member             asked for       registered  by the server',
    'client_name        A               A           -',
    'scope              openid email    openid      changed',
    'logo_uri           https://a.test  -           left out',
    'require_auth_time  -               false       not asked for',
    expect.stringMatching(
      /^client_secret {2}●●●● #a91c {2}kept as secret registered_0a1b2c3d_client_secret, expires 2026-01-0\d .*, in 3 d$/,
    ),
    'managed at  https://a.test/c1\\e[2J',
    'grantlab registrations make-profile 0a1b2c3d NAME makes a profile that signs in with it.',
  ])
  expect(registeredLines(report({ registered: [{ ...registered, how: 'read' }] }), wide)).toEqual([])
})

test('a secret that could not be kept is said', () => {
  const { keptSecret: _kept, ...rest } = registered
  const lines = textOf(registeredLines(report({ registered: [rest] }), wide))
  expect(lines.join('|')).toContain('not kept: only --print client_secret shows it')
})

test('a list of clients and one of grants have the columns that tell them apart', () => {
  const client = {
    client_id: 'c1',
    client_name: 'A\u001b[2J',
    client_type: 'public' as const,
    grant_types: ['authorization_code', 'refresh_token'],
    scope: Array.from({ length: 20 }, (_, at) => `scope${at}`).join(' '),
    created_at: 'nonsense',
    further: {},
  }
  const pages = [{ exchange: '1', page: 1, total: 7, rows: [{ kind: 'client' as const, client }] }]
  const [, head, row, count] = textOf(listLines(report({ pages, outcome: 'failed' }), wide))
  expect(head).toMatch(/^client_id +name +type +grants +scopes +created$/)
  expect(row).toMatch(/^c1 +A\\e\[2J +public +authorization_code, refresh_token +scope0 .* \+14 +no valid time$/)
  expect(count).toBe('1 of 7 in all, not all')

  const grant: GrantRecord = { id: 'g1', client_id: 'c1', scopes: ['a', 'b'], last_used_at: null, further: {} }
  const grants = [grant, { ...grant, id: 'g2', client_name: 'App' }].map((one) => ({
    kind: 'grant' as const,
    grant: one,
  }))
  const lines = textOf(
    listLines(report({ pages: [{ exchange: '1', page: 1, rows: grants }], outcome: 'succeeded' }), wide),
  )
  expect(lines).toEqual([
    '',
    'id  client  scopes  last used',
    'g1  c1      a b     never',
    'g2  App     a b     never',
    '2 in all',
  ])
})

test('an empty list is said, no list is nothing', () => {
  expect(textOf(listLines(report({ pages: [{ exchange: '1', page: 1, rows: [] }] }), wide))).toEqual(['', 'none'])
  expect(listLines(report({}), wide)).toEqual([])
})

test('outcomes of many are counted', () => {
  const target = (id: string, outcome: 'done' | 'failed') => ({ target: id, title: '', outcome, exchange: null })
  const targets = [target('a', 'done'), target('b', 'done'), target('c', 'failed')]
  expect(textOf(targetCounts(report({ targets })))).toEqual(['', '3 in all: 2 done, 1 failed'])
  expect(targetCounts(report({ targets: targets.slice(0, 1) }))).toEqual([])
})

test('a consent says who asks for what and where the answer goes', () => {
  const scopes = [
    { id: 'admin', name: 'Admin', description: 'Everything\u001b[2J' },
    { id: 'a', name: 'a' },
  ]
  const consent = { client_id: 'c1', client_name: 'App', redirect_uri: 'https://a.test/cb', verified: false, scopes }
  expect(textOf(consentLines({ ...consent, further: {} }, paint))).toEqual([
    'App (c1) asks for',
    '  admin  Admin: Everything\\e[2J',
    '  a',
    'The answer goes to https://a.test/cb',
    'The server says it is not verified.',
  ])
  expect(textOf(consentLines({ scopes: [], further: {} }, paint))).toEqual([
    'A client that the server does not name asks for nothing that the server names',
  ])
})

test('what a server says of single parameters stands under the problem, with our flags', () => {
  const fields = [
    { name: 'scope', detail: 'must be a subset\u001b[2J' },
    { name: 'their_own', detail: 'is missing' },
  ]
  const lines = textOf(problemLines(problemOf('registration-refused', 'No.', { fields }), paint))
  expect(lines).toContain('  scope (--scope): must be a subset\\e[2J')
  expect(lines).toContain('  their_own: is missing')
})

test('a list that broke off says how to go on, once', () => {
  const broken = problemOf('list-incomplete', 'Page 7 failed.', { page: 7 })
  expect(textOf(problemLines(broken, paint)).at(-1)).toMatch(/^ {2}→ Go on from there .*from.page/)
  const said = textOf(problemLines({ ...broken, whatToDo: ['Go on (from_page 7).'] }, paint))
  expect(said.filter((one) => one.includes('from'))).toHaveLength(1)
})
