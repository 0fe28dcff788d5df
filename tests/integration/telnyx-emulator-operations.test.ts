import { Telnyx } from 'telnyx'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, refusal, startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'

// The real SDK drives every operation of the emulator; the requests are those of its transcript.

let bench: EmulatorBench
let sdk: Telnyx
beforeAll(async () => {
  bench = await startEmulatorBench()
  sdk = bench.sdk()
})
afterEach(() => bench.forget())
afterAll(() => bench.close())

const machine = {
  name: 'n',
  allowed_scopes: ['messaging.read', 'voice.write'],
  client_type: 'confidential',
  allowed_grant_types: ['client_credentials'],
  redirect_uris: [],
  require_pkce: true,
} satisfies Telnyx.OAuthClientCreateParams

/** A new client as the API shows it, with its secret. */
async function create(changes: object = {}) {
  const { data } = await sdk.oauthClients.create({ ...machine, ...changes })
  return data!
}

describe('metadata', () => {
  it('1 retrieveAuthorizationServerMetadata, below the base and at the root', async () => {
    const { issuer, base_url } = bench.info
    const metadata = await sdk.wellKnown.retrieveAuthorizationServerMetadata()
    expect(metadata).toMatchObject({
      issuer,
      authorization_endpoint: `${base_url}/oauth/authorize`,
      token_endpoint: `${base_url}/oauth/token`,
      introspection_endpoint: `${base_url}/oauth/introspect`,
      jwks_uri: `${base_url}/oauth/jwks`,
      registration_endpoint: `${base_url}/oauth/register`,
      response_types_supported: ['code'],
      grant_types_supported: ['client_credentials', 'authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    })
    expect(metadata.scopes_supported).toHaveLength(32)
    expect(await bench.sdk({ baseURL: issuer }).wellKnown.retrieveAuthorizationServerMetadata()).toEqual(metadata)
    expect(await bench.requests()).toEqual([
      'GET /v2/.well-known/oauth-authorization-server',
      'GET /.well-known/oauth-authorization-server',
    ])
  })

  it('2 retrieveProtectedResourceMetadata, and the one of the MCP path', async () => {
    const { issuer } = bench.info
    const metadata = await sdk.wellKnown.retrieveProtectedResourceMetadata()
    expect(metadata).toMatchObject({ resource: issuer, authorization_servers: [issuer] })
    const path = '/.well-known/oauth-protected-resource/v2/mcp'
    expect(await bench.control('GET', path)).toMatchObject({ resource: `${issuer}/v2/mcp` })
    expect(await bench.requests()).toEqual(['GET /v2/.well-known/oauth-protected-resource', `GET ${path}`])
  })

  it('7 retrieveJwks: public keys only, with or without a key', async () => {
    for (const client of [sdk, bench.sdk({ apiKey: 'KEY_unknown' })]) {
      const { keys = [] } = await client.oauth.retrieveJwks()
      expect(keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256'])
      for (const key of keys) expect(Object.keys(key)).not.toContain('d')
    }
  })
})

describe('clients', () => {
  it('10–14 create, retrieve, list with every filter, update without losing a field, delete', async () => {
    const created = await create({ name: 'a b é' })
    expect(created).toMatchObject({ ...machine, name: 'a b é', record_type: 'oauth_client', logo_uri: null })
    expect(created.client_id).toMatch(/^[\w-]{22}$/)
    expect(created.client_secret).toMatch(/^[\w-]{43}$/)
    const { client_secret: _secret, ...shown } = created
    expect((await sdk.oauthClients.retrieve(created.client_id)).data).toEqual(shown)
    const page = await sdk.oauthClients.list({
      'filter[client_id]': created.client_id,
      'filter[client_type]': 'confidential',
      'filter[name]': 'a b é',
      'filter[name][contains]': 'É',
      'filter[allowed_grant_types][contains]': 'client_credentials',
      'filter[verified]': false,
    })
    expect(page.data).toEqual([shown])
    expect(page.meta).toEqual({ page_number: 1, page_size: 20, total_pages: 1, total_results: 1 })
    const { data: updated } = await sdk.oauthClients.update(created.client_id, { name: 'x' })
    expect(updated).toEqual({ ...shown, name: 'x', updated_at: updated!.updated_at })
    expect(await sdk.oauthClients.delete(created.client_id)).toBeNull()
    expect(await refusal(sdk.oauthClients.retrieve(created.client_id))).toMatchObject({ status: 404 })
  })

  it.each([
    ['client_id', 'nobody'],
    ['client_type', 'public'],
    ['name', 'Only'],
    ['name][contains', 'other'],
    ['allowed_grant_types][contains', 'refresh_token'],
    ['verified', 'true'],
  ])('the filter %s keeps out what does not match', async (name, value) => {
    const { client_id } = await create({ name: 'Only me' })
    const all = await sdk.oauthClients.list({ 'page[size]': 100 })
    expect(all.data.map((client) => client.client_id)).toContain(client_id)
    const kept = await sdk.oauthClients.list(undefined, { query: { 'page[size]': 100, [`filter[${name}]`]: value } })
    expect(kept.data.map((client) => client.client_id)).not.toContain(client_id)
  })

  it('an update without a body changes nothing but its time', async () => {
    const { client_secret: _secret, ...shown } = await create()
    const update = sdk.oauthClients.update as unknown as (id: string) => ReturnType<typeof sdk.oauthClients.update>
    const { data } = await update.call(sdk.oauthClients, shown.client_id)
    expect(data).toEqual({ ...shown, updated_at: data!.updated_at })
  })

  it('ids are taken as they are: encoded, unknown, empty', async () => {
    expect(codesOf(await refusal(sdk.oauthClients.retrieve('a/b?c#d')))).toEqual([['10005', undefined]])
    expect(codesOf(await refusal(sdk.oauthClients.retrieve('')))).toEqual([['10005', undefined]])
    expect(await bench.requests()).toEqual(['GET /v2/oauth_clients/a%2Fb%3Fc%23d', 'GET /v2/oauth_clients/'])
  })

  it('says everything that is wrong, with a pointer for each', async () => {
    const wrong = { name: '', client_type: 'secret', allowed_scopes: 'x', allowed_grant_types: ['implicit'], id: 1 }
    const answer = await refusal(create(wrong))
    expect(answer.status).toBe(422)
    expect(codesOf(answer)).toEqual(
      ['name', 'allowed_scopes', 'client_type', 'allowed_grant_types', 'id'].map((name) => [
        '10015',
        { pointer: `/${name}` },
      ]),
    )
    const { error } = await refusal(create({ allowed_scopes: ['admin'] }))
    expect(error).toMatchObject({
      errors: [
        { code: '10027', detail: expect.stringMatching(/^must be a subset of account_management\.read, /) as string },
      ],
    })
    const signIn = { allowed_grant_types: ['authorization_code'] }
    expect(codesOf(await refusal(create(signIn)))).toEqual([['10015', { pointer: '/redirect_uris' }]])
    for (const uri of ['javascript:alert(1)', 'nowhere', 'http://127.0.0.1/#x']) {
      expect(codesOf(await refusal(create({ redirect_uris: [uri] })))).toEqual([
        ['10015', { pointer: '/redirect_uris' }],
      ])
    }
    expect(codesOf(await refusal(create({ name: undefined })))).toEqual([['10004', { pointer: '/name' }]])
    const { client_id } = await create()
    const update = { client_type: 'public', logo_uri: null } as object
    expect(codesOf(await refusal(sdk.oauthClients.update(client_id, update)))).toEqual([
      ['10015', { pointer: '/client_type' }],
      ['10015', { pointer: '/logo_uri' }],
    ])
  })
})

describe('registration, tokens, introspection', () => {
  it('8 register: a public client, a confidential one, one that says nothing, one that is wrong', async () => {
    const asked = {
      client_name: 'n',
      grant_types: ['authorization_code' as const, 'refresh_token' as const],
      redirect_uris: ['http://127.0.0.1/cb'],
      response_types: ['code'],
      scope: 'messaging.read',
      token_endpoint_auth_method: 'none' as const,
    }
    const client = await sdk.oauth.register(asked)
    expect(client).toMatchObject({ ...asked, client_id_issued_at: expect.any(Number) as number })
    expect(client).not.toHaveProperty('client_secret')
    expect((await sdk.oauthClients.retrieve(client.client_id)).data).toMatchObject({ client_type: 'public', name: 'n' })
    const register = sdk.oauth.register as unknown as () => ReturnType<typeof sdk.oauth.register>
    expect(await register.call(sdk.oauth)).toMatchObject({
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: expect.any(String) as string,
    })
    const wrong = { redirect_uris: ['javascript:x'], software_id: 'x', scope: 'admin' } as object
    expect(await refusal(sdk.oauth.register(wrong))).toMatchObject({
      status: 400,
      error: {
        error: 'invalid_client_metadata',
        invalid_fields: {
          redirect_uris: [expect.any(String)],
          software_id: [expect.any(String)],
          scope: [expect.any(String)],
        },
      },
    })
  })

  it('9 token: client credentials in the body, the Bearer of the SDK notwithstanding', async () => {
    const { client_id, client_secret } = await create()
    const ask = { grant_type: 'client_credentials', client_id, client_secret: client_secret! } as const
    const token = await sdk.oauth.token(ask)
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 1800, scope: 'messaging.read voice.write' })
    expect(await sdk.oauth.token({ ...ask, scope: 'voice.write' })).toMatchObject({ scope: 'voice.write' })
    expect(await refusal(sdk.oauth.token({ ...ask, scope: 'voice.write video.read' }))).toMatchObject({
      status: 400,
      error: { error: 'invalid_scope' },
    })
    expect(await refusal(sdk.oauth.token({ ...ask, client_secret: 's p&' }))).toMatchObject({
      status: 401,
      is: Telnyx.AuthenticationError,
      error: { error: 'invalid_client' },
    })
    const refresh = { grant_type: 'refresh_token', refresh_token: 'r', client_id: bench.info.client_id } as const
    expect(await refusal(sdk.oauth.token(refresh))).toMatchObject({ status: 400, error: { error: 'invalid_grant' } })
  })

  it('6 introspect: by the key, by Basic, and what is not a token', async () => {
    const { client_id, client_secret } = await create()
    const ask = { grant_type: 'client_credentials', client_id, client_secret: client_secret! } as const
    const { access_token: token } = await sdk.oauth.token(ask)
    const active = await sdk.oauth.introspect({ token })
    expect(active).toMatchObject({
      active: true,
      client_id,
      scope: 'messaging.read voice.write',
      iss: bench.info.issuer,
    })
    expect(active.exp! - active.iat!).toBe(1800)
    const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64')
    expect(await sdk.oauth.introspect({ token }, { headers: { Authorization: `Basic ${basic}` } })).toEqual(active)
    const asPublic = { token, client_id: bench.info.client_id }
    expect(await sdk.oauth.introspect(asPublic)).toEqual({ active: false })
    expect(await sdk.oauth.introspect({ token: bench.info.api_key })).toEqual({ active: false })
    expect(await sdk.oauth.introspect({ token: 'a.b+c/d=' })).toEqual({ active: false })
    expect(await refusal(bench.sdk({ apiKey: 'KEY_unknown' }).oauth.introspect({ token }))).toMatchObject({
      status: 401,
      error: { error: 'invalid_client' },
    })
  })
})
