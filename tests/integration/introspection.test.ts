import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/contract/rules/index.ts'
import type { Run } from '../../src/contract/run.ts'
import type { ParameterValues } from '../../src/contract/description.ts'
import { createTokenBench, decisionsOn, sent, stepsOf, type TokenBench } from '../support/kept-tokens.ts'
import { startMetadataServer, type Answer } from '../support/metadata-server.ts'

let bench: TokenBench
const closing: (() => unknown)[] = []
beforeAll(async () => {
  bench = await createTokenBench()
  expect((await bench.signIn('alice')).problem).toBeUndefined()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => bench.close())

const rulesOf = (run: Run) => findingsOf(run).map(({ rule }) => rule)
const bodyOf = (run: Run, purpose = 'introspection') =>
  run.exchanges.find((one) => one.purpose === purpose)?.request.body?.inline

describe('introspect at the playground', () => {
  it('tells of the kept access token, and refreshes nothing for it', async () => {
    const run = await bench.run('introspect')
    expect(run.problem).toBeUndefined()
    expect(Object.keys(run.result as object)[0]).toBe('active')
    expect(run.result).toMatchObject({ active: true, client_id: 'public', sub: 'alice' })
    expect(sent(run)).toEqual(['metadata 200', 'introspection 200'])
    expect(stepsOf(run)).toEqual(['discover succeeded', 'introspect succeeded'])
    expect(run.proofs).toContainEqual(expect.objectContaining({ name: 'introspection.agrees', holds: true }))
    expect(rulesOf(run)).toEqual(['introspect.unauthenticated'])
    expect(JSON.stringify(run)).not.toMatch(/eyJ[\w-]+\.eyJ/)
  })

  it('also when it has ended: it is sent as it is', async () => {
    bench.time.aheadMs = 24 * 3_600_000
    const run = await bench.run('introspect')
    bench.time.aheadMs = 0
    expect(sent(run)).toEqual(['metadata 200', 'introspection 200'])
    expect(decisionsOn(run, 'token')[0]?.reason).toContain('ended')
  })

  it('of the refresh token, with its hint and as a client with a secret', async () => {
    const { client_id, client_secret } = {
      client_id: 'confidential',
      client_secret: bench.playground.secretOf('confidential'),
    }
    const run = await bench.run('introspect', { kind: 'refresh_token', client_id, client_secret })
    expect(run.result).toMatchObject({ active: true, client_id: 'public' })
    expect(rulesOf(run)).toEqual([])
    expect(decisionsOn(run, 'client authentication')[0]?.choice).toBe('client_secret_basic')
  })

  it('a token given by hand is known as the kept one', async () => {
    const { value: token } = await bench.engine.runCommand('token get', { profile: 'playground' })
    const run = await bench.run('introspect', { token })
    expect(run.result).toMatchObject({ active: true })
    expect(decisionsOn(run, 'token')[0]?.reason).toContain('access_token kept')
    const unknown = await bench.run('introspect', { token: 'nobody-knows-it' })
    expect(unknown.result).toEqual({ active: false })
    expect(decisionsOn(unknown, 'token')[0]?.reason).toContain('none of those')
    expect(rulesOf(unknown)).toEqual([])
    expect(JSON.stringify(unknown)).not.toContain('nobody-knows-it')
  })

  it('says which client is missing', async () => {
    const run = await bench.run('introspect', { issuer: bench.issuer, token: 'some-token' }, null)
    expect(run.problem).toMatchObject({ code: 'parameter-missing' })
    expect(run.problem?.whatToDo?.join(' ')).toContain('authorization bearer')
  })

  it('a kept grant of another profile is not shown', async () => {
    const run = await bench.run('introspect', { family: '00000000' })
    expect(run.problem).toMatchObject({ code: 'token-missing' })
  })
})

describe('introspect at other servers', () => {
  const jwt = (claims: object) =>
    [{ alg: 'RS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
    '.c2ln'
  const ask = async (answer: Answer, more: ParameterValues = {}, document: object = {}) => {
    const server = await startMetadataServer({
      '/.well-known/openid-configuration': {
        issuer: 'ISSUER',
        introspection_endpoint: 'ISSUER/introspect',
        ...document,
      },
      '/introspect': answer,
    })
    closing.push(server.close)
    const parameters = { issuer: server.origin, client_id: 'me', client_auth: 'none', token: 'some-token', ...more }
    return { run: await bench.run('introspect', parameters, null), server }
  }
  const answering =
    (status: number, body: string, headers: Record<string, string> = {}): Answer =>
    (_request, response) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  const typed = (type: string, more = {}) => ({ 'content-type': type, ...more })

  it('sends an API key as Bearer, and no client authentication', async () => {
    const { run, server } = await ask(
      { active: true, scope: 'a' },
      { authorization: 'bearer', bearer_token: 'KEY-0123456789abc', client_auth: 'auto' },
    )
    expect(run.result).toEqual({ active: true, scope: 'a' })
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer KEY-0123456789abc')
    expect(bodyOf(run)).toMatch(/^token=/)
    expect(rulesOf(run)).not.toContain('introspect.unauthenticated')
    expect(JSON.stringify(run)).not.toContain('KEY-0123456789abc')
    expect((await ask({}, { authorization: 'bearer' })).run.problem).toMatchObject({ code: 'parameter-missing' })
  })

  it('takes the methods of the endpoint before those of the token endpoint', async () => {
    const { run } = await ask(
      { active: false },
      { client_secret: 'a-secret', client_auth: 'auto' },
      {
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
        introspection_endpoint_auth_methods_supported: ['client_secret_post'],
      },
    )
    expect(decisionsOn(run, 'client authentication')[0]?.choice).toBe('client_secret_post')
  })

  it('works with an endpoint by hand, and says when there is none', async () => {
    const server = await startMetadataServer({ '/in': { active: true } })
    closing.push(server.close)
    const parameters = { issuer: server.origin, metadata: 'by-hand', client_id: 'me', token: 'some-token' }
    const run = await bench.run('introspect', { ...parameters, introspection_endpoint: `${server.origin}/in` }, null)
    expect(run.result).toEqual({ active: true })
    expect(sent(run)).toEqual(['introspection 200'])
    const none = await bench.run('introspect', parameters, null)
    expect(none.problem).toMatchObject({ code: 'endpoint-missing' })
  })

  it('notices what does not fit', async () => {
    const exp = Math.floor(Date.now() / 1000) - 3_600
    const token = jwt({ sub: 'alice', iss: 'https://as.test', aud: ['b', 'a'], scope: 'x y', exp, client_id: 'me' })
    const answer = { active: true, sub: 'bob', iss: 'https://as.test', aud: ['a', 'b'], scope: 'y x', exp }
    const { run } = await ask(answer, { token })
    const found = findingsOf(run).find(({ rule }) => rule === 'introspect.disagrees')
    expect(found?.evidence.map(({ label }) => label)).toEqual(['exp', 'sub'])
    const inactive = await ask({ active: false, sub: 'alice' })
    expect(rulesOf(inactive.run)).toContain('introspect.inactive-extra')
    expect(rulesOf(inactive.run)).not.toContain('introspect.unauthenticated')
  })

  it.each<[string, Answer, object]>([
    [
      '401',
      answering(401, '{"error":"invalid_client","error_description":"who"}'),
      { code: 'introspection-refused', status: 401, oauth: { error: 'invalid_client' } },
    ],
    ['an empty 401', answering(401, ''), { code: 'introspection-refused', status: 401 }],
    [
      '429',
      answering(429, '{"errors":[{"code":"10011","title":"Too many requests","detail":"wait"}]}', {
        'retry-after': '12',
      }),
      {
        code: 'introspection-refused',
        detail: expect.stringContaining('Too many requests (10011): wait') as string,
        whatToDo: ['Try again in 12 s.'],
      },
    ],
    [
      'an error with 200',
      answering(200, '{"error":"invalid_request"}'),
      { code: 'introspection-refused', status: 200 },
    ],
    ['HTML', answering(200, '<html>', typed('text/html')), { code: 'response-not-json' }],
    ['nothing', answering(200, ''), { code: 'response-not-json' }],
    ['a text for active', answering(200, '{"active":"true"}'), { code: 'response-unexpected' }],
    ['a list', answering(200, '[true]'), { code: 'response-unexpected' }],
    ['null', answering(200, 'null'), { code: 'response-unexpected' }],
    ['a redirect', answering(302, '', typed('text/html', { location: '/login' })), { code: 'response-not-json' }],
    ['a reset', (request) => void request.socket.destroy(), { code: 'connection-lost' }],
    [
      'too much',
      (_request, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(`{"active":true,"x":"${'x'.repeat(6_000_000)}"}`),
      { code: 'body-too-large' },
    ],
  ])('names %s', async (_name, answer, problem) => {
    const { run } = await ask(answer)
    expect(run.problem).toMatchObject(problem)
    expect(run.steps.at(-1)?.outcome).toBe('failed')
  })

  it('reads JSON under another content type', async () => {
    const { run } = await ask(answering(200, '{"active":true}', typed('text/plain')))
    expect(run.result).toEqual({ active: true })
  })

  it('reads a signed answer that cannot be verified, and says so', async () => {
    const answer = jwt({ iss: 'x', token_introspection: { active: true, scope: 'a' } })
    const { run, server } = await ask(answering(200, answer, typed('application/token-introspection+jwt')), {
      answer: 'jwt',
    })
    expect(server.requests.at(-1)?.headers.accept).toBe('application/token-introspection+jwt')
    expect(run.result).toEqual({ active: true, scope: 'a' })
    expect(decisionsOn(run, 'introspection answer')[0]?.choice).toBe('read without verification')
    expect(run.proofs).toContainEqual(expect.objectContaining({ name: 'signature.verified', holds: null }))
    const sealed = await ask(answering(200, 'a.b.c.d.e', typed('application/token-introspection+jwt')))
    expect(sealed.run.problem).toMatchObject({
      code: 'response-unexpected',
      detail: expect.stringContaining('encrypted') as string,
    })
  })

  it('verifies a signed answer with the keys of the server', async () => {
    const { SignJWT, exportJWK, generateKeyPair } = await import('jose')
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const key = { ...(await exportJWK(publicKey)), kid: 'k', use: 'sig', alg: 'RS256' }
    const signed: Answer = (_request, response, issuer) =>
      void new SignJWT({ token_introspection: { active: true } })
        .setProtectedHeader({ alg: 'RS256', kid: 'k', typ: 'token-introspection+jwt' })
        .setIssuer(issuer)
        .setAudience('me')
        .setIssuedAt()
        .sign(privateKey)
        .then((text) => response.writeHead(200, { 'content-type': 'application/token-introspection+jwt' }).end(text))
    const server = await startMetadataServer({
      '/.well-known/openid-configuration': {
        issuer: 'ISSUER',
        introspection_endpoint: 'ISSUER/in',
        jwks_uri: 'ISSUER/jwks',
      },
      '/in': signed,
      '/jwks': { keys: [key] },
    })
    closing.push(server.close)
    const parameters = { issuer: server.origin, client_id: 'me', token: 'some-token', answer: 'jwt' }
    const run = await bench.run('introspect', parameters, null)
    expect(run.result).toEqual({ active: true })
    expect(run.proofs).toContainEqual(expect.objectContaining({ name: 'signature.verified', holds: true }))
  })
})
