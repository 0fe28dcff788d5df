import { createServer } from 'node:http'
import { readdir, readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/contract/events.ts'
import { everyEncoding, leaksIn } from '../support/every-encoding.ts'
import { runCli } from '../support/run-cli.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

// Every character that some encoding treats apart.
const secret = 'MARKED s3cret:+/%é=&"<\'>end'
const password = 'MARKED pass:+/%é=&"<\'>word'

let test: TestEngine
let playground: TestPlayground

beforeAll(async () => {
  playground = await createTestPlayground()
})
afterAll(() => playground.close())
// A folder of its own for each test: what one run does not know as secret, its server may say.
beforeEach(async () => {
  test = await createTestEngine({ playground: playground.port })
})
afterEach(() => test.close())

/** Everything Grantlab wrote, by file. */
async function filesOf(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(files.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'latin1')]))
}

async function expectNoLeak(events: RunEvent[], values: string[]): Promise<void> {
  await test.engine.runCommand('history list', {})
  const files = await filesOf(test.folder)
  expect(files.some(([name]) => name.endsWith('.jsonl'))).toBe(true)
  const texts: [string, string][] = [['events', JSON.stringify(events)], ...files]
  for (const value of values) {
    // Files were read as bytes, so look for the value's bytes too.
    const asBytes = Buffer.from(value, 'utf8').toString('latin1')
    for (const [name, text] of texts) {
      expect([name, ...leaksIn(text, value), ...leaksIn(text, asBytes)]).toEqual([name])
    }
  }
}

