import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'

// The SDK's auto-pagination against the emulator's lists, the broken ones too.

let bench: EmulatorBench
beforeAll(async () => {
  bench = await startEmulatorBench()
  // With the example client that is public: five public ones.
  await bench.control('POST', '/emulator/clients', { count: 8 })
})
afterEach(() => bench.forget())
afterAll(() => bench.close())

/** The names of public clients, page by page; breaks off after so many. */
async function names(most = Infinity): Promise<string[]> {
  const found: string[] = []
  for await (const { name } of bench.sdk().oauthClients.list({ 'page[size]': 2, 'filter[client_type]': 'public' })) {
    found.push(name)
    if (found.length >= most) break
  }
  return found
}

/** The requests for these pages; undefined is a request that names no page. */
const pages = (...numbers: (number | undefined)[]) =>
  numbers.map((number) => {
    const query = 'page%5Bsize%5D=2&filter%5Bclient_type%5D=public'
    return `GET /v2/oauth_clients?${query}${number === undefined ? '' : `&page%5Bnumber%5D=${number}`}`
  })

const all = [2, 4, 6, 8].map((number) => `Seeded client 0000${number}`)

it('goes through all pages, keeps the filter, and stops', async () => {
  expect(await names()).toEqual(['Example app', ...all])
  expect(await bench.requests()).toEqual(pages(undefined, 2, 3))
})

it('starts at the page it is told', async () => {
  const found: string[] = []
  const query = { 'page[number]': 2, 'page[size]': 2, 'filter[client_type]': 'public' } as const
  for await (const { name } of bench.sdk().oauthClients.list(query)) found.push(name)
  expect(found).toEqual(all.slice(1))
  expect(await bench.requests()).toHaveLength(2)
})

it('a page past the end is empty, with all four numbers', async () => {
  const page = await bench.sdk().oauthClients.list({ 'page[number]': 99, 'page[size]': 5 })
  expect(page.data).toEqual([])
  expect(page.meta).toEqual({ page_number: 99, page_size: 5, total_pages: 2, total_results: 10 })
  const none = await bench.sdk().oauthGrants.list()
  expect(none.meta).toEqual({ page_number: 1, page_size: 20, total_pages: 0, total_results: 0 })
})

it.each([
  ['page[size]', '0'],
  ['page[size]', '101'],
  ['page[size]', 'x'],
  ['page[number]', '0'],
  ['page[number]', '-1'],
  ['filter[client_type]', 'secret'],
  ['filter[verified]', 'maybe'],
])('%s=%s is refused with its name', async (parameter, value) => {
  const list = bench.sdk().oauthClients.list(undefined, { query: { [parameter]: value } })
  await expect(list).rejects.toMatchObject({ status: 422, error: { errors: [{ source: { parameter } }] } })
})

it('an empty page in the middle ends it', async () => {
  await bench.fault({ match: { path: '/v2/oauth_clients' }, fault: 'empty-page', after: 1 })
  expect(await names()).toHaveLength(2)
  expect(await bench.requests()).toEqual(pages(undefined, 2))
})

it.each([
  ['page_number', ['page_number']],
  ['all of meta', []],
])('without %s the SDK asks for page 2 for ever', async (_what, fields) => {
  await bench.fault({ match: { path: '/v2/oauth_clients' }, fault: 'missing-meta', fields, times: 20 })
  const found = await names(9)
  expect(found.slice(0, 4)).toEqual(['Example app', ...all.slice(0, 3)])
  expect(found.slice(4, 6)).toEqual(found.slice(2, 4))
  expect(await bench.requests()).toEqual(pages(undefined, 2, 2, 2, 2))
})

it('without total_pages it goes on until a page is empty', async () => {
  await bench.fault({ match: { path: '/v2/oauth_clients' }, fault: 'missing-meta', fields: ['total_pages'], times: 20 })
  expect(await names()).toHaveLength(5)
  expect(await bench.requests()).toEqual(pages(undefined, 2, 3, 4))
})

it('10,000 clients are made at once and listed by hundreds', async () => {
  await bench.control('POST', '/emulator/clients', { count: 10_000 })
  await bench.control('DELETE', '/emulator/requests')
  const ids = new Set<string>()
  for await (const { client_id } of bench.sdk().oauthClients.list({ 'page[size]': 100 })) ids.add(client_id)
  expect(ids.size).toBe(10_010)
  expect(await bench.requests()).toHaveLength(101)
})
