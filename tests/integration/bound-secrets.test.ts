import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import type { StartRun } from '../../src/contract/engine.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { exitCodeOf } from '../../src/contract/problem.ts'
import { problemIn } from '../../src/contract/wire.ts'
import { leaksIn } from '../support/every-encoding.ts'
import { bodyOf, startHttpServer, startTcpServer, type TestServer } from '../support/http-server.ts'
import { createTestCa } from '../support/test-ca.ts'
import { createTestEngine, createTestPlayground, type TestEngine } from '../support/test-engine.ts'

const secret = 'MARKED/client=secret&1'
let test: TestEngine
const closing: (() => unknown)[] = []

beforeEach(async () => {
  test = await createTestEngine()
  closing.push(() => test.close())
})
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** An authorization server; `change` may make its metadata name something else from now on. */
async function serve() {
  const change: JsonObject = {}
  const bodies: string[] = []
  const server: TestServer = await startHttpServer(async (request, response) => {
    const issuer = server.origin
    bodies.push(`${request.headers.authorization ?? ''} ${await bodyOf(request)}`)
    const metadata = {
      issuer,
      token_endpoint: `${issuer}/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      ...change,
    }
    const token = {
      access_token: 'MARKED-access',
      token_type: 'Bearer',
      expires_in: 600,
      refresh_token: 'MARKED-refresh-1',
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url?.startsWith('/.well-known/') ? metadata : token))
  })
  closing.push(server.close)
  return { ...server, issuer: server.origin, change, bodies }
}

/** A second server that keeps every byte it gets. */
async function serveEvil() {
  const received: Buffer[] = []
  const server = await startTcpServer((socket) => socket.on('data', (chunk: Buffer) => received.push(chunk)))
  closing.push(server.close)
  return { ...server, text: () => Buffer.concat(received).toString('latin1') }
}

const save = (issuer: string, values: ParameterValues = {}) =>
  test.engine.runCommand('profiles save', {
    name: 'acme',
    values: { issuer, client_id: 'me', client_secret: { secret: 'acme_secret' }, ...values },
  })
const keep = (profile?: string) =>
  test.engine.runCommand('secret set', { name: 'acme_secret', value: secret, ...(profile ? { profile } : {}) })
const order = (more: Partial<StartRun> = {}): StartRun => ({
  operation: 'client-credentials',
  profile: 'acme',
  parameters: {},
  ...more,
})

/** Somebody changes the file: a pull, an editor. */
async function edit(change: (text: string) => string): Promise<void> {
  const file = join(test.folder, 'workspace', 'profiles', 'acme.yaml')
  const text = await readFile(file, 'utf8')
  expect(change(text)).not.toBe(text)
  await writeFile(file, change(text))
}

async function refusalOf(input: StartRun) {
  const error: unknown = await test.engine.startRun(input).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return problemIn(error)
}

describe('a profile whose issuer was changed in its file', () => {
  it.each([
    ['saved for the profile', true],
    ['bound by its first use', false],
  ])('gets no secret (%s): not one byte arrives', async (_what, forProfile) => {
    const [server, evil] = [await serve(), await serveEvil()]
    await save(server.issuer)
    await keep(forProfile ? 'acme' : undefined)
    if (!forProfile) expect((await test.run(order())).run.outcome).toBe('succeeded')
    await edit((text) => text.replace(server.issuer, evil.origin))
    const problem = await refusalOf(order())
    expect(problem).toMatchObject({ code: 'secret-not-bound' })
    expect(exitCodeOf(problem)).toBe(3)
    expect(problem?.detail).toContain('acme_secret')
    expect(problem?.detail).toContain(server.issuer)
    expect(problem?.detail).toContain(evil.origin)
    expect(leaksIn(JSON.stringify(problem), secret)).toEqual([])
    expect(evil.connections()).toBe(0)
  })

  it('gets it when a person allows that, once for all', async () => {
    const [first, second] = [await serve(), await serve()]
    await save(first.issuer)
    await keep('acme')
    await edit((text) => text.replace(first.issuer, second.issuer))
    expect(await refusalOf(order())).toMatchObject({ code: 'secret-not-bound' })
    expect((await test.run(order({ allowSecrets: true }))).run.outcome).toBe('succeeded')
    expect((await test.run(order())).run.outcome).toBe('succeeded')
    expect(second.bodies.filter((body) => leaksIn(body, secret).length > 0)).toHaveLength(2)
    const [listed] = await test.engine.runCommand('secret list', {})
    expect(listed?.origins).toEqual([first.issuer, second.issuer])
  })

  it('and another issuer given by hand are treated alike', async () => {
    const [server, evil] = [await serve(), await serveEvil()]
    await save(server.issuer)
    await keep('acme')
    expect(await refusalOf(order({ parameters: { issuer: evil.origin } }))).toMatchObject({ code: 'secret-not-bound' })
    const withoutProfile = { issuer: evil.origin, client_id: 'me', client_secret: { secret: 'acme_secret' } }
    expect(await refusalOf({ operation: 'client-credentials', parameters: withoutProfile })).toMatchObject({
      code: 'secret-not-bound',
    })
    expect(evil.connections()).toBe(0)
  })

  it('gets what its caller chose by a variable', async () => {
    const server = await serve()
    await save(server.issuer)
    await keep('acme')
    const other = await createTestEngine({
      ...test.ports,
      environment: { GRANTLAB_SECRET_ACME_SECRET: 'from-the-environment' },
    })
    closing.push(() => other.close())
    await edit((text) => `${text}# as it is\n`)
    const second = await serve()
    await edit((text) => text.replace(server.issuer, second.issuer))
    expect((await other.run(order())).run.outcome).toBe('succeeded')
    expect(second.bodies.join()).toContain('from-the-environment')
  })
})

