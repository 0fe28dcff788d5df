import { createServer } from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/contract/rules/index.ts'
import type { ParameterValues } from '../../src/contract/description.ts'
import { problemIn } from '../../src/contract/wire.ts'
import { leaksIn } from '../support/every-encoding.ts'
import { startConnectProxy } from '../support/connect-proxy.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { createTestCa, type TestCa } from '../support/test-ca.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

const proxyPassword = 'MARKED:proxy/pass&word'
let ca: TestCa
let test: TestEngine
const closing: (() => unknown)[] = []

beforeAll(() => {
  ca = createTestCa()
})
beforeEach(async () => {
  test = await createTestEngine()
  closing.push(() => test.close())
  await mkdir(join(test.folder, 'workspace'), { recursive: true })
  await writeFile(join(test.folder, 'workspace', 'ca.pem'), ca.certificate)
})
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** Answers as authorization server for `issuer`; signs in by a page of its own. */
function answer(issuer: string, jwksAt = issuer) {
  return (request: IncomingMessage): [contentType: string, body: string, location?: string] => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    const json = (value: object): [string, string] => ['application/json', JSON.stringify(value)]
    if (pathname === '/authorize') {
      const back = new URL(searchParams.get('redirect_uri')!)
      back.search = new URLSearchParams({ code: 'MARKED-code-3456', state: searchParams.get('state') ?? '' }).toString()
      return ['text/html', '', back.href]
    }
    if (pathname === '/token')
      return json({ access_token: 'MARKED-access-token', token_type: 'Bearer', expires_in: 60 })
    return json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${jwksAt}/jwks`,
      response_types_supported: ['code'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
    })
  }
}

/** A TLS server, with `clients` one that wants a certificate from each client. */
async function serve(names: string[], clients = false) {
  const seen: { path: string; client: string | undefined; headers: IncomingMessage['headers'] }[] = []
  const host = names[0]!
  let issuer = `https://${host}`
  const server = createServer(
    { ...ca.issue({ names }), ca: ca.certificate, requestCert: clients },
    (request, response) => {
      const peer = (request.socket as TLSSocket).getPeerCertificate() as { subject?: { CN: string } }
      seen.push({ path: request.url ?? '', client: peer.subject?.CN, headers: request.headers })
      const [contentType, body, location] = answer(issuer)(request)
      response.setHeader('content-type', contentType)
      if (location) response.writeHead(303, { location })
      response.end(body)
    },
  )
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  closing.push(() => (server.closeAllConnections(), server.close()))
  if (host === 'localhost') issuer = `https://localhost:${port}`
  return { seen, port, issuer }
}

const profile = (values: ParameterValues) =>
  test.engine.runCommand('profiles save', { name: 'acme', values: { client_id: 'me', ...values } })
const run = async (operation: string, parameters: ParameterValues = {}) =>
  (await test.run({ operation, profile: 'acme', parameters })).run
const form = { agent: 'form', redirect_uri: 'http://127.0.0.1:0/callback', user: 'alice', password: 'wonderland-1' }

