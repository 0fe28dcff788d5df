import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import type { Json, JsonObject } from '../../src/contract/json.ts'
import { exitCodeOf } from '../../src/contract/problem.ts'
import { runCli } from '../support/run-cli.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

const secret = 'MARKED-client-secret-1'
const token = 'MARKED-access-token-2'

let test: TestEngine
let server: TestServer | undefined

beforeEach(async () => {
  test = await createTestEngine()
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await test.close()
})

interface Answers {
  metadata?: (issuer: string) => JsonObject
  token?: Json
  status?: [number, string]
  headers?: Record<string, string>
  /** added to the authorization response */
  response?: Record<string, string>
}

/** A server that answers well-formed HTTP with whatever it is told. */
async function serve(answers: Answers): Promise<string> {
  const started = await startHttpServer((request, response) => {
    const issuer = started.origin
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    if (pathname === '/authorize') {
      const back = new URL(searchParams.get('redirect_uri')!)
      const carried = { code: 'MARKED-code-3456', state: searchParams.get('state') ?? '', ...answers.response }
      back.search = new URLSearchParams(carried).toString()
      response.writeHead(303, { location: back.href }).end()
      return
    }
    const metadata = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      ...answers.metadata?.(issuer),
    }
    const isToken = pathname === '/token'
    const [status, words] = (isToken && answers.status) || [200, 'OK']
    response.writeHead(status, words, { 'content-type': 'application/json', ...(isToken ? answers.headers : {}) })
    response.end(JSON.stringify(isToken ? (answers.token ?? {}) : metadata))
  })
  server = started
  return started.origin
}

async function run(operation: string, parameters: ParameterValues) {
  return test.run({ operation, parameters })
}

const asClient = { client_id: 'client', client_secret: secret }
const signIn = { ...asClient, agent: 'form', redirect_uri: 'http://127.0.0.1:0/callback' }
const right = { access_token: token, token_type: 'Bearer', expires_in: 60 }

