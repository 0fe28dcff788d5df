import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'

// What the SDK sends for each of its methods, whatever the emulator answers.

let bench: EmulatorBench
beforeAll(async () => {
  bench = await startEmulatorBench()
})
afterAll(() => bench.close())

const id = '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e'

it('the requests of all 17 methods are those of the transcript', async () => {
  const { oauth, oauthClients, oauthGrants, wellKnown } = bench.sdk()
  const register = oauth.register as unknown as () => Promise<unknown>
  const calls: (() => PromiseLike<unknown>)[] = [
    () => wellKnown.retrieveAuthorizationServerMetadata(),
    () => wellKnown.retrieveProtectedResourceMetadata(),
    () =>
      oauth.retrieveAuthorize({
        client_id: 'c 1',
        redirect_uri: 'https://example.com/cb?x=1',
        response_type: 'code',
        scope: 'admin foo',
        state: 's&t',
        code_challenge: 'abc',
        code_challenge_method: 'S256',
      }),
    () => oauth.retrieve('tok/en+1=='),
    () => oauth.grants({ allowed: true, consent_token: 't' }),
    () => oauth.introspect({ token: 'a.b+c/d=' }),
    () => oauth.retrieveJwks(),
    () => register.call(oauth),
    () => oauth.token({ grant_type: 'client_credentials', client_id: 'i', client_secret: 's p&', scope: 'admin x' }),
    () =>
      oauthClients.list({
        'page[number]': 2,
        'page[size]': 50,
        'filter[allowed_grant_types][contains]': 'refresh_token',
        'filter[client_id]': 'c',
        'filter[client_type]': 'public',
        'filter[name]': 'a b',
        'filter[name][contains]': 'é',
        'filter[verified]': true,
      }),
    () =>
      oauthClients.create({
        name: 'n',
        allowed_scopes: ['admin'],
        client_type: 'confidential',
        allowed_grant_types: ['client_credentials'],
        redirect_uris: [],
        require_pkce: true,
      }),
    () => oauthClients.retrieve(id),
    () => oauthClients.update(id, { name: 'x' }),
    () => oauthClients.delete(id),
    () => oauthGrants.list({ 'page[size]': 5 }),
    () => oauthGrants.retrieve(id),
    () => oauthGrants.delete(id),
  ]
  expect(calls).toHaveLength(17)
  for (const call of calls) await call().then(undefined, () => undefined)
  expect(await bench.requests()).toEqual([
    'GET /v2/.well-known/oauth-authorization-server',
    'GET /v2/.well-known/oauth-protected-resource',
    'GET /v2/oauth/authorize?client_id=c%201&redirect_uri=https%3A%2F%2Fexample.com%2Fcb%3Fx%3D1&response_type=code&scope=admin%20foo&state=s%26t&code_challenge=abc&code_challenge_method=S256',
    'GET /v2/oauth/consent/tok%2Fen+1==',
    'POST /v2/oauth/grants',
    'POST /v2/oauth/introspect',
    'GET /v2/oauth/jwks',
    'POST /v2/oauth/register',
    'POST /v2/oauth/token',
    'GET /v2/oauth_clients?page%5Bnumber%5D=2&page%5Bsize%5D=50&filter%5Ballowed_grant_types%5D%5Bcontains%5D=refresh_token&filter%5Bclient_id%5D=c&filter%5Bclient_type%5D=public&filter%5Bname%5D=a%20b&filter%5Bname%5D%5Bcontains%5D=%C3%A9&filter%5Bverified%5D=true',
    'POST /v2/oauth_clients',
    `GET /v2/oauth_clients/${id}`,
    `PUT /v2/oauth_clients/${id}`,
    `DELETE /v2/oauth_clients/${id}`,
    'GET /v2/oauth_grants?page%5Bsize%5D=5',
    `GET /v2/oauth_grants/${id}`,
    `DELETE /v2/oauth_grants/${id}`,
  ])
})
