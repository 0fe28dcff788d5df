import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { PlaygroundInfo } from '../playground-info.ts'
import { authorizationUrl, callWith, newPkce, signIn, testRedirectUri } from '../testing/flows.ts'
import { asPage, Person } from '../testing/person.ts'
import { temporaryFolder, testPlayground } from '../testing/test-playground.ts'

/** What the registration endpoint answers, good or bad. */
interface Registered {
  client_id: string
  client_secret?: string
  client_secret_expires_at?: number
  token_endpoint_auth_method: 'none' | 'client_secret_basic' | 'client_secret_post'
  registration_access_token: string
  registration_client_uri: string
}

const native = { application_type: 'native', redirect_uris: ['http://127.0.0.1/callback'] }
const signsIn = { grant_types: ['authorization_code', 'refresh_token'], redirect_uris: [testRedirectUri] }

async function send(url: string, init: { method: string; token?: string; body?: object }) {
  const headers = {
    accept: 'application/json',
    ...(init.body ? { 'content-type': 'application/json' } : {}),
    ...(init.token === undefined ? {} : { authorization: `Bearer ${init.token}` }),
  }
  const response = await fetch(url, { method: init.method, headers, body: JSON.stringify(init.body) ?? null })
  const text = await response.text()
  const body = (text === '' ? {} : JSON.parse(text)) as Registered & Record<string, unknown>
  return { status: response.status, body }
}

const register = (info: PlaygroundInfo, body: object, token?: string) =>
  send(`${info.issuer}/reg`, { method: 'POST', body, ...(token === undefined ? {} : { token }) })

/** An answer with its status; everything else in it is text. */
type TokenAnswer = { status: number; access_token?: string; refresh_token?: string }

