import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import type { StartRun } from '../../src/contract/engine.ts'
import { problemIn } from '../../src/contract/wire.ts'
import { operationDescriptions } from '../../src/core/index.ts'
import { startHttpServer, startTcpServer } from '../support/http-server.ts'
import { startMetadataServer } from '../support/metadata-server.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let test: TestEngine
const closing: (() => unknown)[] = []
beforeEach(async () => {
  test = await createTestEngine()
  closing.push(() => test.close())
})
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

describe('a server without metadata', () => {
  let playground: TestPlayground
  let endpoints: Record<string, string>
  beforeEach(async () => {
    playground = await createTestPlayground()
    closing.push(playground.close)
    const answer = await fetch(`${playground.issuer}/.well-known/openid-configuration`)
    const document = (await answer.json()) as Record<string, string>
    const names = [
      'authorization_endpoint',
      'token_endpoint',
      'jwks_uri',
      'userinfo_endpoint',
      'introspection_endpoint',
      'end_session_endpoint',
      'revocation_endpoint',
    ]
    endpoints = Object.fromEntries(names.map((name) => [name, document[name]!]))
  })
  const byHand = (): ParameterValues => ({ ...endpoints, metadata: 'by-hand' })

  it('works with every operation, and nothing is asked', async () => {
    const signIn = { ...playground.signIn(), ...byHand() }
    const client = { client_id: 'public', ...byHand(), issuer: playground.issuer }
    const { run: signedIn } = await test.run({ operation: 'authorization-code', parameters: signIn })
    const { fingerprint } = signedIn.tokens.find(({ kind }) => kind === 'id_token')!
    const { value: token } = await test.engine.reveal({ fingerprint })
    const orders: StartRun[] = [
      { operation: 'authorization-code', parameters: signIn },
      { operation: 'token verify', parameters: { ...client, token } },
      { operation: 'refresh', parameters: client },
      { operation: 'userinfo', parameters: client },
      { operation: 'call', parameters: { ...client, url: endpoints.userinfo_endpoint } },
      { operation: 'introspect', parameters: client },
      { operation: 'logout', parameters: { ...client, agent: 'form' } },
      { operation: 'revoke', parameters: { ...client, kind: 'refresh_token' } },
      {
        operation: 'client-credentials',
        parameters: {
          ...client,
          client_id: 'confidential',
          client_secret: playground.secretOf('confidential'),
          client_auth: 'client_secret_basic',
        },
      },
      { operation: 'discover', parameters: { issuer: playground.issuer, ...byHand() } },
    ]
    // Clients and grants are managed elsewhere: what that needs has tests of its own.
    const withIssuer = operationDescriptions.filter(
      ({ group, parameters }) => group !== 'clients' && parameters.some(({ name }) => name === 'issuer'),
    )
    expect(orders.map(({ operation }) => operation).sort()).toEqual(withIssuer.map(({ id }) => id).sort())
    for (const order of orders) {
      const { run } = await test.run(order)
      expect([order.operation, run.outcome, run.problem]).toEqual([order.operation, 'succeeded', undefined])
      expect(run.exchanges.filter(({ purpose }) => purpose === 'metadata')).toEqual([])
    }
  })

  it('an ID token is checked with the keys given by hand', async () => {
    const { run } = await test.run({
      operation: 'authorization-code',
      parameters: { ...playground.signIn(), ...byHand() },
    })
    expect(run.proofs.find(({ name }) => name === 'signature.verified')).toMatchObject({ holds: true })
    expect(run.timeline).toContainEqual(
      expect.objectContaining({
        kind: 'decision',
        subject: 'endpoints by hand',
        choice: Object.keys(endpoints).join(', '),
      }),
    )
  })

  it('is asked first, and then worked with all the same', async () => {
    const silent = await startMetadataServer({})
    closing.push(silent.close)
    const parameters = {
      issuer: silent.origin,
      client_id: 'confidential',
      client_secret: playground.secretOf('confidential'),
    }
    const order: StartRun = { operation: 'client-credentials', parameters }
    const refused = (await test.run(order)).run
    expect(refused.problem).toMatchObject({ code: 'metadata-not-found' })
    expect(refused.problem?.whatToDo?.join(' ')).toMatch(/discover-resource.*by-hand/)
    const { run } = await test.run({
      ...order,
      parameters: { ...parameters, token_endpoint: endpoints.token_endpoint },
    })
    expect(run.outcome).toBe('succeeded')
    expect(run.timeline).toContainEqual(expect.objectContaining({ subject: 'metadata', choice: 'by-hand' }))
  })

  it('has nothing to be compared with: that is said, not passed', async () => {
    const { run } = await test.run({
      operation: 'discover',
      parameters: { issuer: playground.issuer, ...byHand(), against: 'was.json' },
    })
    expect(run.problem).toMatchObject({ code: 'parameter-invalid' })
  })
})

