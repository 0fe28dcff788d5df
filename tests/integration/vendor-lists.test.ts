import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import { rowsOf } from '../../src/contract/run.ts'
import { jsonAnswer, startScriptedServer } from '../support/scripted-server.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

let test: TestEngine
const open: { close(): Promise<void> }[] = []
beforeAll(async () => {
  test = await createTestEngine()
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
afterAll(() => test.close())

const row = (id: string) => ({ client_id: id, name: `Client ${id}` })

/** A server whose pages are these, in the order in which they are asked for. */
async function serve(pages: unknown[]) {
  const server = await startScriptedServer((_request, count) => jsonAnswer(200, pages[count - 1] ?? pages.at(-1)))
  open.push(server)
  return server
}

async function run(operation: string, issuer: string, parameters: ParameterValues = {}) {
  const given = { issuer, vendor: 'telnyx', api_key: 'KEY-0123456789', page_size: 2, ...parameters }
  return (await test.run({ operation, parameters: given })).run
}

const decisionsOf = ({ timeline }: Awaited<ReturnType<typeof run>>) =>
  timeline.flatMap((entry) => (entry.kind === 'decision' ? [entry.subject] : []))

it('a page number that does not grow ends the list, and none of its rows is told twice', async () => {
  const first = { data: [row('a'), row('b')], meta: { page_number: 1, total_pages: 5 } }
  const server = await serve([first])
  const listed = await run('clients list', server.issuer)
  expect(listed.problem).toMatchObject({ code: 'list-incomplete', page: 2 })
  expect(rowsOf(listed)).toHaveLength(2)
  expect(server.seen).toHaveLength(2)
})

it('the same rows again end a list without meta', async () => {
  const server = await serve([{ data: [row('a'), row('b')] }])
  const listed = await run('clients list', server.issuer)
  expect(listed.problem).toMatchObject({ code: 'list-incomplete', page: 2 })
  expect(rowsOf(listed)).toHaveLength(2)
})

it('a total that changes is told', async () => {
  const meta = (page_number: number, total_results: number) => ({ page_number, total_pages: 2, total_results })
  const server = await serve([
    { data: [row('a'), row('b')], meta: meta(1, 4) },
    { data: [row('d')], meta: meta(2, 3) },
  ])
  const listed = await run('clients list', server.issuer)
  expect(listed.outcome).toBe('succeeded')
  expect(decisionsOf(listed)).toEqual(['the list changed while it was read'])
})

it('rows without an id are left out, and told', async () => {
  const data = [row('a'), null, 5, {}, { client_id: '' }]
  const server = await serve([{ data, meta: { page_number: 1, total_pages: 1 } }])
  const listed = await run('clients list', server.issuer)
  expect(rowsOf(listed)).toMatchObject([{ client: { client_id: 'a' } }])
  expect(decisionsOf(listed)).toEqual(['rows left out'])
})

it.each([{}, { data: {} }, [], 'text', { data: 'x' }])('%j is no list', async (body) => {
  const server = await serve([body])
  expect((await run('clients list', server.issuer)).problem).toMatchObject({ code: 'response-unexpected' })
})

it('a list of nothing is one', async () => {
  const server = await serve([{ data: null, meta: { page_number: 1, total_pages: 0, total_results: 0 } }])
  expect((await run('clients list', server.issuer)).result).toEqual({ clients: 0, pages: 1 })
})

it('secrets in rows are masked', async () => {
  const data = [
    { ...row('a'), client_secret: 'MARKED-secret-0123456789', note: 'its secret: MARKED-secret-0123456789' },
  ]
  const server = await serve([{ data, meta: { page_number: 1, total_pages: 1 } }])
  const listed = await run('clients list', server.issuer)
  expect(rowsOf(listed)).toHaveLength(1)
  expect(JSON.stringify(listed)).not.toContain('MARKED')
})

it('grants stand without names when the clients cannot be read, and the run says so', async () => {
  const grant = { id: 'g', client_id: 'a', scopes: ['x'], created_at: '2026-11-21T00:00:00Z', last_used_at: null }
  const server = await startScriptedServer(({ target }) =>
    target.includes('oauth_grants')
      ? jsonAnswer(200, { data: [grant], meta: { page_number: 1, total_pages: 1 } })
      : jsonAnswer(403, { error: 'forbidden' }),
  )
  open.push(server)
  const listed = await run('grants list', server.issuer)
  expect(listed.outcome).toBe('succeeded')
  expect(rowsOf(listed)).toMatchObject([{ kind: 'grant', grant: { id: 'g', last_used_at: null } }])
  expect(decisionsOf(listed)).toEqual(['names of clients'])
})

it('a client that is read is remembered as somebody else’s; a list remembers nothing', async () => {
  const server = await startScriptedServer(({ target }) =>
    target.includes('?')
      ? jsonAnswer(200, { data: [row('listed')], meta: { page_number: 1, total_pages: 1 } })
      : jsonAnswer(200, { data: { ...row('read'), require_pkce: true } }),
  )
  open.push(server)
  await run('clients list', server.issuer)
  await run('clients get', server.issuer, { client_id: 'read', page_size: undefined })
  const { issuer } = server
  expect(await test.engine.runCommand('registrations list', { issuer })).toEqual([])
  expect(await test.engine.runCommand('registrations list', { issuer, all: true })).toMatchObject([
    { isOwn: false, client_id: 'read', state: 'registered', client: { require_pkce: true } },
  ])
})

it('an address of the API with a query is refused before anything is sent', async () => {
  const { problem, exchanges } = await run('clients list', 'https://as.example.test', {
    api_base: 'https://api.example.test/v2?key=x',
  })
  expect(problem).toMatchObject({ code: 'parameter-invalid' })
  expect(exchanges).toEqual([])
})

it('a missing key is told before anything is sent', async () => {
  const { problem, exchanges } = await run('clients list', 'https://as.example.test', { api_key: '' })
  expect(problem).toMatchObject({ code: 'parameter-missing' })
  expect(exchanges).toEqual([])
})
