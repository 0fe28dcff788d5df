import { Telnyx } from 'telnyx'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { signIn } from '../../src/playground/testing/flows.ts'
import { asRedirect, Person } from '../../src/playground/testing/person.ts'
import { startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'

// What can be set at the start and while it runs, by the control routes outside of the API.

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
  allowed_scopes: ['voice.read'],
  client_type: 'confidential',
  allowed_grant_types: ['client_credentials'],
} satisfies Telnyx.OAuthClientCreateParams

it('says what they are, and refuses what does not exist', async () => {
  expect(await bench.control('GET', '/emulator/switches')).toEqual({
    data: {
      spec_errors: false,
      slash_paths: false,
      admin_scope: false,
      create_status: 201,
      missing_field_status: 422,
      show_client_secret: false,
      introspect_with_api_key: true,
      introspect_limit: false,
      plain_pkce: false,
    },
  })
  await expect(bench.switches({ spec_error: true })).rejects.toThrow('There is no switch spec_error.')
  await expect(bench.switches({ create_status: 204 })).rejects.toThrow('create_status is 201 or 200')
  await expect(bench.fault({ match: { path: 'x' }, fault: 'none', times: 0 })).rejects.toThrow('/times')
  await expect(bench.control('POST', '/emulator/clients', { count: 20_001 })).rejects.toThrow('422')
})

it('can be set at the start, and a wrong one is refused', async () => {
  const own = await startEmulatorBench({ telnyx: { admin_scope: true, create_status: 200 } })
  const { scopes_supported } = await own.sdk().wellKnown.retrieveAuthorizationServerMetadata()
  expect(scopes_supported).toHaveLength(33)
  const created = own.sdk().oauthClients.create({ ...machine, allowed_scopes: ['admin'] })
  expect((await created.asResponse()).status).toBe(200)
  await own.close()
  const starting = startEmulatorBench({ telnyx: { create_status: 204 as never } })
  await expect(starting).rejects.toMatchObject({ code: 'bad-option' })
})

it('spec_errors: every error has the one shape', async () => {
  const failures: (() => Promise<unknown>)[] = [
    async () => sdk.oauthClients.retrieve('x'),
    async () => bench.sdk({ apiKey: 'KEY_unknown' }).oauthGrants.list(),
    async () => sdk.oauthClients.create({ ...machine, name: '' }),
  ]
  for (const fail of failures) await expect(fail()).rejects.toHaveProperty('error.errors')
  await bench.switches({ spec_errors: true })
  for (const fail of failures) await expect(fail()).rejects.toHaveProperty('error.error_description')
})

it('slash_paths: the paths of the older documents answer as well', async () => {
  const paths = ['/oauth/clients', `/oauth/clients/${bench.info.client_id}`, '/oauth/grants']
  for (const path of paths)
    await expect(sdk.get(path)).rejects.toMatchObject({ error: { errors: [{ code: '10005' }] } })
  await bench.switches({ slash_paths: true })
  for (const path of paths) expect(await sdk.get(path)).toHaveProperty('data')
  const decide = sdk.oauth.grants({ allowed: true, consent_token: 't' })
  await expect(decide).rejects.toMatchObject({ status: 422 })
})

it('missing_field_status and show_client_secret', async () => {
  await bench.switches({ missing_field_status: 400, show_client_secret: true })
  const { name: _name, ...rest } = machine
  await expect(sdk.oauthClients.create(rest as typeof machine)).rejects.toMatchObject({ status: 400 })
  const { data } = await sdk.oauthClients.create(machine)
  expect((await sdk.oauthClients.retrieve(data!.client_id)).data).toEqual(data)
  expect(data!.client_secret).toBeTruthy()
})

it('introspect_with_api_key off: only clients introspect', async () => {
  await bench.switches({ introspect_with_api_key: false })
  await expect(sdk.oauth.introspect({ token: 'x' })).rejects.toMatchObject({ status: 401 })
  const { machine_client_id: id, machine_client_secret: secret } = bench.info
  const headers = { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }
  expect(await sdk.oauth.introspect({ token: 'x' }, { headers })).toEqual({ active: false })
})

it('introspect_limit: the sixth within a minute is too many', async () => {
  await bench.switches({ introspect_limit: true })
  for (let count = 0; count < 5; count += 1) {
    const { response } = await sdk.oauth.introspect({ token: 'x' }).withResponse()
    expect(response.headers.get('ratelimit-limit')).toBe('5, 5;w=60')
  }
  const error: unknown = await sdk.oauth.introspect({ token: 'x' }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Telnyx.RateLimitError)
  expect(error).toMatchObject({ error: { errors: [{ code: '10011' }] } })
  expect(Number((error as InstanceType<typeof Telnyx.RateLimitError>).headers.get('retry-after'))).toBeGreaterThan(0)
})

it('plain_pkce: the challenge is the verifier', async () => {
  const { client_id, redirect_uri, base_url, issuer } = bench.info
  const verifier = 'v~-._'.repeat(10)
  const query = {
    client_id,
    redirect_uri,
    response_type: 'code',
    code_challenge: verifier,
    code_challenge_method: 'plain',
  }
  const url = `${base_url}/oauth/authorize?${new URLSearchParams(query)}`
  const refused = asRedirect(await new Person(issuer).open(url))
  expect(refused.searchParams.get('error')).toBe('invalid_request')
  await bench.switches({ plain_pkce: true })
  const redeem = async (code_verifier: string) => {
    const code = (await signIn(new Person(issuer), url)).searchParams.get('code')!
    return sdk.oauth.token({ grant_type: 'authorization_code', client_id, code, code_verifier, redirect_uri })
  }
  expect(await redeem(verifier)).toMatchObject({ token_type: 'Bearer' })
  await expect(redeem(`${verifier}x`)).rejects.toMatchObject({ error: { error: 'invalid_grant' } })
})