describe('a connection that was changed in the file', () => {
  it.each([
    ['verify_tls: false'],
    ['proxy: http://127.0.0.1:1'],
    ['ca_file: missing-or-not.pem'],
    ['client_certificate: other.pem'],
  ])('%s stops the run before anything is sent', async (line) => {
    const server = await serve()
    await save(server.issuer)
    await keep('acme')
    await edit((text) => `${text}\n${line}\n`)
    const problem = await refusalOf(order())
    // a file that is not there stops it even earlier
    expect(problem?.code).toBe(line.includes('.pem') ? 'file-invalid' : 'secret-not-bound')
    expect(server.connections()).toBe(0)
  })

  it('is no matter when somebody gives it by hand for one run', async () => {
    const server = await serve()
    await save(server.issuer)
    await keep('acme')
    expect((await test.run(order({ parameters: { verify_tls: false } }))).run.outcome).toBe('succeeded')
  })
})

describe('a certificate that a person trusts for the profile', () => {
  it('takes its secrets along, those alone that knew the connection before', async () => {
    const server = await serve()
    await save(server.issuer, { password: { secret: 'other' } })
    await keep('acme')
    const old = { origins: [server.issuer], connection: 'of another profile' }
    await test.ports.vault.set('other', 'MARKED-other', old)
    await test.engine.runCommand('profiles trust', { name: 'acme', certificate: createTestCa().certificate })
    expect((await test.run(order())).run.outcome).toBe('succeeded')
    expect(await test.ports.vault.get('other')).toMatchObject(old)
  })
})