it('an endpoint given by hand goes before the one that was discovered, and is not part of the snapshot', async () => {
  const server = await startMetadataServer({
    '/.well-known/openid-configuration': { issuer: 'ISSUER', token_endpoint: 'ISSUER/wrong' },
    '/token': { access_token: 'a', token_type: 'Bearer', expires_in: 60 },
  })
  closing.push(server.close)
  const parameters = { issuer: server.origin, token_endpoint: `${server.origin}/token` }
  const { run } = await test.run({
    operation: 'client-credentials',
    parameters: { ...parameters, client_id: 'me', client_auth: 'none' },
  })
  expect(run.outcome).toBe('succeeded')
  expect(run.exchanges.at(-1)?.request.url).toBe(`${server.origin}/token`)
  await test.run({ operation: 'discover', parameters: { issuer: server.origin } })
  const { run: again } = await test.run({ operation: 'discover', parameters })
  expect(again.comparisons).toMatchObject([{ total: 0 }])
})

describe('an endpoint that was changed in the file of a profile', () => {
  const edit = async (line: string) => {
    const file = join(test.folder, 'workspace', 'profiles', 'acme.yaml')
    await writeFile(file, `${await readFile(file, 'utf8')}\n${line}\n`)
  }
  const order = (more: Partial<StartRun> = {}): StartRun => ({
    operation: 'client-credentials',
    profile: 'acme',
    parameters: {},
    ...more,
  })
  async function prepare() {
    const received: string[] = []
    const evil = await startTcpServer((socket) => socket.on('data', (chunk) => received.push(String(chunk))))
    const server = await startHttpServer((request, response) => {
      response.setHeader('content-type', 'application/json')
      const issuer = server.origin
      const isMetadata = request.url?.startsWith('/.well-known/')
      const document = { issuer, token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/userinfo` }
      const token = {
        access_token: 'MARKED-token',
        token_type: 'Bearer',
        expires_in: 600,
        refresh_token: 'MARKED-refresh',
      }
      response.end(JSON.stringify(isMetadata ? document : token))
    })
    closing.push(evil.close, server.close)
    return { evil, server, received }
  }

  it.each([
    ['before its first use', false],
    ['after it', true],
  ])('gets no secret (%s): not one byte arrives', async (_when, used) => {
    const { evil, server } = await prepare()
    const values = { issuer: server.origin, client_id: 'me', client_secret: { secret: 'acme_secret' } }
    await test.engine.runCommand('profiles save', { name: 'acme', values })
    await test.engine.runCommand('secret set', { name: 'acme_secret', value: 'MARKED-secret', profile: 'acme' })
    if (used) expect((await test.run(order())).run.outcome).toBe('succeeded')
    await edit(`token_endpoint: ${evil.origin}/token`)
    const error = await test.engine.startRun(order()).catch((reason: unknown) => reason)
    expect(problemIn(error)).toMatchObject({ code: 'secret-not-bound' })
    expect(evil.connections()).toBe(0)
  })

  it('asks nothing when it is at the issuer', async () => {
    const { server } = await prepare()
    const values = { issuer: server.origin, client_id: 'me', client_secret: { secret: 'acme_secret' } }
    await test.engine.runCommand('profiles save', { name: 'acme', values })
    await test.engine.runCommand('secret set', { name: 'acme_secret', value: 'MARKED-secret', profile: 'acme' })
    await edit(`token_endpoint: ${server.origin}/token`)
    expect((await test.run(order())).run.outcome).toBe('succeeded')
  })

  it('gets no key that authorizes a question about a token', async () => {
    const { evil, server } = await prepare()
    const values = { issuer: server.origin, authorization: 'bearer', bearer_token: { secret: 'acme_key' } }
    await test.engine.runCommand('profiles save', { name: 'acme', values })
    await test.engine.runCommand('secret set', { name: 'acme_key', value: 'MARKED-key', profile: 'acme' })
    await edit(`introspection_endpoint: ${evil.origin}/introspect`)
    const introspect = order({ operation: 'introspect', parameters: { token: 'some-token' } })
    const error = await test.engine.startRun(introspect).catch((reason: unknown) => reason)
    expect(problemIn(error)).toMatchObject({ code: 'secret-not-bound' })
    expect(evil.connections()).toBe(0)
  })

  it('gets no kept token', async () => {
    const { evil, server, received } = await prepare()
    const values = { issuer: server.origin, client_id: 'me', client_auth: 'none' }
    await test.engine.runCommand('profiles save', { name: 'acme', values })
    expect((await test.run(order())).run.outcome).toBe('succeeded')
    const changed = ['token', 'userinfo', 'introspection', 'revocation']
    await edit(changed.map((name) => `${name}_endpoint: ${evil.origin}/${name}`).join('\n'))
    const call = { url: `${server.origin}/api` }
    for (const [operation, parameters] of [
      ['refresh', {}],
      ['call', call],
      ['introspect', {}],
      ['revoke', { kind: 'refresh_token' }],
    ] as const) {
      const { run } = await test.run(order({ operation, parameters }))
      expect(run.problem).toMatchObject({ code: 'secret-not-bound' })
    }
    expect(received.join()).not.toContain('MARKED')
  })
})