/** Asks the token endpoint, or about a token, as a client, by the method that it registered. */
async function ask(info: PlaygroundInfo, client: Registered, body: Record<string, string>): Promise<TokenAnswer> {
  const { client_id, client_secret = '', token_endpoint_auth_method: method } = client
  const form = new URLSearchParams(body)
  const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`
  if (method !== 'client_secret_basic') form.set('client_id', client_id)
  if (method === 'client_secret_post') form.set('client_secret', client_secret)
  const headers: Record<string, string> = method === 'client_secret_basic' ? { authorization: basic } : {}
  const path = 'token' in body ? '/token/introspection' : '/token'
  const response = await fetch(info.issuer + path, { method: 'POST', headers, body: form })
  const answer = (await response.json()) as Partial<Record<string, string>>
  return { ...answer, status: response.status }
}

async function signInAs(info: PlaygroundInfo, client: Registered, changes: Record<string, string> = {}) {
  const { verifier, challenge } = newPkce()
  const asked = { client_id: client.client_id, code_challenge: challenge, code_challenge_method: 'S256', ...changes }
  const redirect = await signIn(new Person(info.issuer), authorizationUrl(info, asked))
  const code = redirect.searchParams.get('code') ?? ''
  const redirect_uri = changes['redirect_uri'] ?? testRedirectUri
  return ask(info, client, { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier })
}

test('the metadata names the endpoint, and a registered client is read, updated and deleted', async () => {
  const { info } = await testPlayground()
  const metadata = await (await fetch(`${info.issuer}/.well-known/openid-configuration`)).json()
  expect(metadata).toMatchObject({ registration_endpoint: `${info.issuer}/reg` })
  const { status, body: client } = await register(info, { ...signsIn, client_name: 'First' })
  expect(status).toBe(201)
  expect(client).toMatchObject({ client_secret_expires_at: 0, token_endpoint_auth_method: 'client_secret_basic' })
  const { registration_client_uri: url, registration_access_token: token, client_id } = client
  expect(await send(url, { method: 'GET', token })).toMatchObject({
    status: 200,
    body: { client_id, client_name: 'First', client_secret: client.client_secret, registration_access_token: token },
  })

  const change = { ...signsIn, client_id, client_name: 'Second' }
  const updated = await send(url, { method: 'PUT', token, body: change })
  expect(updated).toMatchObject({ status: 200, body: { client_name: 'Second', client_secret: client.client_secret } })
  const newToken = updated.body.registration_access_token
  expect(newToken).not.toBe(token)
  expect(await send(url, { method: 'GET', token })).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  expect(await send(url, { method: 'GET', token: newToken })).toMatchObject({ body: { client_name: 'Second' } })

  expect(await send(url, { method: 'DELETE', token: newToken })).toMatchObject({ status: 204 })
  expect(await send(url, { method: 'GET', token: newToken })).toMatchObject({ status: 401 })
  const body = { grant_type: 'client_credentials' }
  expect(await ask(info, client, body)).toMatchObject({ status: 401, error: 'invalid_client' })
})

test.each(['none', 'client_secret_basic', 'client_secret_post'])(
  'a client that authenticates by %s signs in, renews, and takes all with it when deleted',
  async (token_endpoint_auth_method) => {
    const { info } = await testPlayground()
    const { body: client } = await register(info, { ...signsIn, token_endpoint_auth_method })
    expect(client.client_secret === undefined).toBe(token_endpoint_auth_method === 'none')
    const tokens = await signInAs(info, client)
    expect(tokens).toMatchObject({ status: 200, token_type: 'Bearer' })
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
    const renewed = await ask(info, client, refresh)
    expect(renewed).toMatchObject({ status: 200 })
    const hello = async () => (await callWith(renewed.access_token ?? '', `${info.issuer}/api/hello`)).status
    expect(await hello()).toBe(200)

    const { registration_client_uri: url, registration_access_token: token } = client
    expect((await send(url, { method: 'DELETE', token })).status).toBe(204)
    expect(await hello()).toBe(401)
    const confidential = info.clients.find(({ client_id }) => client_id === 'confidential')
    for (const name of ['access_token', 'refresh_token'] as const) {
      const told = await ask(info, confidential as never, { token: renewed[name] ?? '' })
      expect(told).toEqual({ status: 200, active: false })
    }
    const page = asPage(await new Person(info.issuer).open(authorizationUrl(info, { client_id: client.client_id })))
    expect(page.html).toContain('invalid_client')
  },
)

test("a client's own token dies with the client, and with a restart that forgets the client", async () => {
  const dataFolder = await temporaryFolder()
  const first = await testPlayground({ dataFolder })
  const { info } = first
  const wanted = { grant_types: ['client_credentials'], response_types: [], redirect_uris: [], scope: 'api:read' }
  const { body: one } = await register(info, wanted)
  const { body: other } = await register(info, wanted)
  const grant = { grant_type: 'client_credentials' }
  const ones = await ask(info, one, grant)
  const others = await ask(info, other, grant)
  const status = async (tokens: TokenAnswer) =>
    (await callWith(tokens.access_token ?? '', `${info.issuer}/api/hello`)).status
  expect(ones).toMatchObject({ status: 200, scope: 'api:read' })
  expect([await status(ones), await status(others)]).toEqual([200, 200])
  await send(one.registration_client_uri, { method: 'DELETE', token: one.registration_access_token })
  expect([await status(ones), await status(others)]).toEqual([401, 200])
  await first.stop()
  await testPlayground({ dataFolder, port: info.port })
  expect(await status(others)).toBe(401)
})

test('the scope of a registration bounds what the client gets', async () => {
  const { info } = await testPlayground()
  const machine = { grant_types: ['client_credentials'], response_types: [], scope: 'api:write' }
  const { body: client } = await register(info, machine)
  const grant = { grant_type: 'client_credentials' }
  expect(await ask(info, client, grant)).toMatchObject({ status: 200, scope: 'api:write' })
  expect(await ask(info, client, { ...grant, scope: 'api:read' })).toMatchObject({ error: 'invalid_scope' })
  const { body: person } = await register(info, { ...signsIn, scope: 'openid api:read' })
  expect(await signInAs(info, person, { scope: 'openid api:read' })).toMatchObject({ scope: 'openid api:read' })
  // oidc-provider drops offline_access before its own check; putting it back must not go round the registration.
  const url = authorizationUrl(info, { client_id: person.client_id, scope: 'openid offline_access' })
  const refused = (await new Person(info.issuer).open(url)) as URL
  expect(refused.searchParams.get('error')).toBe('invalid_scope')
})

test('the redirect URI is one that was registered; a native client chooses the port. RFC 8252 §7.3', async () => {
  const { info } = await testPlayground()
  const { body: client } = await register(info, { ...native, token_endpoint_auth_method: 'none' })
  const redirect_uri = 'http://127.0.0.1:50123/callback'
  expect(await signInAs(info, client, { redirect_uri, scope: 'openid' })).toMatchObject({ status: 200 })
  const { body: web } = await register(info, { redirect_uris: ['http://127.0.0.1/callback'] })
  for (const [client_id, other] of [
    [client.client_id, 'http://127.0.0.1:50123/other'],
    [client.client_id, 'http://attacker.example/callback'],
    [web.client_id, redirect_uri],
  ] as const) {
    const url = authorizationUrl(info, { client_id, redirect_uri: other })
    expect(asPage(await new Person(info.issuer).open(url)).html).toContain('invalid_redirect_uri')
  }
})

test('what cannot be registered is refused in the words of RFC 7591 §3.2.2', async () => {
  const { info } = await testPlayground()
  const device = 'urn:ietf:params:oauth:grant-type:device_code'
  for (const wrong of [
    { grant_types: [device], response_types: [] },
    { ...signsIn, token_endpoint_auth_method: 'private_key_jwt' },
    { ...signsIn, scope: 'no-such-scope' },
  ]) {
    expect(await register(info, wrong)).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } })
  }
  const uris = { redirect_uris: ['javascript:alert(1)'] }
  expect(await register(info, uris)).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } })
})

test('a registration makes the playground ask nobody', async () => {
  const { info } = await testPlayground()
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const wrong = { ...signsIn, sector_identifier_uri: `https://127.0.0.1:${port}/sector` }
  expect(await register(info, wrong)).toMatchObject({
    status: 400,
    body: { error_description: 'could not load sector_identifier_uri response' },
  })
  expect(connections).toBe(0)
})

