import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPlayground, type Playground, type PlaygroundTelnyx } from '../index.ts'
import { temporaryFolder, testPlayground } from '../testing/test-playground.ts'

let folder: string
let playground: Playground
let info: PlaygroundTelnyx
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-emulator-'))
  playground = await startPlayground({ port: 0, inWorker: false, dataFolder: folder })
})
beforeEach(() => {
  info = playground.info.telnyx
})
afterAll(async () => {
  await playground.stop()
  await rm(folder, { recursive: true })
})

const jsonType = { 'content-type': 'application/json' }

/** Calls the emulator with the API key; a header given as '' is left out. */
function call(path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const headers = { authorization: `Bearer ${info.api_key}`, ...init.headers }
  const given = Object.entries(headers).filter(([, value]) => value !== '')
  return fetch(info.issuer + path, { ...init, headers: Object.fromEntries(given), redirect: 'manual' })
}

async function codeOf(response: Response): Promise<[number, unknown]> {
  const { errors } = (await response.json()) as { errors: { code: string }[] }
  return [response.status, errors.map(({ code }) => code).join()]
}

describe('who may call', () => {
  // SECURITY: DNS rebinding.
  test.each(['rebound.example', '127.0.0.1:1'])('the Host %s is refused, and uses up no fault', async (host) => {
    const fault = { match: { path: '/v2/oauth_grants' }, fault: 'status', status: 418 }
    await call('/emulator/faults', { method: 'POST', headers: jsonType, body: JSON.stringify(fault) })
    const { promise, resolve } = Promise.withResolvers<number | undefined>()
    const asking = request(`${info.base_url}/oauth_grants`, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asking.end()
    expect(await promise).toBe(421)
    expect((await call('/v2/oauth_grants')).status).toBe(418)
  })

  test.each([
    '/v2/oauth_clients',
    '/v2/oauth_grants/x',
    '/v2/oauth/consent/x',
    '/emulator/switches',
    '/emulator/requests',
  ])('%s wants the key, and says where to read more', async (path) => {
    for (const authorization of ['', 'Bearer KEY_unknown', `Basic ${info.api_key}`, `Bearer ${info.api_key}x`]) {
      const response = await call(path, { headers: { authorization } })
      expect(response.headers.get('www-authenticate')).toBe(
        `Bearer resource_metadata="${info.issuer}/.well-known/oauth-protected-resource"`,
      )
      expect(await codeOf(response)).toEqual([401, '10009'])
    }
  })

  test('the home page and the list of clients show no secret', async () => {
    for (const path of ['/', '/v2/oauth_clients', `/v2/oauth_clients/${info.machine_client_id}`]) {
      const text = await (await call(path)).text()
      expect(text).not.toContain(info.api_key)
      expect(text).not.toContain(info.machine_client_secret)
    }
  })
})

describe('what is sent', () => {
  test('a body without end is not read', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(70_000) })
    for (const path of ['/v2/oauth_clients', '/v2/oauth/register', '/v2/oauth/token', '/portal/consent']) {
      expect((await call(path, { method: 'POST', headers: jsonType, body })).status).toBe(413)
    }
  })

  test.each([
    ['{', jsonType],
    ['[]', jsonType],
    ['null', jsonType],
    ['{}', { 'content-type': 'text/plain' }],
  ])('%s as %j is refused', async (body, headers) => {
    expect(await codeOf(await call('/v2/oauth_clients', { method: 'POST', headers, body }))).toEqual([400, '10015'])
  })

  test.each([
    'GET /v2/oauth_clients/%',
    'GET /v2/oauth_clients/:id',
    'PATCH /v2/oauth_clients/x',
    'GET /v2/oauth/grants',
    'GET /.well-known/openid-configuration',
    'GET /v2/oauth/authorize/x',
    'POST /v2/oauth/authorize',
    'GET /__proto__',
  ])('%s is nothing here', async (line) => {
    const [method = '', path = ''] = line.split(' ')
    expect(await codeOf(await call(path, { method }))).toEqual([404, '10005'])
  })

  test('tokens are given for a form with + or %20 and for JSON, with Basic or a secret in the body', async () => {
    const { machine_client_id: client_id, machine_client_secret: client_secret } = info
    const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const scope = 'fax.read fax.write'
    const json = { grant_type: 'client_credentials', client_id, client_secret, scope }
    const asked = [
      { headers: { ...form, authorization: basic }, body: 'grant_type=client_credentials&scope=fax.read+fax.write' },
      { headers: { ...form, authorization: basic }, body: 'grant_type=client_credentials&scope=fax.read%20fax.write' },
      { headers: form, body: new URLSearchParams(json).toString() },
      { headers: jsonType, body: JSON.stringify(json) },
    ]
    for (const { headers, body } of asked) {
      const response = await call('/v2/oauth/token', { method: 'POST', headers, body })
      expect(await response.json()).toMatchObject({ token_type: 'Bearer', expires_in: 1800, scope })
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
  })

  test('every answer has an id, and HEAD is answered without a body', async () => {
    const ids = await Promise.all(
      ['/v2/oauth/jwks', '/nowhere', '/v2/oauth/authorize', '/'].map(async (path) => {
        const response = await call(path, { method: 'HEAD' })
        expect(await response.text()).toBe('')
        return response.headers.get('x-request-id')
      }),
    )
    expect(new Set(ids).size).toBe(4)
    for (const id of ids) expect(id).toMatch(/^[\da-f-]{36}$/)
  })
})

test('a restart keeps the key and the example clients, and forgets the rest', async () => {
  const dataFolder = await temporaryFolder()
  const first = await testPlayground({ dataFolder })
  info = first.info.telnyx
  const body = JSON.stringify({ redirect_uris: [] })
  expect((await call('/v2/oauth/register', { method: 'POST', headers: jsonType, body })).status).toBe(201)
  await first.stop()
  const second = await testPlayground({ dataFolder })
  expect({ ...second.info.telnyx, issuer: info.issuer, base_url: info.base_url }).toEqual(info)
  info = second.info.telnyx
  const { data } = (await (await call('/v2/oauth_clients')).json()) as { data: { client_id: string }[] }
  expect(data.map(({ client_id }) => client_id)).toEqual([info.client_id, info.machine_client_id])
})

test('no more clients than there is room for', async () => {
  const seed = (count: number) =>
    call('/emulator/clients', { method: 'POST', headers: jsonType, body: JSON.stringify({ count }) })
  expect((await seed(20_000)).status).toBe(201)
  expect(await codeOf(await seed(20_000))).toEqual([503, '10007'])
})
