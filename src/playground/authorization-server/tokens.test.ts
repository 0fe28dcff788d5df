import { decodeJwt } from 'jose'
import { allowInsecureRequests, clientCredentialsGrant, ClientSecretBasic, discovery } from 'openid-client'
import { expect, test, vi } from 'vitest'
import { asPage, Person } from '../testing/person.ts'
import { callWith, obtainTokens, post, requestToken } from '../testing/flows.ts'
import { testPlayground } from '../testing/test-playground.ts'

test('both metadata documents agree and name every endpoint', async () => {
  const { info } = await testPlayground()
  const read = async (name: string) => (await fetch(`${info.issuer}/.well-known/${name}`)).json()
  const metadata = (await read('openid-configuration')) as Record<string, unknown>
  expect(await read('oauth-authorization-server')).toEqual(metadata)
  expect(metadata).toMatchObject({
    issuer: info.issuer,
    userinfo_endpoint: `${info.issuer}/me`,
    code_challenge_methods_supported: ['S256', 'plain'],
    authorization_response_iss_parameter_supported: true,
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'api:read', 'api:write'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
  })
  for (const name of ['introspection', 'revocation', 'end_session', 'authorization', 'token']) {
    expect(metadata[`${name}_endpoint`]).toContain(info.issuer)
  }
})

test('openid-client discovers the server and gets a token by client credentials', async () => {
  const { info } = await testPlayground()
  const secret = info.clients.find(({ client_id }) => client_id === 'confidential')?.client_secret ?? ''
  const execute = [allowInsecureRequests]
  const config = await discovery(new URL(info.issuer), 'confidential', {}, ClientSecretBasic(secret), { execute })
  const tokens = await clientCredentialsGrant(config, { scope: 'api:read api:write' })
  const claims = { sub: 'confidential', aud: 'urn:playground:api', scope: 'api:read api:write' }
  expect(decodeJwt(tokens.access_token)).toMatchObject(claims)
})

test('client credentials: default scope, no identity scopes, unknown scope and wrong secret refused', async () => {
  const { info } = await testPlayground()
  const grant = { grant_type: 'client_credentials' }
  expect(await requestToken(info, 'confidential', grant)).toMatchObject({ status: 200, scope: 'api:read' })
  const identity = await requestToken(info, 'confidential-post', { ...grant, scope: 'openid email api:write' })
  expect(identity).toMatchObject({ status: 200, scope: 'api:write' })
  const unknown = await requestToken(info, 'confidential', { ...grant, scope: 'nothing' })
  expect(unknown).toMatchObject({ status: 400, error: 'invalid_scope' })
  const body = { ...grant, client_id: 'confidential-post', client_secret: 'wrong' }
  const wrong = await post(info, '/token', { body })
  expect(wrong.status).toBe(401)
  expect(await wrong.json()).toMatchObject({ error: 'invalid_client' })
  expect(await requestToken(info, 'public', grant)).toMatchObject({ status: 400 })
})

