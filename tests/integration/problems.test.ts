import type { RequestListener } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../src/contract/problem.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let test: TestEngine
const servers: TestServer[] = []

beforeAll(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ playground: playground.port })
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})
afterAll(async () => {
  await test.close()
  await playground.close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = await startHttpServer(listener)
  servers.push(server)
  return server.origin
}

/** A server whose metadata is right and whose token endpoint answers as told. */
async function serveToken(answer: RequestListener): Promise<string> {
  const metadata = () => ({ issuer, token_endpoint: `${issuer}/token`, response_types_supported: ['code'] })
  const issuer: string = await serve((request, response) => {
    if (request.url === '/token') answer(request, response)
    else if (request.url !== '/.well-known/openid-configuration') response.writeHead(404).end()
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(metadata()))
  })
  return issuer
}

const clientCredentials = async (parameters: Record<string, string>) =>
  (
    await test.run({
      operation: 'client-credentials',
      parameters: {
        issuer: playground.issuer,
        client_id: 'confidential',
        client_secret: 'wrong-secret-1234',
        ...parameters,
      },
    })
  ).run

describe('what a server refuses ends as a clear problem', () => {
  it('wrong secret', async () => {
    const run = await clientCredentials({})
    expect(run.problem).toMatchObject({
      code: 'token-request-refused',
      status: 401,
      oauth: { error: 'invalid_client' },
    })
    expect(run.problem?.whatToDo?.length).toBeGreaterThan(0)
    expect(run.exchanges.find(({ id }) => id === run.problem?.exchange)?.purpose).toBe('token')
    expect(exitCodeOf(run.problem)).toBe(1)
  })

  it('unknown client', async () => {
    const run = await clientCredentials({ client_id: 'nobody' })
    expect(run.problem).toMatchObject({ code: 'token-request-refused', oauth: { error: 'invalid_client' } })
  })

  it('a public client asks for a grant that only confidential clients may use', async () => {
    const { run } = await test.run({ operation: 'client-credentials', profile: 'playground', parameters: {} })
    expect(run.problem?.code).toBe('token-request-refused')
    expect(run.problem?.whatToDo?.[0]).toContain('"confidential"')
    const again = { client_id: 'confidential', scope: 'api:read' }
    const { run: second } = await test.run({
      operation: 'client-credentials',
      profile: 'playground',
      parameters: again,
    })
    expect(second.outcome).toBe('succeeded')
  })

  it('unknown client at the authorization endpoint shows the error page', async () => {
    const { run } = await test.run({
      operation: 'authorization-code',
      parameters: playground.signIn({ client_id: 'nobody' }),
    })
    expect(run.problem?.code).toBe('browser-error')
    expect(run.problem?.detail).toContain('invalid_client')
    expect(exitCodeOf(run.problem)).toBe(1)
  })

  it('refused consent', async () => {
    const { run } = await test.run({
      operation: 'authorization-code',
      parameters: playground.signIn({ consent: 'deny' }),
    })
    expect(run.problem).toMatchObject({ code: 'authorization-refused', oauth: { error: 'access_denied' } })
    expect(exitCodeOf(run.problem)).toBe(1)
  })

  it('wrong password', async () => {
    const { run } = await test.run({
      operation: 'authorization-code',
      parameters: playground.signIn({ password: 'not-the-password' }),
    })
    expect(run.problem?.code).toBe('sign-in-failed')
  })

  it('wrong secret after a sign-in that went well', async () => {
    const { run } = await test.run({
      operation: 'authorization-code',
      parameters: playground.signIn({ client_id: 'confidential', client_secret: 'wrong-secret-1234' }),
    })
    expect(run.problem).toMatchObject({ code: 'token-request-refused', oauth: { error: 'invalid_client' } })
    expect(run.steps.at(-1)).toMatchObject({ name: 'token-request', outcome: 'failed' })
  })
})

