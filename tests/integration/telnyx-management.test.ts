import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import type { RunEvent } from '../../src/contract/events.ts'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { rowsOf, type Run } from '../../src/contract/run.ts'
import { startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

let test: TestEngine
let emulator: EmulatorBench
beforeAll(async () => {
  emulator = await startEmulatorBench()
  await emulator.control('POST', '/emulator/clients', { count: 23 })
  test = await createTestEngine()
})
afterAll(async () => {
  await test.close()
  await emulator.close()
})
beforeEach(() => emulator.forget())

const clients = '/v2/oauth_clients'
const run = async (
  operation: string,
  parameters: ParameterValues = {},
  whileRunning?: (event: RunEvent, runId: string) => void,
): Promise<Run> => {
  const { issuer, base_url, api_key } = emulator.info
  const given = { issuer, vendor: 'telnyx', api_base: base_url, api_key, ...parameters }
  return (await test.run({ operation, parameters: given }, whileRunning)).run
}
const list = (parameters: ParameterValues = {}) => run('clients list', { page_size: 10, ...parameters })
const idsOf = (listed: Run) => rowsOf(listed).map((row) => (row.kind === 'client' ? row.client.client_id : ''))
const decisionsOf = ({ timeline }: Run) =>
  timeline.flatMap((entry) => (entry.kind === 'decision' ? [`${entry.subject}: ${entry.choice}`] : []))

describe('a list', () => {
  it('is read page by page to its end', async () => {
    const listed = await list()
    expect(listed.outcome).toBe('succeeded')
    // The two examples of the emulator are there as well.
    expect(listed.pages.map(({ page, pages, total, rows }) => [page, pages, total, rows.length])).toEqual([
      [1, 3, 25, 10],
      [2, 3, 25, 10],
      [3, 3, 25, 5],
    ])
    expect(new Set(idsOf(listed)).size).toBe(25)
    expect(listed.result).toEqual({ clients: 25, pages: 3 })
  })

  it('sends every filter that is given', async () => {
    const filters = {
      client_type: 'public',
      client_name_contains: 'seeded',
      grant_type: 'refresh_token',
      verified: false,
    }
    const listed = await list({ ...filters, client_name: 'Seeded client 00002' })
    expect(rowsOf(listed)).toMatchObject([{ client: { client_name: 'Seeded client 00002', client_type: 'public' } }])
    const [request] = await emulator.requests()
    expect(decodeURIComponent(request!)).toBe(
      `GET ${clients}?page[number]=1&page[size]=10&filter[client_type]=public&filter[name]=Seeded client 00002` +
        '&filter[name][contains]=seeded&filter[allowed_grant_types][contains]=refresh_token&filter[verified]=false',
    )
  })

  it('keeps what came when a later page fails, and goes on from there', async () => {
    await emulator.fault({ match: { path: clients }, fault: 'status', status: 403, after: 1 })
    const broken = await list()
    expect(broken.problem).toMatchObject({ code: 'list-incomplete', page: 2, status: 403 })
    expect(broken.problem?.whatToDo?.[0]).toContain('from_page 2')
    const rest = await list({ from_page: 2 })
    expect(rest.outcome).toBe('succeeded')
    expect(new Set([...idsOf(broken), ...idsOf(rest)]).size).toBe(25)
  })

  it('says its own problem when nothing came', async () => {
    await emulator.fault({ match: { path: clients }, fault: 'status', status: 403 })
    expect((await list()).problem).toMatchObject({ code: 'management-refused', status: 403 })
  })

  it('stops at the bound and says where', async () => {
    const bounded = await list({ max_pages: 2 })
    expect(bounded.problem).toMatchObject({ code: 'list-incomplete', page: 3 })
    expect(idsOf(bounded)).toHaveLength(20)
  })

  it('reads on without meta until a page is not full, and says so', async () => {
    await emulator.fault({ match: { path: clients }, fault: 'missing-meta', times: 9 })
    const listed = await list()
    expect(listed.outcome).toBe('succeeded')
    expect(idsOf(listed)).toHaveLength(25)
    expect(decisionsOf(listed)).toEqual(['paging: by the rows'])
  })

  it('reads on without the number of pages', async () => {
    await emulator.fault({ match: { path: clients }, fault: 'missing-meta', fields: ['total_pages'], times: 9 })
    expect(idsOf(await list())).toHaveLength(25)
  })

  it('stops at a page that is empty too early', async () => {
    await emulator.fault({ match: { path: clients }, fault: 'empty-page', after: 1 })
    expect((await list()).problem).toMatchObject({ code: 'list-incomplete', page: 2 })
  })

  it('names the parameter of a query that is refused', async () => {
    const { problem } = await list({ grant_type: 'implicit' })
    expect(problem).toMatchObject({ code: 'management-refused', status: 422, fields: [{ name: 'grant_type' }] })
  })
})

describe('a refusal', () => {
  it('names our parameters, and the id of the request', async () => {
    const { problem } = await run('clients create', {
      client_name: 'Odd',
      grant_types: ['client_credentials'],
      scope: 'no.such.scope',
    })
    expect(problem).toMatchObject({ code: 'management-refused', status: 422, fields: [{ name: 'scope' }] })
    expect(problem?.detail).toMatch(/10027.*request id [0-9a-f-]{36}/)
    expect(problem?.whatToDo?.[0]).toContain('scope')
  })

  it('is read in the other shape, too', async () => {
    await emulator.switches({ spec_errors: true })
    const { problem } = await run('clients get', { client_id: 'nobody' })
    expect(problem).toMatchObject({ status: 404, oauth: { error: 'not_found' } })
  })

  it('shows the beginning of a page', async () => {
    await emulator.fault({ match: { path: `${clients}/x` }, fault: 'html', status: 403 })
    const { problem } = await run('clients get', { client_id: 'x' })
    expect(problem).toMatchObject({ code: 'management-refused', status: 403 })
    expect(problem!.detail).toContain('It says: <!doctype html>')
    expect(problem!.detail.length).toBeLessThan(400)
  })
})

describe('too many requests', () => {
  it('are waited out, visibly, and a reading is sent again', async () => {
    await emulator.fault({ match: { path: clients }, fault: 'status', status: 429, retry_after_ms: 20, times: 2 })
    const listed = await list({ page_size: 100 })
    expect(listed.outcome).toBe('succeeded')
    expect(listed.pauses).toMatchObject([{ outcome: 'over', exchange: '1' }, { outcome: 'over' }])
    expect(listed.pauses[0]!.reason).toContain('429')
    expect(decisionsOf(listed)).toEqual(['try again: 2 of 3', 'try again: 3 of 3'])
    expect(listed.exchanges).toHaveLength(3)
  })

  it('are told after two more tries', async () => {
    await emulator.fault({ match: { path: clients }, fault: 'status', status: 429, retry_after_ms: 1, times: 9 })
    const { problem, exchanges } = await list()
    expect(problem).toMatchObject({ code: 'management-refused', status: 429 })
    expect(exchanges).toHaveLength(3)
  })

  it('that want a long wait are told with the time', async () => {
    await emulator.fault({ match: { path: clients }, fault: 'status', status: 429, retry_after: 600, times: 9 })
    const { problem, exchanges, pauses } = await list()
    expect(problem).toMatchObject({ code: 'management-refused', status: 429 })
    expect(problem?.detail).toMatch(/before \d{4}-\d\d-\d\dT.* 10 minutes/)
    expect([exchanges.length, pauses.length]).toEqual([1, 0])
  })

  it('make a bulk wait with its next request, and never send one again', async () => {
    const path = `${clients}/one`
    await emulator.fault({ match: { path }, fault: 'status', status: 429, retry_after_ms: 3000 })
    const { targets, pauses, exchanges, problem } = await run('clients delete', { client_ids: ['one', 'two'] })
    expect(targets).toMatchObject([
      { target: 'one', outcome: 'failed', problem: { status: 429 } },
      { target: 'two', outcome: 'absent' },
    ])
    expect(pauses).toMatchObject([{ exchange: '1', outcome: 'over' }])
    expect(exchanges).toHaveLength(2)
    expect(problem).toMatchObject({ code: 'partly-done' })
  })

  it('stop waiting when the run is cancelled, and nothing is sent any more', async () => {
    await emulator.fault({ match: { path: clients }, fault: 'status', status: 429, retry_after: 50, times: 9 })
    const cancelled = await run('clients list', {}, (event, runId) => {
      if (event.type === 'pause.started') void test.engine.cancelRun({ runId })
    })
    expect(cancelled.outcome).toBe('cancelled')
    expect(cancelled.pauses).toMatchObject([{ outcome: 'cancelled' }])
    expect(cancelled.exchanges).toHaveLength(1)
    expect(await emulator.requests()).toHaveLength(1)
  })
})

describe('a reading that breaks', () => {
  it.each(['reset', 'cut-body'])('is sent again after %s', async (fault) => {
    await emulator.fault({ match: { path: clients }, fault })
    const listed = await list({ page_size: 100 })
    expect(listed.outcome).toBe('succeeded')
    expect(listed.exchanges.map(({ state }) => state)).toEqual(['failed', 'answered'])
    expect(idsOf(listed)).toHaveLength(25)
  })
})

describe('a bulk', () => {
  it('goes on after a failure and says what happened to each', async () => {
    const [one, two] = idsOf(await list())
    await emulator.fault({ match: { path: `${clients}/${one}` }, fault: 'status', status: 409 })
    const ids = [one!, 'nobody', two!, two!]
    const { targets, problem, result } = await run('clients delete', { client_ids: ids })
    expect(targets.map(({ target, outcome }) => [target, outcome])).toEqual([
      [one, 'failed'],
      ['nobody', 'absent'],
      [two, 'done'],
    ])
    expect(problem?.detail).toMatch(/^1 of 3 clients are done, 1 were gone before, 1 failed\./)
    expect(result).toBeUndefined()
  })

  it('shows the request of one whose connection broke', async () => {
    const [one] = idsOf(await list())
    await emulator.fault({ match: { path: `${clients}/${one}` }, fault: 'reset' })
    const { targets, exchanges } = await run('clients delete', { client_ids: [one!, 'nobody'] })
    const [broken] = exchanges.filter(({ purpose }) => purpose === 'client-delete')
    expect(targets[0]).toMatchObject({ outcome: 'unknown', exchange: broken?.id })
  })
})

describe('a create whose answer is cut', () => {
  it('is unknown in the inventory, and sent once', async () => {
    await emulator.fault({ match: { method: 'POST', path: clients }, fault: 'cut-body' })
    const made = { client_name: 'Cut off', grant_types: ['client_credentials'], scope: 'messaging.read' }
    const { problem } = await run('clients create', made)
    expect(problem).toMatchObject({ code: 'outcome-unknown' })
    expect(problem?.whatToDo?.[0]).toContain('clients list')
    expect(await emulator.requests()).toEqual([`POST ${clients}`])
    const { issuer } = emulator.info
    const kept = await test.engine.runCommand('registrations list', { issuer })
    expect(kept).toMatchObject([{ title: 'Cut off', state: 'unknown', client_id: '' }])
    expect(idsOf(await list({ client_name: 'Cut off' }))).toHaveLength(1)
  })
})

it('a registration by the standard is held to it, whoever manages the client afterwards', async () => {
  const parameters = {
    issuer: emulator.info.issuer,
    vendor: 'telnyx',
    preset: 'machine',
    client_name: 'By the standard',
  }
  const { run: registered } = await test.run({ operation: 'register', parameters })
  expect(registered.outcome).toBe('succeeded')
  const found = findingsOf(registered).map(({ rule }) => rule)
  // The answer of this vendor has a secret and never says when it ends; the client can be managed all the same.
  expect(found).toContain('register.secret-expires')
  expect(found).not.toContain('register.no-management')
})