describe('an endpoint that the issuer names later', () => {
  it('gets no secret: the request is shown and not sent', async () => {
    const [server, evil] = [await serve(), await serveEvil()]
    await save(server.issuer)
    await keep('acme')
    expect((await test.run(order())).run.outcome).toBe('succeeded')
    server.change.token_endpoint = `${evil.origin}/token`
    const { run, events } = await test.run(order())
    expect(run).toMatchObject({ outcome: 'needs-person', problem: { code: 'secret-not-bound', exchange: '2' } })
    expect(run.exchanges.at(-1)).toMatchObject({ state: 'failed', purpose: 'token' })
    expect(leaksIn(JSON.stringify(events), secret)).toEqual([])
    expect(evil.connections()).toBe(0)
  })

  it('is taken as its own at the first use, and by a person’s leave', async () => {
    const [server, second, third] = [await serve(), await serve(), await serve()]
    server.change.token_endpoint = `${second.origin}/token`
    await save(server.issuer)
    await keep('acme')
    expect((await test.run(order())).run.outcome).toBe('succeeded')
    server.change.token_endpoint = `${third.origin}/token`
    expect((await test.run(order())).run.outcome).toBe('needs-person')
    expect(third.connections()).toBe(0)
    expect((await test.run(order({ allowSecrets: true }))).run.outcome).toBe('succeeded')
    expect((await test.run(order())).run.outcome).toBe('succeeded')
  })
})

describe('kept tokens', () => {
  const publicClient = { client_auth: 'none', client_secret: undefined, scope: 'api' }
  const refresh = (more: Partial<StartRun> = {}) => order({ operation: 'refresh', ...more })

  it('a refresh token goes to no other token endpoint than its own', async () => {
    const [server, evil] = [await serve(), await serveEvil()]
    await save(server.issuer, publicClient)
    expect((await test.run(order())).run.outcome).toBe('succeeded')
    server.change.token_endpoint = `${evil.origin}/token`
    const { run } = await test.run(refresh())
    expect(run).toMatchObject({ outcome: 'needs-person', problem: { code: 'secret-not-bound' } })
    expect(run.problem?.detail).toContain(evil.origin)
    expect(evil.connections()).toBe(0)
    delete server.change.token_endpoint
    expect((await test.run(refresh())).run.outcome).toBe('succeeded')
  })

  it('no kept token goes over a connection that the file changed', async () => {
    const server = await serve()
    await save(server.issuer, publicClient)
    expect((await test.run(order())).run.outcome).toBe('succeeded')
    await edit((text) => `${text}\nverify_tls: false\n`)
    for (const input of [refresh(), order({ operation: 'call', parameters: { url: `${server.origin}/api` } })]) {
      const before = server.bodies.length
      const { run } = await test.run(input)
      expect(run).toMatchObject({ outcome: 'needs-person', problem: { code: 'secret-not-bound' } })
      expect(server.bodies.slice(before).join()).not.toContain('MARKED')
    }
    expect((await test.run(refresh({ allowSecrets: true }))).run.outcome).toBe('succeeded')
    expect((await test.run(refresh())).run.outcome).toBe('succeeded')
  })
})

describe('the password of a test user', () => {
  it('belongs to where the first sign-in went, and goes to no other server', async () => {
    const [playground, other] = [await createTestPlayground(), await createTestPlayground()]
    closing.push(playground.close, other.close)
    const { password, ...values } = playground.signIn()
    await test.engine.runCommand('secret set', { name: 'alice_password', value: String(password) })
    const signIn = (more: Partial<StartRun> = {}): StartRun => ({
      operation: 'authorization-code',
      parameters: { ...values, password: { secret: 'alice_password' } },
      ...more,
    })
    expect((await test.run(signIn())).run.outcome).toBe('succeeded')
    const [listed] = await test.engine.runCommand('secret list', {})
    expect(listed?.origins).toEqual([new URL(playground.issuer).origin])
    const elsewhere = { ...signIn().parameters, issuer: other.issuer }
    expect(await refusalOf(signIn({ parameters: elsewhere }))).toMatchObject({ code: 'secret-not-bound' })
    expect((await test.run(signIn({ parameters: elsewhere, allowSecrets: true }))).run.outcome).toBe('succeeded')
  })
})
