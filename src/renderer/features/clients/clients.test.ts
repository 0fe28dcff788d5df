import { describe, expect, it } from 'vitest'
import type { ClientRecord, GrantRecord } from '../../../contract/client-record.ts'
import type { ParameterDescription } from '../../../contract/description.ts'
import { emptyRun, type Run } from '../../../contract/run.ts'
import { problemOf } from '../../../contract/problem.ts'
import { extendTo, goTo, keepChecks, noChecks, targetsOf, toggleAll, toggleRow } from './check-rows.ts'
import { clientRowsOf, clientTextOf, filterClients, grantTypesOf } from './client-rows.ts'
import { changeableParameters, changedValues, valueOfClient } from './client-values.ts'
import { filterGrants, grantRowsOf } from './grant-rows.ts'
import { brokenOff, progressOf } from './list-progress.ts'
import { profileValuesOf, valuesWithoutClient } from './profile-values.ts'
import { nextSort, sortRows } from './sort-rows.ts'

const client = (id: string, more: Partial<ClientRecord> = {}): ClientRecord => ({ client_id: id, further: {}, ...more })
const grant = (id: string, more: Partial<GrantRecord> = {}): GrantRecord => ({
  id,
  client_id: 'c1',
  scopes: ['messaging.read'],
  further: {},
  ...more,
})

function runWith(rows: Run['pages'][number]['rows'], more: Partial<Run> = {}): Run {
  const pages = [{ exchange: '1', rows, page: 1, pages: 3, total: 250 }]
  return { ...emptyRun('run-1'), startedAt: '2026-11-20T10:00:00Z', outcome: 'succeeded', pages, ...more }
}
const ofClients = (...clients: ClientRecord[]) => clients.map((one) => ({ kind: 'client' as const, client: one }))
const noNews = { toldOf: () => undefined, gone: new Map<string, string>() }

describe('marks', () => {
  const ids = ['a', 'b', 'c', 'd']

  it('stay while the keys go on, and a range grows and shrinks from where it began', () => {
    let checks = toggleRow(goTo(noChecks, 'a'), 'a')
    checks = extendTo(ids, goTo(checks, 'c'), 'd')
    expect([...checks.checked]).toEqual(['a', 'c', 'd'])
    checks = extendTo(ids, checks, 'b')
    expect([...checks.checked].sort()).toEqual(['a', 'b', 'c'])
    expect(checks.active).toBe('b')
  })

  it('are taken from all when all have one, and act on the active row where there are none', () => {
    const all = toggleAll(ids, goTo(noChecks, 'b'))
    expect(targetsOf(ids, all)).toEqual(ids)
    const none = toggleAll(ids, all)
    expect(targetsOf(ids, none)).toEqual(['b'])
    expect(targetsOf(['c'], none)).toEqual([])
  })

  it('go with what is not shown, and the keys go on at the same place', () => {
    const checks = toggleRow(toggleRow(noChecks, 'b'), 'c')
    const kept = keepChecks(['a', 'b', 'd'], ids, checks)
    expect([[...kept.checked], kept.active]).toEqual([['b'], 'd'])
    expect(keepChecks([], ids, checks)).toBe(noChecks)
  })
})

