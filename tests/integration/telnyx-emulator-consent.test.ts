import { APIError, Telnyx } from 'telnyx'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { codesOf, refusal, startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'

// The real SDK at the authorization endpoint, over consents and grants.

let bench: EmulatorBench
let sdk: Telnyx
beforeAll(async () => {
  bench = await startEmulatorBench()
  sdk = bench.sdk()
})
afterEach(() => bench.forget())
afterAll(() => bench.close())

const loopback = 'http://127.0.0.1/cb'

/** A new client that signs users in. */
async function createApp(): Promise<string> {
  const { data } = await sdk.oauthClients.create({
    name: 'n',
    allowed_scopes: ['messaging.read', 'voice.write'],
    client_type: 'public',
    allowed_grant_types: ['authorization_code'],
    redirect_uris: [loopback],
  })
  return data!.client_id
}

async function consentToken(client_id: string): Promise<string> {
  const query = { client_id, redirect_uri: loopback, response_type: 'code' as const, state: 's&t' }
  const asking = sdk.oauth.retrieveAuthorize(query, { fetchOptions: { redirect: 'manual' } })
  const error: unknown = await asking.catch((reason: unknown) => reason)
  if (!(error instanceof APIError)) throw new Error('expected a redirect')
  const location = new URL(error.headers!.get('location'), bench.info.issuer)
  expect(location.pathname).toBe('/portal/consent')
  return location.searchParams.get('consent_token')!
}

it('3–5 retrieveAuthorize follows to the page; retrieve and grants read and decide the consent, once', async () => {
  const client_id = await createApp()
  const query = { client_id, redirect_uri: loopback, response_type: 'code' as const }
  expect(await sdk.oauth.retrieveAuthorize(query)).toContain('<h1>Sign in</h1>')
  const consent_token = await consentToken(client_id)
  expect((await sdk.oauth.retrieve(consent_token)).data).toEqual({
    client_id,
    name: 'n',
    requested_scopes: [
      { id: 'messaging.read', name: 'messaging.read', description: 'Read messaging' },
      { id: 'voice.write', name: 'voice.write', description: 'Change voice' },
    ],
    logo_uri: null,
    tos_uri: null,
    policy_uri: null,
    redirect_uri: loopback,
    verified: false,
  })
  const { redirect_uri } = await sdk.oauth.grants({ allowed: true, consent_token })
  expect(redirect_uri).toMatch(/^http:\/\/127\.0\.0\.1\/cb\?code=[\w-]+&state=s%26t$/)
  const invalid = { status: 422, error: { error: 'invalid_request' } }
  expect(await refusal(sdk.oauth.grants({ allowed: true, consent_token }))).toMatchObject(invalid)
  expect(await refusal(sdk.oauth.retrieve(consent_token))).toMatchObject(invalid)
  const denied = await sdk.oauth.grants({ allowed: false, consent_token: await consentToken(client_id) })
  expect(new URL(denied.redirect_uri).searchParams.get('error')).toBe('access_denied')
  expect(new URL(denied.redirect_uri).searchParams.get('state')).toBe('s&t')
  const unknown = { allowed: true, consent_token: 't', scopes: [] }
  expect(await refusal(sdk.oauth.grants(unknown))).toMatchObject({ status: 422 })
})

it.each([
  [400, { client_id: '' }],
  [404, { client_id: 'c 1' }],
  [422, { redirect_uri: 'https://example.com/cb?x=1' }],
])('answers %i with a page and goes nowhere', async (status, changes) => {
  const client_id = await createApp()
  const query = { client_id, redirect_uri: loopback, response_type: 'code' as const, ...changes }
  const answer = await refusal(sdk.oauth.retrieveAuthorize(query))
  expect(answer).toMatchObject({ status, error: undefined })
  expect(await bench.requests()).toHaveLength(2)
})

it('15–17 lists, retrieves and revokes a grant', async () => {
  const client_id = await createApp()
  await sdk.oauth.grants({ allowed: true, consent_token: await consentToken(client_id) })
  const { data } = await sdk.oauthGrants.list({ 'page[size]': 100 })
  const grant = data.find((one) => one.client_id === client_id)!
  expect(grant).toEqual({
    id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/) as string,
    record_type: 'oauth_grant',
    client_id,
    scopes: ['messaging.read', 'voice.write'],
    created_at: expect.any(String) as string,
    last_used_at: null,
  })
  expect((await sdk.oauthGrants.retrieve(grant.id)).data).toEqual(grant)
  expect((await sdk.oauthGrants.delete(grant.id)).data).toEqual(grant)
  expect(await refusal(sdk.oauthGrants.delete(grant.id))).toMatchObject({ status: 404, is: Telnyx.NotFoundError })
  expect(codesOf(await refusal(sdk.oauthGrants.retrieve(grant.id)))).toEqual([['10005', undefined]])
})
