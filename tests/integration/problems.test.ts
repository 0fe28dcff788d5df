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
  const issuer: string = await serve((request, response) => {
    if (request.url === '/token') return answer(request, response)
    if (request.url !== '/.well-known/openid-configuration') return response.writeHead(404).end()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token`, response_types_supported: ['code'] }))
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

  it('the same client metadata error after the code: wrong verifier is not sent by accident', async () => {
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
        return response.end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token` }))
      }
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>App</title>')
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

describe('a person at the wait', () => {
  const paste = (text: (address: URL) => string, kind: 'response' | 'browser-error' = 'response') =>
    test.run({ operation: 'authorization-code', parameters: playground.signIn({ agent: 'paste' }) }, (event, runId) => {
      if (event.type !== 'wait.started') return
      const answer = { runId, wait: event.wait.id, text: text(new URL(event.wait.address)), kind }
      void test.engine.answerWait(answer)
    })

  it('pastes an answer with another state', async () => {
    const { run } = await paste(
      (address) => `${address.searchParams.get('redirect_uri')}?code=abcdefgh1234&state=other`,
    )
    expect(run.problem?.code).toBe('state-mismatch')
    expect(run.proofs.find(({ name }) => name === 'state.matches')?.holds).toBe(false)
    expect(run.exchanges.some(({ purpose }) => purpose === 'token')).toBe(false)
  })

  it('pastes an answer of another issuer', async () => {
    const { run } = await paste(
      (address) => `code=abcdefgh1234&state=${address.searchParams.get('state')}&iss=http://evil.test`,
    )
    expect(run.problem?.code).toBe('iss-mismatch')
    expect(run.exchanges.some(({ purpose }) => purpose === 'token')).toBe(false)
  })

  it('says that the browser shows an error', async () => {
    const { run } = await paste(() => 'Error 400: redirect_uri_mismatch', 'browser-error')
    expect(run.problem?.code).toBe('browser-error')
    expect(run.problem?.detail).toContain('redirect_uri_mismatch')
  })

  it('pastes a code the server does not know', async () => {
    const { run } = await paste(
      (address) =>
        `code=abcdefgh1234&state=${address.searchParams.get('state')}&iss=${encodeURIComponent(playground.issuer)}`,
    )
    expect(run.problem).toMatchObject({ code: 'token-request-refused', oauth: { error: 'invalid_grant' } })
  })

  it('is told when what was pasted makes no sense, and may paste again', async () => {
    const told: unknown[] = []
    const { run } = await test.run(
      { operation: 'authorization-code', parameters: playground.signIn({ agent: 'paste' }) },
      (event, runId) => {
        if (event.type !== 'wait.started') return
        const answer = (text: string) => test.engine.answerWait({ runId, wait: event.wait.id, text, kind: 'response' })
        void answer('what is this').catch(async (error: unknown) => {
          told.push(error)
          await answer('error=access_denied&state=other')
        })
      },
    )
    expect(told).toMatchObject([{ problem: { code: 'authorization-response-invalid' } }])
    expect(run.problem?.code).toBe('state-mismatch')
  })

  it('cancels', async () => {
    const { run } = await test.run(
      { operation: 'authorization-code', parameters: playground.signIn({ agent: 'paste' }) },
      (event, runId) => {
        if (event.type === 'wait.started') void test.engine.cancelRun({ runId })
      },
    )
    expect(run.outcome).toBe('cancelled')
    expect(run.waits[0]?.outcome).toBe('cancelled')
    expect(exitCodeOf(run.problem)).toBe(130)
  })
})

describe('a held run', () => {
  it('sends nothing before it is resumed', async () => {
    let reached = 0
    const issuer = await serveToken((_request, response) => {
      reached++
      response.setHeader('content-type', 'application/json')
      response.end('{"access_token":"abcdefgh12345678","token_type":"Bearer"}')
    })
    const seen: number[] = []
    const { run } = await test.run(
      {
        operation: 'client-credentials',
        parameters: { issuer, client_id: 'c', client_secret: 'secret-12345678' },
        holdBefore: ['token'],
      },
      (event, runId) => {
        if (event.type !== 'exchange.held') return
        seen.push(reached)
        void test.engine.resumeRun({ runId })
      },
    )
    expect(seen).toEqual([0])
    expect(reached).toBe(1)
    expect(run.outcome).toBe('succeeded')
  })

  it('can be cancelled while held', async () => {
    const { run } = await test.run(
      { operation: 'discover', parameters: { issuer: playground.issuer }, holdBefore: ['*'] },
      (event, runId) => {
        if (event.type === 'exchange.held') void test.engine.cancelRun({ runId })
      },
    )
    expect(run.outcome).toBe('cancelled')
  })
})