describe('clients', () => {
  const web = client('id-web', {
    client_name: 'Web shop',
    client_type: 'confidential',
    grant_types: ['authorization_code'],
    redirect_uris: ['https://shop.example/cb'],
  })
  const phone = client('id-phone', { client_name: 'Telefon', client_type: 'public', grant_types: ['refresh_token'] })

  it('are each there once over several runs, in order, as the later run says', () => {
    const renamed = { ...web, client_name: 'Web shop 2' }
    const rows = clientRowsOf([runWith(ofClients(web, phone)), runWith(ofClients(renamed), { id: 'run-2' })], noNews)
    expect(rows.map(({ id, client: { client_name: name }, runId }) => [id, name, runId])).toEqual([
      ['id-web', 'Web shop 2', 'run-2'],
      ['id-phone', 'Telefon', 'run-1'],
    ])
  })

  it('follow what was told of one later, not earlier, than the list', () => {
    const told = (at: string) => ({ toldOf: () => ({ client: { ...web, client_name: 'New' }, runId: 'x', at }) })
    const nameAt = (at: string) =>
      clientRowsOf([runWith(ofClients(web))], { ...told(at), gone: new Map() })[0]!.client.client_name
    expect([nameAt('2026-11-20T11:00:00Z'), nameAt('2026-11-20T09:00:00Z')]).toEqual(['New', 'Web shop'])
  })

  it('that were deleted since are marked, and one that is listed again is not', () => {
    const goneAt = (at: string) =>
      clientRowsOf([runWith(ofClients(web))], { ...noNews, gone: new Map([['id-web', at]]) })
    expect(goneAt('2026-11-20T11:00:00Z')[0]!.isGone).toBe(true)
    expect(goneAt('2026-11-20T09:00:00Z')[0]!.isGone).toBe(false)
  })

  it('are found by every word in any column, and filtered by type and grant type', () => {
    const rows = clientRowsOf([runWith(ofClients(web, phone))], noNews)
    const found = (more: object) =>
      filterClients(rows, { text: '', type: '', grantType: '', ...more }).map(({ id }) => id)
    expect(found({ text: 'SHOP.example web' })).toEqual(['id-web'])
    expect(found({ text: 'shop telefon' })).toEqual([])
    expect(found({ type: 'public' })).toEqual(['id-phone'])
    expect(found({ grantType: 'authorization_code' })).toEqual(['id-web'])
    expect(grantTypesOf(rows)).toEqual(['authorization_code', 'refresh_token'])
  })

  it('sort upward, downward, then as the server has them; what has no value stands last', () => {
    const rows = clientRowsOf([runWith(ofClients(web, client('x'), phone))], noNews)
    const sorted = (sort: Parameters<typeof sortRows>[1]) => sortRows(rows, sort, clientTextOf).map(({ id }) => id)
    const up = nextSort(undefined, 'name')
    const down = nextSort(up, 'name')
    expect(sorted(up)).toEqual(['id-phone', 'id-web', 'x'])
    expect(sorted(down)).toEqual(['id-web', 'id-phone', 'x'])
    expect(sorted(nextSort(down, 'name'))).toEqual(['id-web', 'x', 'id-phone'])
  })
})

describe('grants', () => {
  const rowsWith = (names: Map<string, string>) =>
    grantRowsOf(
      [
        runWith([
          { kind: 'grant', grant: grant('g1', { last_used_at: null }) },
          { kind: 'grant', grant: grant('g2', { client_name: 'By the server', last_used_at: '2026-11-20T09:00:00Z' }) },
        ]),
      ],
      { names, gone: new Map() },
    )

  it('have the names of their clients, from the grant or from the list of clients', () => {
    expect(rowsWith(new Map([['c1', 'Web shop']])).map(({ clientName }) => clientName)).toEqual([
      'Web shop',
      'By the server',
    ])
    expect(rowsWith(new Map())[0]!.clientName).toBe('')
  })

  it('are found by the name of the client, and those never used stand alone', () => {
    const rows = rowsWith(new Map([['c1', 'Web shop']]))
    expect(filterGrants(rows, { text: 'web shop', isUnused: false }).map(({ id }) => id)).toEqual(['g1'])
    expect(filterGrants(rows, { text: '', isUnused: true }).map(({ id }) => id)).toEqual(['g1'])
  })
})

