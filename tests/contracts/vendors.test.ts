import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import type { Run } from '../../src/contract/run.ts'
import { rowsOf } from '../../src/contract/run.ts'
import type { VendorMethod } from '../../src/contract/vendor.ts'
import { operations } from '../../src/core/operations/index.ts'
import { vendors } from '../../src/core/vendors/index.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'
import { vendorFixtures, type VendorFixture } from '../support/vendor-fixtures.ts'

let test: TestEngine
let playground: TestPlayground
beforeAll(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ playground: playground.port })
})
afterAll(async () => {
  await test.close()
  await playground.close()
})

const oddIds = ['a/b', 'a?b=c', 'a#b', '../oauth_grants', 'a%2Fb', 'ä b', '…', ' ', '%']

// What every vendor promises, whichever it is: a new one is tested by standing in the list and having a fixture.
describe.each(vendors.map((vendor) => [vendor.description.id, vendor] as const))('%s', (id, vendor) => {
  let fixture: VendorFixture
  beforeAll(() => {
    fixture = vendorFixtures[id]!(playground)
  })
  const has = (method: VendorMethod) => vendor.description.methods.includes(method)
  const run = async (operation: string, parameters: ParameterValues = {}): Promise<Run> =>
    (await test.run({ operation, parameters: { ...fixture.parameters, ...parameters } })).run

  it('has the methods that it says it has, and no others', async () => {
    expect(Object.keys(await vendor.load()).sort()).toEqual([...vendor.description.methods].sort())
  })

  it('names parameters that operations have', () => {
    const names = new Set(operations.flatMap(({ description }) => description.parameters.map(({ name }) => name)))
    const { filters, changeable = [], known = [] } = vendor.description
    for (const name of [...filters, ...changeable, ...known]) expect(names).toContain(name)
  })

  it('refuses what it has no method for before anything is sent, and names who has it', async () => {
    for (const { description } of operations) {
      const { vendorMethod: method, parameters } = description
      if (!method || has(method)) continue
      const needed = parameters.filter(({ required, name }) => required && name !== 'issuer')
      const values = needed.map(({ name, type }) => [name, type === 'list' ? ['x'] : 'x'] as const)
      const { problem, exchanges } = await run(description.id, Object.fromEntries(values))
      expect(problem).toMatchObject({ code: 'not-offered' })
      for (const other of vendors.filter(({ description: { methods } }) => methods.includes(method))) {
        expect(problem?.whatToDo?.[0]).toContain(`vendor ${other.description.id}`)
      }
      expect(exchanges).toEqual([])
    }
  })

  it('makes a client, reads, changes, finds and deletes it', async () => {
    const made = await run('clients create', fixture.client)
    expect(made.problem).toBeUndefined()
    const [registered] = made.registered
    expect(registered).toMatchObject({ how: 'sent', vendor: id, isManageable: true })
    expect(registered!.keptSecret).toMatch(/^registered_[0-9a-f]{8}_client_secret$/)
    const { client_id } = registered!.client
    expect(registered!.client).toMatchObject({ client_name: 'Made by a test', scope: fixture.client.scope })
    expect(await test.ports.vault.get(registered!.keptSecret!)).toMatchObject({
      origins: expect.arrayContaining([new URL(String(fixture.parameters.issuer)).origin]) as string[],
    })

    const read = await run('clients get', { client_id })
    expect(read.registered[0]).toMatchObject({ how: 'read', client: { client_id, client_name: 'Made by a test' } })

    const changed = await run('clients update', { client_id, client_name: 'Changed by a test' })
    expect(changed.problem).toBeUndefined()
    expect(changed.registered.at(-1)!.client).toMatchObject({
      client_id,
      client_name: 'Changed by a test',
      redirect_uris: fixture.client.redirect_uris,
    })

    if (has('listClients')) {
      const found = rowsOf(await run('clients list', { client_name: 'Changed by a test' }))
      expect(found).toMatchObject([{ kind: 'client', client: { client_id } }])
    }
    const issuer = String(fixture.parameters.issuer)
    const entry = () => test.engine.runCommand('registrations find', { issuer, client_id })
    expect(await entry()).toMatchObject({ state: 'registered', isOwn: true, title: expect.any(String) as string })

    const gone = await run('clients delete', { client_ids: [client_id] })
    expect(gone.targets).toMatchObject([{ target: client_id, outcome: 'done' }])
    expect(await entry()).toMatchObject({ state: 'gone' })
    expect(await test.ports.vault.get(registered!.keptSecret!)).toBeUndefined()
    expect((await run('clients get', { client_id })).outcome).toBe('failed')
  })

  it('keeps no secret in the events of what it made', async () => {
    const made = await run('clients create', fixture.client)
    const [registered] = made.registered
    const { value } = (await test.ports.vault.get(registered!.keptSecret!))!
    expect(value.length).toBeGreaterThan(10)
    expect(JSON.stringify(made)).not.toContain(value)
    await run('clients delete', { client_ids: [registered!.client.client_id] })
  })

  it('knows no client of an unknown id', async () => {
    const { problem } = await run('clients get', { client_id: 'nobody-knows-this-one' })
    expect(['management-refused', 'registration-not-found']).toContain(problem?.code)
  })

  it.each(oddIds)('keeps the id %j in its place of the address', async (client_id) => {
    const { problem, exchanges } = await run('clients get', { client_id })
    expect(['management-refused', 'registration-not-found', 'parameter-invalid']).toContain(problem?.code)
    for (const { request } of exchanges) {
      const base = new URL(String(fixture.parameters.api_base ?? fixture.parameters.issuer))
      const { origin, pathname, search } = new URL(request.url)
      expect([origin, search]).toEqual([base.origin, ''])
      expect(pathname).toBe(`${base.pathname}/oauth_clients/${encodeURIComponent(client_id)}`)
    }
  })

  it.each(['.', '..'])('sends nothing for the id %j', async (client_id) => {
    const { problem, exchanges } = await run('clients delete', { client_ids: ['fine', client_id] })
    expect(problem).toMatchObject({ code: 'parameter-invalid' })
    expect(exchanges).toEqual([])
  })

  it('sends nothing for an empty id', async () => {
    const { problem, exchanges } = await run('clients delete', { client_ids: ['', 'fine'] })
    expect(problem).toMatchObject({ code: 'parameter-invalid' })
    expect(exchanges).toEqual([])
  })

  it('refuses a parameter that it does not know rather than leave it out', async () => {
    if (!vendor.description.known) return
    const all = ['client_name', 'client_type', 'require_pkce', 'logo_uri']
    const unknown = all.filter((name) => !vendor.description.known!.includes(name))
    const values = { client_name: 'x', client_type: 'public', require_pkce: true, logo_uri: 'https://x.example' }
    for (const name of unknown) {
      const { problem, exchanges } = await run('clients create', {
        ...fixture.client,
        [name]: values[name as keyof typeof values],
      })
      expect(problem).toMatchObject({ code: 'parameter-invalid', fields: [{ name }] })
      expect(exchanges).toEqual([])
    }
  })

  it('does nothing with a wrong key, and tries it once', async () => {
    if (!fixture.wrongKey) return
    const ids = ['one', 'two', 'three']
    const { run: refused } = await test.run({
      operation: 'clients delete',
      parameters: { ...fixture.wrongKey, client_ids: ids },
    })
    expect(refused.problem).toMatchObject({ code: 'partly-done', status: 401 })
    expect(refused.exchanges).toHaveLength(1)
    expect(refused.targets.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed'])
    expect(refused.targets[2]!.problem?.detail).toContain('not tried')
    expect(JSON.stringify(refused)).not.toContain(String(fixture.wrongKey.api_key))
  })
})
