import { describe, expect, it } from 'vitest'
import type { EngineDescription, StartRun } from '../../contract/engine.ts'
import type { RunEvent, RunEventBody } from '../../contract/events.ts'
import { problemOf } from '../../contract/problem.ts'
import type { Profile } from '../../contract/profile.ts'
import { rowsOf } from '../../contract/run.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useEngineDescription } from './engine-description.ts'
import { useManagedLists } from './managed-lists.ts'
import { useManagement } from './management.ts'
import { useProfiles } from './profiles.ts'

const description = {
  version: '1',
  commands: [],
  clientAuthMethods: [],
  userAgents: [],
  capabilities: { openBrowser: false, playground: false, chooseFolder: false, host: 'test' },
  vendors: [
    { id: 'plain', title: 'By the standards', summary: '', methods: [], filters: [] },
    { id: 'rich', title: 'Rich', summary: '', methods: ['listClients'], filters: ['client_name'], key: 'api_key' },
    { id: 'open', title: 'Open', summary: '', methods: ['listClients'], filters: [] },
  ],
  operations: [
    {
      id: 'clients list',
      group: 'clients',
      title: 'List clients',
      summary: '',
      specification: [],
      steps: [],
      vendorMethod: 'listClients',
      parameters: [
        { name: 'vendor', title: 'Management', type: 'choice', hint: '', default: 'plain', inProfile: true },
        { name: 'api_key', title: 'API key', type: 'secret', hint: '', inProfile: true },
      ],
    },
  ],
} as unknown as EngineDescription

const profiles: Profile[] = ['one', 'two'].map((name) => ({
  name,
  title: name,
  values: { issuer: `https://${name}.example`, vendor: 'rich', api_key: { secret: name } },
}))

const unkeyed = (name: string, vendor: string): Profile => ({
  name,
  title: name,
  values: { issuer: `https://${name}.example`, vendor },
})
profiles.push(unkeyed('keyless', 'rich'), unkeyed('open', 'open'))

/** A page of one client named after the profile and the page. */
const page = (input: StartRun, number: number): RunEventBody => ({
  type: 'rows.received',
  step: null,
  exchange: '1',
  page: number,
  pages: 2,
  rows: [{ kind: 'client', client: { client_id: `${input.profile}-${number}`, further: {} } }],
})

function eventsOf(input: StartRun, runId: string, bodies: RunEventBody[]): RunEvent[] {
  const started = {
    type: 'run.started',
    runId,
    number: 1,
    operation: input.operation,
    title: 'List clients',
    profile: input.profile ?? null,
    parameters: {},
    plan: [],
  }
  return [started, ...bodies].map(
    (body, index) => ({ ...body, seq: index + 1, at: '2026-11-20T10:00:00Z', elapsedMs: index }) as RunEvent,
  )
}

/** The first reading of a list breaks off after its first page. */
function play(input: StartRun, { runId }: { runId: string }): RunEvent[] {
  const isLater = input.parameters.from_page === 2
  const end: RunEventBody = isLater
    ? { type: 'run.finished', outcome: 'succeeded' }
    : { type: 'run.finished', outcome: 'failed', problem: problemOf('list-incomplete', 'It broke.', { page: 2 }) }
  return eventsOf(input, runId, [page(input, isLater ? 2 : 1), end])
}

async function stores() {
  const engine = createFakeEngine({ play, profiles })
  engine.describe = async () => description
  const using = storesOver(engine)
  await using(useEngineDescription).load()
  await using(useProfiles).choose('one')
  const lists = using(useManagedLists)
  const idsOf = () =>
    lists
      .runsOf('clients')
      .flatMap(rowsOf)
      .map((row) => row.kind === 'client' && row.client.client_id)
  return { engine, lists, idsOf, profiles: using(useProfiles), management: using(useManagement) }
}

describe('a list', () => {
  it('is gone on with at the page that failed, by a run of its own, and what came stays', async () => {
    const { engine, lists, idsOf } = await stores()
    await lists.ask('clients', { client_name: 'a' })
    expect([idsOf(), lists.lastRun('clients')?.outcome]).toEqual([['one-1'], 'failed'])
    await lists.goOn('clients')
    expect([idsOf(), lists.lastRun('clients')?.outcome]).toEqual([['one-1', 'one-2'], 'succeeded'])
    const sent = engine.calls.filter(({ method }) => method === 'startRun').map(({ input }) => input as StartRun)
    expect(sent.map(({ parameters }) => parameters)).toEqual([{ client_name: 'a' }, { client_name: 'a', from_page: 2 }])
  })

  it('of one profile is never shown for another, and is still there afterwards', async () => {
    const { lists, idsOf, profiles: chosen } = await stores()
    await lists.ask('clients')
    await chosen.choose('two')
    expect([lists.listOf('clients'), idsOf()]).toEqual([undefined, []])
    await lists.ask('clients')
    expect(idsOf()).toEqual(['two-1'])
    await chosen.choose('one')
    expect(idsOf()).toEqual(['one-1'])
  })

  it('stays while it is asked for again in vain', async () => {
    const { engine, lists, idsOf } = await stores()
    await lists.ask('clients')
    engine.startRun = () => Promise.reject(new Error('no connection'))
    await lists.ask('clients')
    expect([idsOf(), lists.listOf('clients')?.problem?.detail]).toEqual([['one-1'], 'no connection'])
  })
})

it('asks for a key where the vendor has one, and only there', async () => {
  const { profiles: chosen, management } = await stores()
  await chosen.choose('keyless')
  expect(management.missingKey('clients list')?.title).toBe('API key')
  await chosen.choose('open')
  expect(management.vendor?.id).toBe('open')
  expect(management.missingKey('clients list')).toBeUndefined()
})

it('offers what the vendor of the profile can do, and names the key that is missing', async () => {
  const { lists, profiles: chosen, management } = await stores()
  expect(management.offered('clients list')?.id).toBe('clients list')
  expect(management.missingKey('clients list')).toBeUndefined()
  expect(management.othersFor('clients list').map(({ id }) => id)).toEqual(['rich', 'open'])
  await chosen.choose('playground')
  expect([management.vendor?.id, management.offered('clients list')]).toEqual(['plain', undefined])
  await lists.ask('clients')
  expect(lists.listOf('clients')).toBeUndefined()
})