test('refresh tokens rotate; reuse of an old one ends the family and its access tokens', async () => {
  const { info } = await testPlayground()
  const first = await obtainTokens(info)
  const refresh = (token: string) => requestToken(info, 'public', { grant_type: 'refresh_token', refresh_token: token })
  const second = await refresh(first.refresh_token)
  expect(second.status).toBe(200)
  expect(second.refresh_token).not.toBe(first.refresh_token)
  expect(decodeJwt(second.access_token)).toMatchObject({ sub: 'alice', aud: 'urn:playground:api' })
  expect((await callWith(second.access_token, `${info.issuer}/api/hello`)).status).toBe(200)
  expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' })
  expect(await refresh(second.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' })
  expect((await callWith(second.access_token, `${info.issuer}/api/hello`)).status).toBe(401)
})

test('a refresh can ask for less scope', async () => {
  const { info } = await testPlayground()
  const { refresh_token } = await obtainTokens(info)
  const body = { grant_type: 'refresh_token', refresh_token, scope: 'openid' }
  expect(await requestToken(info, 'public', body)).toMatchObject({ status: 200, scope: 'openid' })
})

test('introspection answers for JWT access tokens and refresh tokens, to those who may know', async () => {
  const { info } = await testPlayground()
  const { access_token, refresh_token } = await obtainTokens(info)
  const introspect = async (client: string, token: string) =>
    (await post(info, '/token/introspection', { body: { token }, client })).json()
  expect(await introspect('confidential', access_token)).toMatchObject({
    active: true,
    sub: 'alice',
    username: 'alice',
    client_id: 'public',
    aud: 'urn:playground:api',
    iss: info.issuer,
    token_type: 'Bearer',
    scope: 'openid profile email offline_access api:read',
  })
  expect(await introspect('public', access_token)).toMatchObject({ active: true })
  expect(await introspect('confidential', refresh_token)).toMatchObject({ active: true, sub: 'alice' })
  expect(await introspect('confidential', 'no-such-token')).toEqual({ active: false })
  const tampered = `${access_token.slice(0, -4)}AAAA`
  expect(await introspect('confidential', tampered)).toEqual({ active: false })
  const own = await requestToken(info, 'confidential', { grant_type: 'client_credentials' })
  expect(await introspect('confidential', own.access_token)).toMatchObject({ active: true, sub: 'confidential' })
  expect(await introspect('public', own.access_token)).toEqual({ active: false })
  const jti = decodeJwt(access_token).jti ?? ''
  expect(await introspect('confidential', jti)).toEqual({ active: false })
})

test('introspection wants client authentication, also when a page is preferred', async () => {
  const { info } = await testPlayground()
  const { access_token } = await obtainTokens(info)
  expect((await post(info, '/token/introspection', { body: { token: access_token } })).status).toBe(400)
  const body = new URLSearchParams({ token: access_token, client_id: 'public' })
  const headers = { accept: 'text/html' }
  const asPagePreferring = await fetch(`${info.issuer}/token/introspection`, { method: 'POST', body, headers })
  expect(asPagePreferring.headers.get('content-type')).toContain('application/json')
  expect(asPagePreferring.headers.has('content-security-policy')).toBe(false)
  expect(await asPagePreferring.json()).toMatchObject({ active: true })
})

test('revoking an access token ends it alone; revoking a refresh token ends the family', async () => {
  const { info } = await testPlayground()
  const tokens = await obtainTokens(info)
  const revoke = async (client: string, token: string) =>
    (await post(info, '/token/revocation', { body: { token }, client })).status
  const hello = async (token: string) => (await callWith(token, `${info.issuer}/api/hello`)).status
  expect(await revoke('confidential', tokens.access_token)).toBe(400)
  expect(await hello(tokens.access_token)).toBe(200)
  expect(await revoke('public', tokens.access_token)).toBe(200)
  expect(await hello(tokens.access_token)).toBe(401)
  const body = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
  const refreshed = await requestToken(info, 'public', body)
  expect(refreshed.status).toBe(200)
  expect(await revoke('public', refreshed.refresh_token)).toBe(200)
  expect(await hello(refreshed.access_token)).toBe(401)
  const after = { grant_type: 'refresh_token', refresh_token: refreshed.refresh_token }
  expect(await requestToken(info, 'public', after)).toMatchObject({ error: 'invalid_grant' })
  expect(await revoke('public', 'no-such-token')).toBe(200)
})

test("a client's own token can be revoked", async () => {
  const { info } = await testPlayground()
  const { access_token } = await requestToken(info, 'confidential', { grant_type: 'client_credentials' })
  expect((await callWith(access_token, `${info.issuer}/api/hello`)).status).toBe(200)
  await post(info, '/token/revocation', { body: { token: access_token }, client: 'confidential' })
  expect((await callWith(access_token, `${info.issuer}/api/hello`)).status).toBe(401)
})

test('userinfo gives the claims of the scopes, for GET and POST', async () => {
  const { info } = await testPlayground()
  const { access_token } = await obtainTokens(info)
  const expected = { sub: 'alice', name: 'Alice Example', email: 'alice@example.test', email_verified: true }
  for (const method of ['GET', 'POST']) {
    const response = await callWith(access_token, `${info.issuer}/me`, { method })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject(expected)
  }
  const narrow = await obtainTokens(info, { scope: 'openid' })
  expect(await (await callWith(narrow.access_token, `${info.issuer}/me`)).json()).toEqual({ sub: 'alice' })
})

test('userinfo refuses no token, a bad one and one without openid', async () => {
  const { info } = await testPlayground()
  const none = await fetch(`${info.issuer}/me`)
  expect(none.status).toBe(401)
  expect(none.headers.get('www-authenticate')).toBe('Bearer realm="playground", scope="openid"')
  expect((await callWith('bad', `${info.issuer}/me`)).status).toBe(401)
  const own = await requestToken(info, 'confidential', { grant_type: 'client_credentials', scope: 'openid api:read' })
  const response = await callWith(own.access_token, `${info.issuer}/me`)
  expect(response.status).toBe(403)
  expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
})

test('an expired access token is refused everywhere', async () => {
  const { info } = await testPlayground({ accessTokenSeconds: 5 })
  const { access_token } = await obtainTokens(info)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6_000 })
  try {
    const response = await callWith(access_token, `${info.issuer}/api/hello`)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('The access token has expired.')
    const answer = await post(info, '/token/introspection', { body: { token: access_token }, client: 'public' })
    expect(await answer.json()).toEqual({ active: false })
  } finally {
    vi.useRealTimers()
  }
})

test('signing out ends the session, and the tokens that may not outlive it', async () => {
  const { info } = await testPlayground()
  const person = new Person(info.issuer)
  const { access_token, id_token } = await obtainTokens(info, { person, scope: 'openid api:read' })
  const query = new URLSearchParams({ id_token_hint: id_token })
  const page = asPage(await person.open(`${info.issuer}/session/end?${query}`))
  expect(page.html).toContain('Sign out?')
  const [signOut] = page.forms
  if (!signOut) throw new Error(page.html)
  const done = asPage(await person.send(signOut))
  expect(done.status).toBe(200)
  expect((await callWith(access_token, `${info.issuer}/api/hello`)).status).toBe(401)
})