/** Nothing of it in the events and in what was written. */
async function expectNowhere(events: unknown, values: string[]): Promise<void> {
  await test.engine.close()
  const entries = await readdir(test.folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  for (const text of [JSON.stringify(events), ...texts]) {
    for (const value of values) expect(text).not.toContain(value)
  }
}

describe('a server that repeats a secret where nobody expects it', () => {
  it.each<[string, Answers]>([
    ['token type and scope', { token: { ...right, token_type: secret, scope: `a ${secret}` } }],
    ['reason phrase', { token: { error: 'invalid_client' }, status: [401, secret] }],
    ['header name', { token: right, headers: { [`x-${secret}`]: 'x' } }],
    ['media type', { token: right, headers: { 'content-type': `application/${secret}` } }],
    ['metadata', { metadata: (issuer) => ({ jwks_uri: `${issuer}/${secret}`, grant_types_supported: [secret] }) }],
    ['list of methods', { metadata: () => ({ token_endpoint_auth_methods_supported: [secret] }) }],
    ['issuer', { metadata: () => ({ issuer: `https://as.test/${secret}` }) }],
    ['a field called secret', { metadata: () => ({ mtls_endpoint_aliases: { secret } }) }],
    [
      'a long description',
      { token: { error: 'x', error_description: `${'-'.repeat(3_990)}${secret}` }, status: [400, ''] },
    ],
  ])('in %s', async (_name, answers) => {
    const issuer = await serve(answers)
    const { events } = await run('client-credentials', { issuer, ...asClient })
    await expectNowhere(events, [secret, secret.slice(0, 12)])
  })

  it('in the result of a discovery', async () => {
    const issuer = await serve({ metadata: () => ({ hint: { secret: 'Bearer MARKED-bearer-99' } }) })
    const { events } = await run('discover', { issuer })
    await expectNowhere(events, ['MARKED-bearer-99'])
  })

  it('in iss of the authorization response', async () => {
    const issuer = await serve({ response: { iss: `https://as.test/${secret}` } })
    const { run: ended, events } = await run('authorization-code', { issuer, ...signIn })
    expect(ended.problem?.code).toBe('iss-mismatch')
    await expectNowhere(events, [secret, 'MARKED-code-3456'])
  })

  it('a code of letters alone, brought back by a person', async () => {
    const issuer = await serve({ token: right })
    const parameters = { issuer, ...signIn, agent: 'paste' }
    const { run: ended, events } = await test.run({ operation: 'authorization-code', parameters }, (event, runId) => {
      if (event.type !== 'wait.started') return
      const state = new URL(event.wait.address).searchParams.get('state')
      const text = `code=MARKEDlettersALONE&state=${state}`
      void test.engine.answerWait({ runId, wait: event.wait.id, text, kind: 'response' })
    })
    expect(ended.outcome).toBe('succeeded')
    await expectNowhere(events, ['MARKEDlettersALONE'])
  })

  it("in one token's claims another token", async () => {
    const claims = Buffer.from(JSON.stringify({ sub: 'alice', copy: { secret: token } })).toString('base64url')
    const issuer = await serve({ token: { id_token: `eyJhbGciOiJSUzI1NiJ9.${claims}.c2ln`, ...right } })
    const { run: ended, events } = await run('authorization-code', { issuer, ...signIn })
    expect(ended.tokens).toHaveLength(2)
    await expectNowhere(events, [token])
  })
})

describe('secrets where a person may put them', () => {
  it('in free parameters, short ones too', async () => {
    const issuer = await serve({ token: right })
    const { run: ended, events } = await run('authorization-code', {
      issuer,
      ...signIn,
      token_parameters: [['client_secret', 'MARK7']],
      authorization_parameters: [['id_token_hint', 'MARKED-hint-123']],
    })
    expect(ended.outcome).toBe('succeeded')
    // The address to open has to be told as it is, live; it is not written.
    const told = events.filter(({ type }) => type !== 'wait.started')
    expect(events.length - told.length).toBe(1)
    await expectNowhere(told, ['MARK7', 'MARKED-hint-123'])
  })

  it('in an issuer, which is refused', async () => {
    const { run: ended, events } = await run('discover', { issuer: 'http://me:MARKED-pass@127.0.0.1:9/' })
    expect(ended.problem?.code).toBe('parameter-invalid')
    await expectNowhere(events, ['MARKED-pass'])
  })

  it('in a redirect URI', async () => {
    const issuer = await serve({ token: right })
    const redirect_uri = 'http://127.0.0.1:0/callback?client_secret=MARKED-in-uri'
    const { events } = await run('authorization-code', { issuer, ...signIn, redirect_uri })
    await expectNowhere(
      events.filter(({ type }) => type !== 'wait.started'),
      ['MARKED-in-uri'],
    )
  })

  it('PKCE plain: the verifier stands in the live address alone', async () => {
    const issuer = await serve({ token: right })
    const { events } = await run('authorization-code', { issuer, ...signIn, pkce: 'plain' })
    const wait = events.find((event) => event.type === 'wait.started')!
    const verifier = new URL(wait.wait.address).searchParams.get('code_challenge')!
    expect(verifier).toHaveLength(43)
    await expectNowhere(
      events.filter((event) => event !== wait),
      [verifier],
    )
  })

  it('on the command line, in a value that does not fit', async () => {
    const folders = ['--data-dir', join(test.folder, 'cli'), '--workspace', join(test.folder, 'workspace')]
    const { stdout, stderr, exitCode } = await runCli(['discover', 'https//me:MARKED-pass@host/', ...folders, '--json'])
    expect(exitCode).toBe(2)
    expect(stdout + stderr).not.toContain('MARKED-pass')
  })
})

describe('metadata of the wrong kind', () => {
  const odd: Json[] = [
    5,
    true,
    {},
    ['http://127.0.0.1/'],
    'http://',
    'javascript:alert(1)',
    'ftp://as.test/',
    'http://u:p@as.test/',
  ]

  it.each(odd)('as an endpoint: %j', async (value) => {
    const issuer = await serve({ metadata: () => ({ token_endpoint: value }), token: right })
    const { run: ended } = await run('client-credentials', { issuer, ...asClient })
    expect(ended.problem?.code).toBe('metadata-invalid')
    expect(exitCodeOf(ended.problem)).toBe(1)
    await server?.close()
    const other = await serve({ metadata: () => ({ authorization_endpoint: value }), token: right })
    const { run: second } = await run('authorization-code', { issuer: other, ...signIn })
    expect(second.problem?.code).toBe('metadata-invalid')
  })

  it.each<Json>([5, 'client_secret_post', {}, [5, null]])('as the list of methods: %j', async (value) => {
    const issuer = await serve({ metadata: () => ({ token_endpoint_auth_methods_supported: value }), token: right })
    const { run: ended } = await run('client-credentials', { issuer, ...asClient })
    expect(ended.outcome).toBe('succeeded')
  })

  it('an endpoint written in another way than URL writes it is still the token endpoint', async () => {
    const written = (issuer: string) => ({ token_endpoint: `${issuer.replace('http', 'HTTP')}/a/../token` })
    const issuer = await serve({ metadata: written, token: right })
    const { run: ended } = await run('client-credentials', { issuer, ...asClient })
    expect(ended.tokens).toHaveLength(1)
  })

  it('of any size leaves events small', async () => {
    const metadata = () => ({ long_endpoint: 'x'.repeat(1_000_000), scopes_supported: Array(100_000).fill('scope') })
    const issuer = await serve({ metadata })
    const { run: ended, events } = await run('discover', { issuer })
    expect(ended.outcome).toBe('succeeded')
    expect(JSON.stringify(events).length).toBeLessThan(50_000)
  })
})

describe('token answers of the wrong kind', () => {
  it.each<[Json, string]>([
    [{ ...right, expires_in: 'soon' }, 'expires_in'],
    [{ ...right, token_type: 5 }, 'token_type'],
    [{ access_token: token }, 'token_type'],
    [{ ...right, access_token: 5 }, 'access_token'],
    [{ ...right, scope: ['a'] }, 'scope'],
    [[[right]], 'object'],
  ])('%j: the problem says what is wrong', async (answer, named) => {
    const issuer = await serve({ token: answer })
    const { run: ended } = await run('client-credentials', { issuer, ...asClient })
    expect(ended.problem?.code).toBe('token-response-invalid')
    expect(ended.problem?.detail).toContain(named)
  })

  it('claims and metadata that nest without end are cut', async () => {
    const payload = `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`
    const id_token = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(payload).toString('base64url')}.c2ln`
    const deep = JSON.parse(`${'['.repeat(1_500)}${']'.repeat(1_500)}`) as Json
    const issuer = await serve({ metadata: () => ({ scopes_supported: deep }), token: { ...right, id_token } })
    const { run: ended } = await run('authorization-code', { issuer, ...signIn })
    expect(ended.problem?.code).toBe('id-token-invalid')
    expect(ended.tokens).toHaveLength(2)
  })

  it('words without end are cut in the problem', async () => {
    const refusal = { error: 'invalid_request', error_description: 'y'.repeat(1_000_000) }
    const issuer = await serve({ token: refusal, status: [400, 'Bad Request'] })
    const { events } = await run('client-credentials', { issuer, ...asClient })
    expect(JSON.stringify(events).length).toBeLessThan(50_000)
  })
})