test('with an initial access token only who has it registers', async () => {
  const { info } = await testPlayground({ initialAccessToken: 'sesame' })
  for (const token of [undefined, 'wrong']) {
    expect(await register(info, native, token)).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  }
  expect(await register(info, native, 'sesame')).toMatchObject({ status: 201 })
})

test('secrets expire after clientSecretSeconds, counted from the registration, and an update keeps that', async () => {
  const { info } = await testPlayground({ clientSecretSeconds: 60 })
  const now = Math.floor(Date.now() / 1000)
  const machine = { grant_types: ['client_credentials'], response_types: [] }
  const { body: client } = await register(info, machine)
  const { registration_client_uri: url, registration_access_token: token, client_id } = client
  const expiry = client.client_secret_expires_at ?? 0
  expect(expiry - now).toBeGreaterThanOrEqual(60)
  expect(expiry - now).toBeLessThan(120)
  const updated = await send(url, { method: 'PUT', token, body: { ...machine, client_id } })
  expect(updated.body.client_secret_expires_at).toBe(expiry)
  const grant = { grant_type: 'client_credentials' }
  expect(await ask(info, client, grant)).toMatchObject({ status: 200 })
  expect((await register(info, { ...native, token_endpoint_auth_method: 'none' })).body).not.toHaveProperty(
    'client_secret_expires_at',
  )
  vi.useFakeTimers({ toFake: ['Date'], now: (expiry + 60) * 1000 })
  onTestFinished(() => void vi.useRealTimers())
  expect(await ask(info, client, grant)).toMatchObject({ status: 400, error: 'invalid_client' })
})

test('a life of no seconds is refused', async () => {
  await expect(testPlayground({ clientSecretSeconds: 0 })).rejects.toMatchObject({ code: 'bad-option' })
})
