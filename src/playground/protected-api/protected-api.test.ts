import { importJWK, SignJWT, type JWK } from 'jose'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { callWith, obtainTokens, requestToken } from '../testing/flows.ts'
import { temporaryFolder, testPlayground } from '../testing/test-playground.ts'

const challengeStart = 'Bearer realm="playground"'

test('without a token: 401 and a challenge without error that leads to the metadata', async () => {
  const { info } = await testPlayground()
  const response = await fetch(`${info.issuer}/api/hello`)
  expect(response.status).toBe(401)
  const metadata = `${info.issuer}/.well-known/oauth-protected-resource/api`
  const challenge = `${challengeStart}, scope="api:read", resource_metadata="${metadata}"`
  expect(response.headers.get('www-authenticate')).toBe(challenge)
  expect(await (await fetch(metadata)).json()).toMatchObject({
    resource: `${info.issuer}/api`,
    authorization_servers: [info.issuer],
    scopes_supported: ['api:read', 'api:write'],
    bearer_methods_supported: ['header'],
  })
  const root = await fetch(`${info.issuer}/.well-known/oauth-protected-resource`)
  expect(await root.json()).toMatchObject({ resource: info.issuer })
})

test('a token for each of its resource indicators is taken', async () => {
  const { info } = await testPlayground()
  for (const resource of ['urn:playground:api', `${info.issuer}/api`, info.issuer]) {
    const body = { grant_type: 'client_credentials', resource }
    const { access_token } = await requestToken(info, 'confidential', body)
    const response = await callWith(access_token, `${info.issuer}/api/hello`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ sub: 'confidential', scope: 'api:read' })
  }
})

test('a token without the scope: 403 insufficient_scope that names it', async () => {
  const { info } = await testPlayground()
  const { access_token } = await obtainTokens(info, { scope: 'openid api:write' })
  const response = await callWith(access_token, `${info.issuer}/api/hello`)
  expect(response.status).toBe(403)
  const challenge = response.headers.get('www-authenticate')
  expect(challenge).toContain('error="insufficient_scope"')
  expect(challenge).toContain('scope="api:read"')
})

test('another scheme: 400 invalid_request', async () => {
  const { info } = await testPlayground()
  for (const authorization of ['Basic abc', 'Bearer', 'Bearer two words', 'Bearer "><b>']) {
    const response = await fetch(`${info.issuer}/api/hello`, { headers: { authorization } })
    expect(response.status).toBe(400)
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_request"')
  }
})

test('a token is refused when its issuer, audience, type, signature or jti is not right', async () => {
  const dataFolder = await temporaryFolder()
  const { info } = await testPlayground({ dataFolder })
  const state = JSON.parse(await readFile(join(dataFolder, 'playground.json'), 'utf8')) as { signingKeys: JWK[] }
  const [ours] = state.signingKeys
  if (!ours) throw new Error('no signing key')
  const claims = { iss: info.issuer, aud: 'urn:playground:api', sub: 'confidential', client_id: 'confidential' }
  const good = { claims: { ...claims, jti: 'x', scope: 'api:read' }, typ: 'at+jwt', key: ours }
  const statusFor = async ({ claims: payload, typ, key }: typeof good) => {
    const { alg = '', kid = '' } = ours
    const jwt = new SignJWT(payload).setProtectedHeader({ alg, kid, typ }).setExpirationTime('1 minute')
    const response = await callWith(await jwt.sign(await importJWK(key)), `${info.issuer}/api/hello`)
    return `${response.status} ${/error="(\w+)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1] ?? ''}`
  }
  expect(await statusFor(good)).toBe('200 ')
  const { privateKey } = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  )
  const foreign = (await crypto.subtle.exportKey('jwk', privateKey)) as JWK
  const bad = [
    { ...good, claims: { ...good.claims, iss: 'http://127.0.0.1:1' } },
    { ...good, claims: { ...good.claims, aud: 'urn:elsewhere' } },
    { ...good, typ: 'JWT' },
    { ...good, key: { ...foreign, alg: 'RS256' } },
    // A user's token is good only while the playground remembers it.
    { ...good, claims: { ...good.claims, sub: 'alice' } },
  ]
  for (const token of bad) expect(await statusFor(token)).toBe('401 invalid_token')
})

test('an ID token is not an access token', async () => {
  const { info } = await testPlayground()
  const { id_token } = await obtainTokens(info)
  expect((await callWith(id_token, `${info.issuer}/api/hello`)).status).toBe(401)
})

test('echo answers any method with what arrived, but not with what proves who sent it', async () => {
  const { info } = await testPlayground()
  const { access_token } = await obtainTokens(info)
  const headers = { authorization: `Bearer ${access_token}`, cookie: 'secret=1', 'x-note': 'here' }
  const init = { method: 'PATCH', body: 'some text', headers }
  const response = await fetch(`${info.issuer}/api/echo?a=b`, init)
  const text = await response.text()
  expect(JSON.parse(text)).toMatchObject({
    method: 'PATCH',
    path: '/api/echo',
    query: 'a=b',
    body: 'some text',
    headers: { 'x-note': 'here' },
    sub: 'alice',
  })
  expect(text).not.toContain(access_token)
  expect(text).not.toContain('secret=1')
})

test('a body that is too large is refused with 413', async () => {
  const { info } = await testPlayground()
  const { access_token } = await requestToken(info, 'confidential', { grant_type: 'client_credentials' })
  const init = { method: 'POST', body: 'x'.repeat(64 * 1024 + 1) }
  expect((await callWith(access_token, `${info.issuer}/api/echo`, init)).status).toBe(413)
})

test('hello takes GET only', async () => {
  const { info } = await testPlayground()
  const response = await fetch(`${info.issuer}/api/hello`, { method: 'DELETE' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD')
})

test('notes: reading wants one scope, changing them another', async () => {
  const { info } = await testPlayground()
  const url = `${info.issuer}/api/notes`
  const tokenFor = async (scope: string) =>
    (await requestToken(info, 'confidential', { grant_type: 'client_credentials', scope })).access_token
  const [reader, writer] = [await tokenFor('api:read'), await tokenFor('api:read api:write')]
  const refused = await callWith(reader, url, { method: 'POST', body: 'mine' })
  expect(refused.status).toBe(403)
  expect(refused.headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="api:write"/)
  expect((await callWith(writer, url, { method: 'POST', body: 'mine' })).status).toBe(201)
  const listed = await callWith(reader, url)
  expect(await listed.json()).toEqual({ notes: [{ from: 'confidential', text: 'mine' }] })
  expect((await callWith(writer, url, { method: 'POST', body: 'x'.repeat(1025) })).status).toBe(413)
  expect((await callWith(reader, url, { method: 'DELETE' })).status).toBe(403)
  expect((await callWith(writer, url, { method: 'DELETE' })).status).toBe(204)
  expect(await (await callWith(reader, url)).json()).toEqual({ notes: [] })
})

test('notes are bounded: the oldest leave', async () => {
  const { info } = await testPlayground()
  const scope = 'api:read api:write'
  const { access_token } = await requestToken(info, 'confidential', { grant_type: 'client_credentials', scope })
  const url = `${info.issuer}/api/notes`
  for (let count = 0; count < 103; count++) await callWith(access_token, url, { method: 'POST', body: String(count) })
  const { notes } = (await (await callWith(access_token, url)).json()) as { notes: { text: string }[] }
  expect(notes).toHaveLength(100)
  expect([notes[0]?.text, notes.at(-1)?.text]).toEqual(['3', '102'])
})
