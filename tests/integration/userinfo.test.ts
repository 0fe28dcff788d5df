import { CompactEncrypt, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { sent } from '../support/kept-tokens.ts'
import { createTestEngine, createTestPlayground, type TestEngine } from '../support/test-engine.ts'

type Key = Awaited<ReturnType<typeof generateKeyPair>>

/** The userinfo answer of a server, and what else is special about it. */
interface Answer {
  status?: number
  type?: string
  body?: string
  headers?: Record<string, string>
  metadata?: Record<string, unknown>
}

let test: TestEngine
let key: Key
let other: Key
let server: TestServer | undefined
/** whom the server's ID tokens are about */
let subject = 'alice'

beforeAll(async () => {
  test = await createTestEngine()
  key = await generateKeyPair('RS256', { extractable: true })
  other = await generateKeyPair('RS256', { extractable: true })
})
afterEach(async () => {
  subject = 'alice'
  await server?.close()
  await test.engine.runCommand('tokens clear', {})
})
afterAll(() => test.close())

const sign = (claims: JWTPayload, by: Key = key) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(by.privateKey)

/** A server that refreshes whatever comes, and answers userinfo as told. */
async function serve(userinfo: (issuer: string) => Promise<Answer> | Answer): Promise<string> {
  const started = await startHttpServer(async (request, response) => {
    const issuer = started.origin
    const now = Math.floor(Date.now() / 1000)
    const { metadata, status = 200, type = 'application/json', body = '', headers } = await userinfo(issuer)
    const json = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (request.url === '/me') return response.writeHead(status, { 'content-type': type, ...headers }).end(body)
    if (request.url === '/jwks') {
      return json({ keys: [{ ...(await exportJWK(key.publicKey)), kid: 'one', alg: 'RS256' }] })
    }
    if (request.url === '/token') {
      const id_token = await sign({ iss: issuer, aud: 'client', sub: subject, iat: now, exp: now + 600 })
      return json({ access_token: 'access-0123456789', token_type: 'Bearer', expires_in: 600, id_token })
    }
    return json({
      issuer,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      userinfo_endpoint: `${issuer}/me`,
      id_token_signing_alg_values_supported: ['RS256'],
      userinfo_signing_alg_values_supported: ['RS256'],
      ...metadata,
    })
  })
  server = started
  return started.origin
}

const run = async (operation: string, parameters: Record<string, string>) =>
  (await test.run({ operation, parameters: { client_id: 'client', ...parameters } })).run

/** Keeps tokens of a refresh, then asks userinfo. */
async function ask(answer: (issuer: string) => Promise<Answer> | Answer) {
  const issuer = await serve(answer)
  expect((await run('refresh', { issuer, refresh_token: 'refresh-0123456789' })).problem).toBeUndefined()
  return run('userinfo', { issuer })
}

describe('an answer', () => {
  it('about another user than the ID token is refused, and a finding says so', async () => {
    const told = await ask(() => ({ body: JSON.stringify({ sub: 'mallory', email: 'mallory@example.test' }) }))
    expect(told.problem).toMatchObject({ code: 'subject-changed', exchange: told.exchanges.at(-1)?.id })
    expect(told.result).toBeUndefined()
    expect(findingsOf(told)).toContainEqual(expect.objectContaining({ rule: 'idtoken.sub-changed', severity: 'error' }))
  })

  it('that is signed is verified with the keys of the server', async () => {
    const told = await ask(async (issuer) => ({
      type: 'application/jwt',
      body: await sign({ iss: issuer, aud: 'client', sub: 'alice', name: 'Alice' }),
    }))
    expect(told.result).toMatchObject({ sub: 'alice', name: 'Alice' })
    expect(told.proofs).toContainEqual(expect.objectContaining({ name: 'signature.verified', holds: true }))
    expect(sent(told)).toEqual(['metadata 200', 'userinfo 200', 'jwks 200'])
  })

  it('that is signed by somebody else, for another client, or encrypted is refused', async () => {
    const encrypted = async () =>
      new CompactEncrypt(Buffer.from('{}'))
        .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
        .encrypt((await generateKeyPair('RSA-OAEP-256')).publicKey)
    const bodies: ((issuer: string) => Promise<string>)[] = [
      (issuer) => sign({ iss: issuer, aud: 'client', sub: 'alice' }, other),
      (issuer) => sign({ iss: issuer, aud: 'somebody-else', sub: 'alice' }),
      encrypted,
    ]
    for (const bodyOf of bodies) {
      const told = await ask(async (issuer) => ({ type: 'application/jwt', body: await bodyOf(issuer) }))
      expect(told.problem).toMatchObject({ code: 'response-unexpected', specification: 'OpenID Connect Core §5.3.4' })
      expect(told.problem?.detail).toContain('JWT')
      await server?.close()
    }
  })

  it.each<[string, Answer, string]>([
    ['is a page', { type: 'text/html', body: '<p>Sign in</p>' }, 'response-not-json'],
    ['is no JSON', { body: '{"sub"' }, 'response-not-json'],
    ['has no sub', { body: '{"name": "Alice"}' }, 'response-unexpected'],
    ['is a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'response-unexpected'],
    ['is too large', { body: 'x'.repeat(6 * 1024 * 1024) }, 'body-too-large'],
    ['is a failure', { status: 503, body: '{}' }, 'resource-refused'],
  ])('that %s is a problem of its own', async (_name, answer, code) => {
    const told = await ask(() => answer)
    expect(told.problem).toMatchObject({ code, exchange: told.exchanges.at(-1)?.id, step: told.steps.at(-1)?.id })
  })

  it('cannot be had without an endpoint', async () => {
    const told = await ask(() => ({ metadata: { userinfo_endpoint: undefined } }))
    expect(told.problem?.code).toBe('endpoint-missing')
    expect(sent(told)).toEqual(['metadata 200'])
  })
})

it('a refreshed ID token about somebody else is a finding', async () => {
  const issuer = await serve(() => ({}))
  await run('refresh', { issuer, refresh_token: 'refresh-0123456789' })
  subject = 'mallory'
  const refreshed = await run('refresh', { issuer })
  expect(findingsOf(refreshed)).toContainEqual(expect.objectContaining({ rule: 'idtoken.sub-changed' }))
})

it('a profile whose issuer was changed gets no token of the one before', async () => {
  const playground = await createTestPlayground()
  const { issuer: _issuer, client_id, user, password, agent, ...rest } = playground.signIn()
  const values = { ...rest, client_id: String(client_id) }
  const profile = 'mine'
  await test.engine.runCommand('profiles save', { name: profile, values: { ...values, issuer: playground.issuer } })
  const by = { agent: String(agent), user: String(user), password: String(password) }
  const signedIn = (await test.run({ operation: 'authorization-code', profile, parameters: by })).run
  expect(signedIn.problem).toBeUndefined()
  const issuer = await serve(() => ({ body: '{"sub": "alice"}' }))
  await test.engine.runCommand('profiles save', { name: profile, values: { ...values, issuer }, replace: true })
  const told = (await test.run({ operation: 'userinfo', profile, parameters: { user: 'alice' } })).run
  expect(told.problem?.code).toBe('token-missing')
  expect(server?.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ['/.well-known/openid-configuration', undefined],
  ])
  await expect(test.engine.runCommand('token get', { profile, user: 'alice' })).rejects.toMatchObject({
    problem: { code: 'token-missing' },
  })
  await playground.close()
})
