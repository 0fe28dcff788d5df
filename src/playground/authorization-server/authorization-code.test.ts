import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { expect, test, vi } from 'vitest'
import {
  authorizationUrl,
  formFor,
  newPkce,
  obtainTokens,
  redeem,
  requestToken,
  signIn,
  testRedirectUri,
} from '../testing/flows.ts'
import { asPage, asRedirect, Person } from '../testing/person.ts'
import { testPlayground } from '../testing/test-playground.ts'

test('code flow with S256: redirect with code, state and iss; JWT access token, ID token, refresh token', async () => {
  const { info } = await testPlayground()
  const { verifier, challenge } = newPkce()
  const url = authorizationUrl(info, { code_challenge: challenge, code_challenge_method: 'S256' })
  const redirect = await signIn(new Person(info.issuer), url)
  expect(redirect.origin + redirect.pathname).toBe('http://127.0.0.1:49152/any/path')
  expect(redirect.searchParams.get('kept')).toBe('yes')
  expect(redirect.searchParams.get('state')).toBe('the-state')
  expect(redirect.searchParams.get('iss')).toBe(info.issuer)

  const tokens = await redeem(info, { client: 'public', redirect, verifier })
  expect(tokens).toMatchObject({ status: 200, token_type: 'Bearer', expires_in: 600 })
  expect(tokens.refresh_token).toBeTypeOf('string')
  const keys = createRemoteJWKSet(new URL(`${info.issuer}/jwks`))
  const access = await jwtVerify(tokens.access_token, keys, { issuer: info.issuer, audience: 'urn:playground:api' })
  expect(access.protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+jwt' })
  const scope = 'openid profile email offline_access api:read'
  expect(access.payload).toMatchObject({ sub: 'alice', client_id: 'public', scope })
  const id = await jwtVerify(tokens.id_token, keys, { issuer: info.issuer, audience: 'public' })
  expect(id.protectedHeader.alg).toBe('RS256')
  expect(id.payload).toMatchObject({
    sub: 'alice',
    nonce: 'the-nonce',
    name: 'Alice Example',
    email: 'alice@example.test',
    at_hash: await halfHash(tokens.access_token),
  })
})

async function halfHash(value: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value))
  return Buffer.from(hash.slice(0, 16)).toString('base64url')
}

test('the ID token carries no claim whose scope was not asked for, and none comes without openid', async () => {
  const { info } = await testPlayground()
  const plain = await obtainTokens(info, { scope: 'openid' })
  expect(decodeJwt(plain.id_token)).not.toHaveProperty('email')
  expect(plain).not.toHaveProperty('refresh_token')
  const { verifier, challenge } = newPkce()
  const asked = { scope: 'api:read', nonce: undefined, code_challenge: challenge, code_challenge_method: 'S256' }
  const redirect = await signIn(new Person(info.issuer), authorizationUrl(info, asked))
  const oauth = await redeem(info, { client: 'public', redirect, verifier })
  expect(oauth).toMatchObject({ status: 200, scope: 'api:read' })
  expect(oauth).not.toHaveProperty('id_token')
})

test('plain PKCE works with the right verifier only', async () => {
  const { info } = await testPlayground()
  const { verifier } = newPkce()
  for (const method of ['plain', undefined]) {
    const url = authorizationUrl(info, { code_challenge: verifier, code_challenge_method: method })
    const redirect = await signIn(new Person(info.issuer), url)
    expect(await redeem(info, { client: 'public', redirect, verifier })).toMatchObject({ status: 200 })
    const other = await signIn(new Person(info.issuer), url)
    const refused = await redeem(info, { client: 'public', redirect: other, verifier: newPkce().verifier })
    expect(refused).toMatchObject({ status: 400, error: 'invalid_grant' })
  }
})

test('PKCE is required of the public client and not of the confidential one', async () => {
  const { info } = await testPlayground()
  const refused = asRedirect(await new Person(info.issuer).open(authorizationUrl(info)))
  expect(refused.searchParams.get('error')).toBe('invalid_request')
  expect(refused.searchParams.get('error_description')).toContain('PKCE')
  const redirect = await signIn(new Person(info.issuer), authorizationUrl(info, { client_id: 'confidential' }))
  expect(await redeem(info, { client: 'confidential', redirect })).toMatchObject({ status: 200 })
})

test('the post client authenticates in the body', async () => {
  const { info } = await testPlayground()
  expect(await obtainTokens(info, { client: 'confidential-post' })).toMatchObject({ status: 200 })
})