describe('metadata', () => {
  it('wrong issuer', async () => {
    const run = await clientCredentials({ issuer: `${playground.issuer}/` })
    expect(run.problem?.code).toBe('issuer-mismatch')
    expect(run.problem?.detail).toContain(`${playground.issuer}.`)
  })

  it('HTML answered with 200 to anything is no metadata, and another location may still have it', async () => {
    const issuer: string = await serve((request, response) => {
      if (request.url === '/.well-known/oauth-authorization-server') {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token` }))
      } else response.setHeader('content-type', 'text/html').end('<!doctype html><title>App</title>')
    })
    const { run } = await test.run({ operation: 'discover', parameters: { issuer } })
    expect(run.outcome).toBe('succeeded')
    expect(run.metadata[0]?.location).toBe(`${issuer}/.well-known/oauth-authorization-server`)
  })

  it.each([
    ['text/html', '<!doctype html><title>App</title>'],
    ['application/json', '{"issuer": "http://'],
    ['application/json', '[]'],
  ])('%s that is no JSON object everywhere: %s', async (type, body) => {
    const issuer = await serve((_request, response) => {
      response.setHeader('content-type', type)
      response.end(body)
    })
    const { run } = await test.run({ operation: 'discover', parameters: { issuer } })
    expect(run.problem?.code).toBe('metadata-invalid')
    expect(run.problem?.exchange).toBeDefined()
  })

  it('nothing anywhere', async () => {
    const issuer = await serve((_request, response) => response.writeHead(404).end())
    const { run } = await test.run({ operation: 'discover', parameters: { issuer: `${issuer}/realms/a` } })
    expect(run.problem?.code).toBe('metadata-not-found')
    expect(run.exchanges).toHaveLength(4)
  })

  it('a document without a token endpoint', async () => {
    const issuer: string = await serve((_request, response) => response.end(JSON.stringify({ issuer })))
    expect((await clientCredentials({ issuer })).problem?.code).toBe('endpoint-missing')
  })

  it('a redirect to another origin is not followed', async () => {
    const issuer = await serve((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    )
    const { run } = await test.run({ operation: 'discover', parameters: { issuer } })
    expect(run.problem?.code).toBe('redirect-to-other-origin')
    expect(run.exchanges).toHaveLength(1)
  })
})

describe('token answers', () => {
  it('bad JSON', async () => {
    const issuer = await serveToken((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end('{"access_token": "abcdefgh12345678"')
    })
    const run = await clientCredentials({ issuer })
    expect(run.problem?.code).toBe('response-not-json')
    expect(JSON.stringify(run)).not.toContain('abcdefgh12345678')
  })

  it('HTML', async () => {
    const issuer = await serveToken((_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
    })
    expect((await clientCredentials({ issuer })).problem).toMatchObject({ code: 'response-not-json', status: 502 })
  })

  it('an answer without an access token', async () => {
    const issuer = await serveToken((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end('{"token_type":"Bearer"}')
    })
    expect((await clientCredentials({ issuer })).problem?.code).toBe('token-response-invalid')
  })

  it('a 401 with a challenge keeps the error of its body', async () => {
    const issuer = await serveToken((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="x"' })
      response.end('{"error":"invalid_client","error_description":"no such thing"}')
    })
    const run = await clientCredentials({ issuer })
    expect(run.problem).toMatchObject({
      status: 401,
      oauth: { error: 'invalid_client', error_description: 'no such thing' },
    })
  })
})

describe('the environment', () => {
  it('a host that does not resolve', async () => {
    const run = await clientCredentials({ issuer: 'http://no-such-host.invalid' })
    expect(run.problem?.code).toBe('name-not-resolved')
    expect(exitCodeOf(run.problem)).toBe(4)
  })

  it('the port of the redirect URI in use', async () => {
    const taken = await serve((_request, response) => response.end())
    const { run } = await test.run({
      operation: 'authorization-code',
      parameters: playground.signIn({ agent: 'system', redirect_uri: `${taken}/callback` }),
    })
    expect(run.problem?.code).toBe('port-in-use')
    expect(run.problem?.detail).toContain(new URL(taken).port)
    expect(exitCodeOf(run.problem)).toBe(4)
  })

  it('no browser here', async () => {
    const { run } = await test.run({
      operation: 'authorization-code',
      parameters: playground.signIn({ agent: 'system' }),
    })
    expect(run.problem?.code).toBe('browser-not-opened')
    expect(exitCodeOf(run.problem)).toBe(4)
  })
})