/** A server that throws back what it was sent, in every encoding, in every place. */
async function echoServer() {
  const server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    if (request.url?.startsWith('/.well-known/')) {
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({ issuer, token_endpoint: `${issuer}/token`, authorization_endpoint: `${issuer}/authorize` }),
      )
      return
    }
    const spread = [...Object.values(everyEncoding(secret)), ...Object.values(everyEncoding(password))]
    const basic = Buffer.from(`client:${secret}`, 'utf8').toString('base64')
    response.writeHead(request.url === '/token' ? 400 : 500, {
      'content-type': request.url === '/token' ? 'application/json' : 'text/html',
      'x-echo': everyEncoding(secret).percent!,
      'set-cookie': `sid=${everyEncoding(secret).base64url!}; Path=/`,
    })
    if (request.url !== '/token') response.end(`<p>${spread.join('</p><p>')}</p>`)
    else
      response.end(
        JSON.stringify({ error: 'invalid_client', error_description: `no ${secret} and ${basic}`, echo: spread }),
      )
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return { server, issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('no secret in any file, event or output', () => {
  it.each(['client_secret_basic', 'client_secret_basic_raw', 'client_secret_post'])(
    'when the server throws the secret back, sent by %s',
    async (client_auth) => {
      const { server, issuer } = await echoServer()
      const { run, events } = await test.run({
        operation: 'client-credentials',
        parameters: { issuer, client_id: 'client', client_secret: secret, client_auth },
      })
      server.close()
      expect(run.problem?.code).toBe('token-request-refused')
      expect(run.exchanges).toHaveLength(2)
      await expectNoLeak(events, [secret])
    },
  )

  it('when a sign-in page throws the password back', async () => {
    const { server, issuer } = await echoServer()
    const { events } = await test.run({
      operation: 'authorization-code',
      parameters: playground.signIn({ issuer, client_secret: secret, password }),
    })
    server.close()
    await expectNoLeak(events, [secret, password])
  })

  it('of a whole sign-in: tokens, code, verifier, cookies, password', async () => {
    const { events, run } = await test.run({ operation: 'authorization-code', parameters: playground.signIn() })
    expect(run.problem).toBeUndefined()
    const values = await Promise.all(
      run.tokens.map(async ({ fingerprint }) => (await test.engine.reveal({ fingerprint })).value),
    )
    expect(values).toHaveLength(3)
    for (const value of values) expect(value.length).toBeGreaterThan(20)
    await expectNoLeak(events, [...values, String(playground.signIn().password)])
    // The same again for every value that was ever masked with a fingerprint.
    const masks = new Set([...JSON.stringify(events).matchAll(/●●●● #([0-9a-f]{32})/g)].map((match) => match[1]!))
    expect(masks.size).toBeGreaterThan(5)
    const clear = await Promise.all(
      [...masks].map(async (fingerprint) => (await test.engine.reveal({ fingerprint })).value),
    )
    await expectNoLeak(events, clear)
  })

  it('of a call to an API that throws back token, cookie, key and body', async () => {
    const values = {
      token: 'MARKED-token-0123456789/+abc=',
      cookie: 'MARKEDcookie0123456789',
      key: 'MARKED+key/0123456789',
      body: 'MARKED pa55:word in a body',
    }
    // What is found by its place alone is known in every encoding but base64.
    const found = [values.cookie, values.key, values.body].flatMap((value) => {
      const { base64: _base64, base64url: _base64url, ...others } = everyEncoding(value)
      return Object.values(others)
    })
    const spread = [...Object.values(everyEncoding(values.token)), ...found]
    const server = createServer((_request, response) => {
      const challenge = `Bearer error="insufficient_scope", error_description="no ${values.token}", scope="${values.key}"`
      response.writeHead(403, { 'content-type': 'application/json', 'www-authenticate': challenge })
      response.end(JSON.stringify({ error: 'x', error_description: values.token, spread }))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { run, events } = await test.run({
      operation: 'call',
      parameters: {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${encodeURIComponent(values.token)}`,
        method: 'POST',
        access_token: values.token,
        request_headers: [
          ['Cookie', `sid=${values.cookie}`],
          ['X-API-Key', values.key],
        ],
        body: JSON.stringify({ password: values.body }),
      },
    })
    server.close()
    expect(run.problem?.code).toBe('resource-refused')
    await expectNoLeak(events, Object.values(values))
  })

  it('of tokens that are renewed and sent', async () => {
    const signIn = { agent: 'form', scope: 'openid offline_access api:read' }
    await test.run({ operation: 'authorization-code', profile: 'playground', parameters: signIn })
    const { value: first } = await test.engine.runCommand('token get', { profile: 'playground' })
    const { value: second } = await test.engine.runCommand('token get', { profile: 'playground', minimum_seconds: 700 })
    const url = `${playground.issuer}/api/hello`
    const { events } = await test.run({ operation: 'call', profile: 'playground', parameters: { url } })
    const { events: told } = await test.run({ operation: 'userinfo', profile: 'playground', parameters: {} })
    expect(second).not.toBe(first)
    await expectNoLeak([...events, ...told], [first, second])
  })

  it('equal secrets look equal, in whatever request they travel', async () => {
    const { run } = await test.run({ operation: 'authorization-code', parameters: playground.signIn() })
    const code = run.timeline.flatMap((entry) =>
      entry.kind === 'message' && entry.message.direction === 'from-browser' ? entry.message.parameters : [],
    )
    const token = run.exchanges.find(({ purpose }) => purpose === 'token')
    const sent = new URLSearchParams(token?.request.body?.inline?.replaceAll('+', '%2B')).get('code')
    expect(sent).toMatch(/^●●●● #[0-9a-f]{32}$/)
    expect(code.find(([name]) => name === 'code')?.[1]).toBe(sent)
  })

  it.each([['--json'], []])('on the command line, printed with %s', async (...flags) => {
    const { server, issuer } = await echoServer()
    const folders = ['--data-dir', join(test.folder, 'cli'), '--workspace', join(test.folder, 'workspace')]
    const client = ['--issuer', issuer, '--client-id', 'client', '--client-secret-env', 'SECRET_HERE']
    const { stdout, stderr, exitCode } = await runCli(['client-credentials', ...client, ...folders, ...flags], {
      environment: { SECRET_HERE: secret },
    })
    server.close()
    expect(exitCode).toBe(1)
    expect(`${stdout}${stderr}`).toContain('invalid_client')
    expect(leaksIn(`${stdout}${stderr}`, secret)).toEqual([])
    for (const [name, text] of await filesOf(join(test.folder, 'cli')))
      expect([name, ...leaksIn(text, secret)]).toEqual([name])
  })
})