test('a code works once, and trying again ends what it gave', async () => {
  const { info } = await testPlayground()
  const { verifier, challenge } = newPkce()
  const url = authorizationUrl(info, { code_challenge: challenge, code_challenge_method: 'S256' })
  const redirect = await signIn(new Person(info.issuer), url)
  const tokens = await redeem(info, { client: 'public', redirect, verifier })
  const again = await redeem(info, { client: 'public', redirect, verifier })
  expect(again).toMatchObject({ status: 400, error: 'invalid_grant' })
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
  expect(await requestToken(info, 'public', refresh)).toMatchObject({ error: 'invalid_grant' })
})

test('codes expire after codeSeconds, access tokens live for accessTokenSeconds', async () => {
  const { info } = await testPlayground({ codeSeconds: 5, accessTokenSeconds: 7 })
  const { verifier, challenge } = newPkce()
  const asked = { code_challenge: challenge, code_challenge_method: 'S256' }
  const inTime = await signIn(new Person(info.issuer), authorizationUrl(info, asked))
  expect(await redeem(info, { client: 'public', redirect: inTime, verifier })).toMatchObject({ expires_in: 7 })
  const late = await signIn(new Person(info.issuer), authorizationUrl(info, asked))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6_000 })
  try {
    const answer = await redeem(info, { client: 'public', redirect: late, verifier })
    expect(answer).toMatchObject({ status: 400, error: 'invalid_grant' })
  } finally {
    vi.useRealTimers()
  }
})

test('a denied consent and a cancelled sign-in go back as access_denied', async () => {
  const { info } = await testPlayground()
  const url = authorizationUrl(info, { client_id: 'confidential' })
  const person = new Person(info.issuer)
  const signInPage = asPage(await person.open(url))
  const fields = { username: 'bob', password: 'bob-password' }
  const consentPage = asPage(await person.send(formFor(signInPage, 'sign-in'), fields))
  const denied = asRedirect(await person.send(formFor(consentPage, 'deny')))
  expect(Object.fromEntries(denied.searchParams)).toMatchObject({
    error: 'access_denied',
    error_description: 'the resource owner denied the request',
    state: 'the-state',
    iss: info.issuer,
  })
  const other = new Person(info.issuer)
  const cancelled = asRedirect(await other.send(formFor(asPage(await other.open(url)), 'cancel')))
  expect(cancelled.searchParams.get('error')).toBe('access_denied')
})

test('a form without a decision grants nothing', async () => {
  const { info } = await testPlayground()
  const person = new Person(info.issuer)
  const signInPage = asPage(await person.open(authorizationUrl(info, { client_id: 'confidential' })))
  const fields = { username: 'alice', password: 'alice-password' }
  const consentPage = asPage(await person.send(formFor(signInPage, 'sign-in'), fields))
  const answer = asRedirect(await person.send({ action: formFor(consentPage, 'allow').action, fields: {} }))
  expect(answer.searchParams.get('error')).toBe('access_denied')
})

test('a wrong password shows the page again with the name kept, and an answered page is gone', async () => {
  const { info } = await testPlayground()
  const person = new Person(info.issuer)
  const page = asPage(await person.open(authorizationUrl(info, { client_id: 'confidential' })))
  const again = asPage(await person.send(formFor(page, 'sign-in'), { username: 'alice', password: 'wrong' }))
  expect(again.status).toBe(400)
  expect(again.html).toContain('Wrong user name or password.')
  expect(formFor(again, 'sign-in').fields['username']).toBe('alice')
  await person.send(formFor(again, 'sign-in'), { username: 'alice', password: 'alice-password' })
  const gone = asPage(await person.send(formFor(again, 'sign-in'), { username: 'alice', password: 'alice-password' }))
  expect(gone.status).toBe(400)
})

test('a second request in the same browser needs no hands, also with offline_access', async () => {
  const { info } = await testPlayground()
  const person = new Person(info.issuer)
  await obtainTokens(info, { person })
  const { verifier, challenge } = newPkce()
  const url = authorizationUrl(info, { code_challenge: challenge, code_challenge_method: 'S256', prompt: 'none' })
  const redirect = asRedirect(await person.open(url))
  const tokens = await redeem(info, { client: 'public', redirect, verifier })
  expect(tokens.refresh_token).toBeTypeOf('string')
})