describe('how far a list has come', () => {
  it('says page, pages, rows and total, or what of it is known', () => {
    const run = runWith([])
    expect(progressOf(run, 1000, 'clients')).toEqual({ text: 'Page 1 of 3, 1,000 of 250 clients', percent: 33 })
    expect(progressOf({ pages: [{ exchange: '1', rows: [], page: 4 }] }, 40, 'grants')).toEqual({
      text: 'Page 4, 40 grants',
    })
    expect(progressOf({ pages: [] }, 0, 'grants').text).toBe('Asking for the first page')
  })

  it('says where it broke off and why, and that what came is kept', () => {
    const problem = problemOf('list-incomplete', 'The server answered 500.', { page: 2 })
    expect(brokenOff(runWith([], { outcome: 'failed', problem }), 100, 'clients')).toEqual({
      title: 'Page 2 of 3 failed:',
      detail: 'The server answered 500.',
      kept: '100 of 250 are shown.',
      action: 'Retry from page 2',
    })
    expect(brokenOff(runWith([], { outcome: 'cancelled' }), 100, 'clients')?.action).toBe('Go on from page 2')
    expect(brokenOff(runWith([], { outcome: 'failed', problem }), 0, 'clients')).toBeUndefined()
    expect(brokenOff(runWith([]), 100, 'clients')).toBeUndefined()
  })
})

describe('the form of a client', () => {
  const named = (name: string, type: ParameterDescription['type'], more: Partial<ParameterDescription> = {}) => ({
    name,
    title: name,
    type,
    hint: '',
    ...more,
  })
  const operation = {
    id: 'clients update',
    group: 'clients' as const,
    title: '',
    summary: '',
    specification: [],
    steps: [],
    parameters: [
      named('issuer', 'url', { inProfile: true }),
      named('client_id', 'text', { positional: true }),
      named('client_name', 'text'),
      named('grant_types', 'list'),
      named('scope', 'words'),
      named('client_type', 'choice'),
      named('logo_uri', 'url'),
    ],
  }
  const vendor = {
    id: 'telnyx',
    title: 'Telnyx',
    summary: '',
    methods: [],
    filters: [],
    changeable: ['client_name', 'grant_types', 'scope', 'logo_uri', 'client_id'],
  }

  it('has what the vendor can change, and nothing of the profile', () => {
    const fields = changeableParameters(operation, vendor).map(({ name }) => name)
    expect(fields).toEqual(['client_name', 'grant_types', 'scope', 'logo_uri'])
    expect(changeableParameters(undefined, vendor)).toEqual([])
  })

  it('shows the values the client has and sends those that are others', () => {
    const fields = changeableParameters(operation, vendor)
    const shown = client('x', {
      client_name: 'Old',
      grant_types: ['refresh_token'],
      scope: 'a b',
      further: { logo_uri: 'https://a.example/logo' },
    })
    expect(fields.map((one) => valueOfClient(shown, one))).toEqual([
      'Old',
      ['refresh_token'],
      'a b',
      'https://a.example/logo',
    ])
    const values = { client_name: 'Old', scope: 'a', grant_types: ['refresh_token'], logo_uri: '' }
    expect(changedValues(shown, values, fields)).toEqual({ scope: 'a', logo_uri: '' })
  })
})

describe('a profile for a client', () => {
  it('takes its id, its scope, a free port where any is taken, and the secret that is kept of it', () => {
    const machine = client('x', { redirect_uris: ['http://127.0.0.1/callback', 'https://a.example'], scope: 'a b' })
    expect(profileValuesOf(machine, 'registered_1_client_secret')).toEqual({
      client_id: 'x',
      client_secret: { secret: 'registered_1_client_secret' },
      redirect_uri: 'http://127.0.0.1:0/callback',
      scope: 'a b',
    })
    const redirectOf = (uri: string) => profileValuesOf(client('x', { redirect_uris: [uri] }), undefined).redirect_uri
    expect(redirectOf('http://127.0.0.1:8080/callback')).toBe('http://127.0.0.1:8080/callback')
    expect(redirectOf('http://127.0.0.1.evil.test/callback')).toBe('http://127.0.0.1.evil.test/callback')
  })

  it('keeps nothing of another client, above all not its secret', () => {
    const values = { issuer: 'https://a.example', client_id: 'old', client_secret: { secret: 's' }, vendor: 'telnyx' }
    expect(valuesWithoutClient(values)).toEqual({ issuer: 'https://a.example', vendor: 'telnyx' })
  })
})