describe('the certificates, proxy and headers of a profile', () => {
  it('hold for discovery, form agent and token request alike', async () => {
    const { seen, port } = await serve(['auth.example.test'])
    const proxy = await startConnectProxy({
      connectTo: { host: '127.0.0.1', port },
      credentials: `me:${proxyPassword}`,
    })
    closing.push(proxy.close)
    await test.engine.runCommand('secret set', { name: 'proxy_pass', value: proxyPassword })
    await profile({
      issuer: 'https://auth.example.test',
      ca_file: 'ca.pem',
      proxy: proxy.address,
      proxy_user: 'me',
      proxy_password: { secret: 'proxy_pass' },
      headers: [
        ['X-Tenant', 'blue'],
        ['User-Agent', 'Mine'],
      ],
    })
    const { run: done, events } = await test.run({ operation: 'authorization-code', profile: 'acme', parameters: form })
    expect(done.problem).toBeUndefined()
    expect(seen.map(({ path }) => path.split('?')[0])).toEqual([
      '/.well-known/openid-configuration',
      '/authorize',
      '/token',
    ])
    expect(proxy.requests.every((line) => line === 'CONNECT auth.example.test:443')).toBe(true)
    // the browser sends no header of anybody's
    expect(seen.map(({ headers }) => headers['x-tenant'])).toEqual(['blue', undefined, 'blue'])
    expect(seen[0]?.headers['user-agent']).toBe('Mine')
    expect(
      done.exchanges.every(({ connection }) => connection?.tls?.authorized && connection.proxy === proxy.address),
    ).toBe(true)
    expect(leaksIn(JSON.stringify(events), proxyPassword)).toEqual([])
    // the proxy's password belongs to the proxy
    const [listed] = await test.engine.runCommand('secret list', {})
    expect(listed?.origins).toEqual([proxy.address])
  })

  it('the settings’ proxy and certificates hold for every profile that names none', async () => {
    const { port } = await serve(['auth.example.test'])
    const proxy = await startConnectProxy({ connectTo: { host: '127.0.0.1', port } })
    closing.push(proxy.close)
    const file = join(test.folder, 'workspace', 'ca.pem')
    await test.engine.runCommand('settings save', { values: { proxy: proxy.address, ca_file: file } })
    await profile({ issuer: 'https://auth.example.test' })
    expect((await run('discover')).outcome).toBe('succeeded')
    expect(proxy.requests).toEqual(['CONNECT auth.example.test:443'])
    const direct = await run('discover', { proxy: 'direct' })
    expect(direct.problem?.code).toBe('name-not-resolved')
  })

  it('are not sent to a server that the profile is not about', async () => {
    const headers: (string | string[] | undefined)[] = []
    const stranger: TestServer = await startHttpServer((request, response) => {
      headers.push(request.headers['x-tenant'])
      response.setHeader('content-type', 'application/json')
      response.end('{}')
    })
    closing.push(stranger.close)
    const own: TestServer = await startHttpServer((request, response) => {
      if (request.url?.startsWith('/authorize')) {
        response.writeHead(303, { location: `${stranger.origin}/sign-in` }).end()
        return
      }
      response.setHeader('content-type', 'application/json')
      response.end(answer(own.origin)(request)[1])
    })
    closing.push(own.close)
    await profile({ issuer: own.origin, headers: [['X-Tenant', 'blue']] })
    await run('authorization-code', form)
    expect(stranger.requests.map(({ url }) => url)).toEqual(['/sign-in'])
    expect(headers).toEqual([undefined])
    expect(own.requests[0]?.headers['x-tenant']).toBe('blue')
  })

  it('one of a call wins over the profile’s of the same name', async () => {
    const server = await startHttpServer((_request, response) => response.end('ok'))
    closing.push(server.close)
    await profile({
      issuer: server.origin,
      headers: [
        ['X-Tenant', 'blue'],
        ['Accept', 'text/plain'],
      ],
    })
    const parameters = { url: server.origin, token: 'none', request_headers: [['x-tenant', 'red']] }
    expect((await run('call', parameters)).outcome).toBe('succeeded')
    expect(server.requests[0]?.headers).toMatchObject({ 'x-tenant': 'red', accept: 'text/plain' })
  })

  it('a wrong one stops the run before it begins', async () => {
    const server = await startHttpServer((_request, response) => response.end('{}'))
    closing.push(server.close)
    await profile({ issuer: server.origin, ca_file: 'nothing.pem' })
    const error: unknown = await test.engine
      .startRun({ operation: 'discover', profile: 'acme', parameters: {} })
      .catch((reason: unknown) => reason)
    expect(problemIn(error)).toMatchObject({
      code: 'file-invalid',
      place: { file: join(test.folder, 'workspace', 'nothing.pem') },
    })
    expect(server.connections()).toBe(0)
  })
})

describe('TLS verification off', () => {
  it('goes on in the whole run, and run and findings say so', async () => {
    const { issuer } = await serve(['localhost'])
    await profile({ issuer, verify_tls: false })
    const done = await run('authorization-code', form)
    expect(done.problem).toBeUndefined()
    expect(done.exchanges).toHaveLength(3)
    expect(done.exchanges.every(({ connection }) => connection?.tls?.authorized === false)).toBe(true)
    expect(done.timeline[0]).toMatchObject({ kind: 'decision', subject: 'TLS', choice: 'not verified' })
    const findings = findingsOf(done).map(({ rule, severity }) => [rule, severity])
    expect(findings).toContainEqual(['tls.verification-off', 'error'])
    expect(findings).toContainEqual(['tls.invalid', 'error'])
  })

  it('on again, the same server is refused, with the chain to look at', async () => {
    const { issuer, seen } = await serve(['localhost'])
    await profile({ issuer })
    const done = await run('discover')
    expect(done.problem?.code).toBe('tls-untrusted')
    expect(findingsOf(done).map(({ rule }) => rule)).toEqual(['tls.invalid'])
    expect(done.exchanges[0]?.connection?.tls?.chain.at(-1)?.pem).toContain('BEGIN CERTIFICATE')
    expect(seen).toEqual([])
    // trusting what the server showed is enough
    await writeFile(join(test.folder, 'workspace', 'leaf.pem'), done.exchanges[0]!.connection!.tls!.chain[0]!.pem)
    expect((await run('discover', { ca_file: 'leaf.pem' })).outcome).toBe('succeeded')
  })
})

describe('a client certificate', () => {
  it('is shown to the issuer and its endpoints, with its key from the vault', async () => {
    const { issuer, seen } = await serve(['localhost'], true)
    const { cert, key } = ca.issue({ purpose: 'client', names: ['acme-client'] })
    await writeFile(join(test.folder, 'workspace', 'client.pem'), cert)
    await test.engine.runCommand('secret set', { name: 'client_key', value: key })
    await profile({ issuer, ca_file: 'ca.pem', client_certificate: 'client.pem', client_key: { secret: 'client_key' } })
    const { run: done, events } = await test.run({ operation: 'authorization-code', profile: 'acme', parameters: form })
    expect(done.problem).toBeUndefined()
    expect(seen.map(({ client }) => client)).toEqual(['acme-client', 'acme-client', 'acme-client'])
    expect(JSON.stringify(events)).not.toContain(key.split('\n')[3])
  })
})