test('prompt=none without a sign-in, an unknown scope and an unknown resource go back as errors', async () => {
  const { info } = await testPlayground()
  const open = async (changes: Record<string, string>) => {
    const url = authorizationUrl(info, { client_id: 'confidential', ...changes })
    return asRedirect(await new Person(info.issuer).open(url)).searchParams.get('error')
  }
  expect(await open({ prompt: 'none' })).toBe('login_required')
  expect(await open({ scope: 'openid no-such-scope' })).toBe('invalid_scope')
  expect(await open({ resource: 'urn:elsewhere' })).toBe('invalid_target')
})

test('a request without scope gets the default one and is told so', async () => {
  const { info } = await testPlayground()
  const asked = { client_id: 'confidential', scope: undefined, nonce: undefined }
  const redirect = await signIn(new Person(info.issuer), authorizationUrl(info, asked))
  expect(await redeem(info, { client: 'confidential', redirect })).toMatchObject({ scope: 'api:read' })
})

test('a resource indicator becomes the audience', async () => {
  const { info } = await testPlayground()
  const tokens = await obtainTokens(info, { resource: `${info.issuer}/api` })
  expect(decodeJwt(tokens.access_token).aud).toBe(`${info.issuer}/api`)
})

test.each(['https://127.0.0.1/cb', 'http://attacker.example/cb', 'http://127.0.0.1.attacker.example/cb', 'custom:/cb'])(
  'the redirect URI %s is refused with a page, never with a redirect',
  async (redirectUri) => {
    const { info } = await testPlayground()
    const url = authorizationUrl(info, { client_id: 'confidential', redirect_uri: redirectUri })
    const page = asPage(await new Person(info.issuer).open(url))
    expect(page.status).toBe(400)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.html).toContain('invalid_redirect_uri')
  },
)

test.each(['http://localhost:1/x', 'http://[::1]:65535/', 'http://127.0.0.1/deep/er?a=b'])(
  'the redirect URI %s is accepted',
  async (redirectUri) => {
    const { info } = await testPlayground()
    const url = authorizationUrl(info, { client_id: 'confidential', redirect_uri: redirectUri })
    const redirect = await signIn(new Person(info.issuer), url)
    expect(redirect.href.startsWith(new URL(redirectUri).origin)).toBe(true)
    expect(redirect.searchParams.get('code')).toBeTypeOf('string')
  },
)

test('the redirect URI of the token request must be the same', async () => {
  const { info } = await testPlayground()
  const redirect = await signIn(new Person(info.issuer), authorizationUrl(info, { client_id: 'confidential' }))
  const code = redirect.searchParams.get('code') ?? ''
  const body = { grant_type: 'authorization_code', code, redirect_uri: `${testRedirectUri}x` }
  expect(await requestToken(info, 'confidential', body)).toMatchObject({ error: 'invalid_grant' })
})

test('an unknown client is refused with a page that shows hostile input as text', async () => {
  const { info } = await testPlayground()
  const url = authorizationUrl(info, { client_id: '<script>alert(1)</script>', state: '"><img src=x>' })
  const page = asPage(await new Person(info.issuer).open(url))
  expect(page.status).toBe(400)
  expect(page.html).toContain('invalid_client')
  expect(page.html).not.toContain('<script')
  expect(page.html).not.toContain('<img')
})

test('another user can sign in over the first one', async () => {
  const { info } = await testPlayground()
  const person = new Person(info.issuer)
  await obtainTokens(info, { person, client: 'confidential' })
  const page = asPage(await person.open(authorizationUrl(info, { client_id: 'confidential', prompt: 'login' })))
  const fields = { username: 'bob', password: 'bob-password' }
  const switching = asPage(await person.send(formFor(page, 'sign-in'), fields))
  // The server signs alice out with a form that sends itself in a browser.
  const [signOut] = switching.forms
  if (!signOut) throw new Error(switching.html)
  const consent = asPage(await person.send(signOut))
  expect(consent.html).toContain('Bob Example')
  const redirect = asRedirect(await person.send(formFor(consent, 'allow')))
  const tokens = await redeem(info, { client: 'confidential', redirect })
  expect(decodeJwt(tokens.access_token).sub).toBe('bob')
})

test('an address where nothing is says so, as page or JSON', async () => {
  const { info } = await testPlayground()
  const page = asPage(await new Person(info.issuer).open(`${info.issuer}/<b>nowhere`))
  expect(page.status).toBe(404)
  expect(page.html).toContain('Nothing is here')
  const json = await fetch(`${info.issuer}/nowhere`, { headers: { accept: 'application/json' } })
  expect(json.status).toBe(404)
  expect(await json.json()).toMatchObject({ error: 'not_found' })
})
