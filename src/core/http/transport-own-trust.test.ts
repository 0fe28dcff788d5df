import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startConnectProxy } from '../../../tests/support/connect-proxy.ts'
import { startHttpServer } from '../../../tests/support/http-server.ts'
import { createSelfSigned, createTestCa, type TestCa, type TestCertificate } from '../../../tests/support/test-ca.ts'
import type { HttpTransportSettings, TracedInit } from './exchange.ts'
import { readProxy } from './proxy-settings.ts'
import { problemOfRejection, recordingObserver, testTransport } from './testing/recording-observer.ts'

let root: TestCa
let intermediate: TestCa
const closing: (() => unknown)[] = []
beforeAll(() => {
  root = createTestCa('Root of the test')
  intermediate = root.intermediate('Intermediate of the test')
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve(certificate: TestCertificate) {
  const server = await startHttpServer((_request, response) => response.end('ok'), certificate)
  closing.push(server.close)
  return server
}

/** A server that talks only to clients with a certificate of the root. */
async function serveClients(version: 'TLSv1.2' | 'TLSv1.3' = 'TLSv1.3') {
  const seen: string[] = []
  const options = { ...root.issue(), ca: root.certificate, requestCert: true, minVersion: version, maxVersion: version }
  const server = createServer(options, (request, response) => {
    const { subject } = (
      request.socket as unknown as { getPeerCertificate(): { subject: { CN: string } } }
    ).getPeerCertificate()
    seen.push(subject.CN)
    response.end('known')
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closing.push(() => (server.closeAllConnections(), server.close()))
  return { seen, origin: `https://localhost:${(server.address() as AddressInfo).port}` }
}

function over(settings: Partial<HttpTransportSettings>) {
  const { observer, seen } = recordingObserver()
  const transport = testTransport(settings)
  closing.push(() => transport.close())
  return { seen, fetch: (url: string, more: Partial<TracedInit> = {}) => transport.fetch(url, { observer, ...more }) }
}

describe('certificates a person trusts', () => {
  it.each<[string, () => [served: TestCertificate, trusted: string]]>([
    ['a self-signed leaf', () => [createSelfSigned(), '']],
    ['a leaf of an unknown issuer', () => leafAlone(intermediate)],
    ['an intermediate, which the server sends', () => [intermediate.issue(), intermediate.certificate]],
    ['an intermediate, which the server does not send', () => [leafAlone(intermediate)[0], intermediate.certificate]],
    ['a root, with its intermediate sent', () => [intermediate.issue(), root.certificate]],
    ['a root, which the server does not send', () => [leafAlone(root)[0], root.certificate]],
  ])('%s is enough', async (_what, make) => {
    const [served, trusted] = make()
    const server = await serve(served)
    const { fetch, seen } = over({ extraCertificates: [trusted || served.cert] })
    expect((await fetch(server.origin)).status).toBe(200)
    expect(seen[0]!.facts!.connection!.tls).toMatchObject({ authorized: true })
    // the same server is not trusted without it
    expect((await problemOfRejection(over({}).fetch(server.origin))).code).toBe('tls-untrusted')
  })

  it.each<[string, () => string]>([
    ['an intermediate of another root', () => createTestCa('Other').intermediate('Other below').certificate],
    ['another leaf', () => leafAlone(intermediate)[1]],
  ])('%s is not', async (_what, trusted) => {
    const server = await serve(intermediate.issue())
    const problem = await problemOfRejection(over({ extraCertificates: [trusted()] }).fetch(server.origin))
    expect(problem.code).toBe('tls-untrusted')
    expect(server.requests).toHaveLength(0)
  })

  it('a trusted leaf is still for its own names and its own time alone', async () => {
    const other = createSelfSigned(['other.example'])
    const name = await problemOfRejection(over({ extraCertificates: [other.cert] }).fetch((await serve(other)).origin))
    expect(name.detail).toContain('ERR_TLS_CERT_ALTNAME_INVALID')
    const past = intermediate.issue({ validFrom: new Date('2020-01-01'), validTo: new Date('2020-02-01') })
    const time = over({ extraCertificates: [past.alone] }).fetch((await serve(past)).origin)
    expect((await problemOfRejection(time)).detail).toContain('CERT_HAS_EXPIRED')
  })
})

function leafAlone(ca: TestCa): [TestCertificate, string] {
  const { alone, key } = ca.issue()
  return [{ cert: alone, key }, alone]
}

describe('with verification off', () => {
  it.each([
    ['unknown issuer', () => root.issue(), /SELF_SIGNED|UNABLE/],
    ['another name', () => createSelfSigned(['other.example']), /./],
    ['expired', () => root.issue({ validFrom: new Date('2020-01-01'), validTo: new Date('2020-02-01') }), /./],
  ])('the request goes on and the certificate is recorded as it is: %s', async (_what, issue, error) => {
    const server = await serve(issue())
    const { fetch, seen } = over({ verifyTls: false })
    expect((await fetch(server.origin)).status).toBe(200)
    await fetch(server.origin)
    for (const { facts } of seen) {
      expect(facts!.connection!.tls).toMatchObject({
        authorized: false,
        authorizationError: expect.stringMatching(error),
        chain: [
          expect.objectContaining({ pem: expect.stringContaining('BEGIN') }),
          ...facts!.connection!.tls!.chain.slice(1),
        ],
      })
    }
  })

  it('the certificate of a proxy is verified all the same', async () => {
    const proxy = await serve(root.issue())
    const settings = { verifyTls: false, proxy: readProxy('profile', `https://localhost:${proxy.port}`) }
    const problem = await problemOfRejection(over(settings).fetch('https://auth.example.test/'))
    expect(problem.code).toBe('tls-untrusted')
    expect(proxy.requests).toHaveLength(0)
  })
})

describe('a client certificate', () => {
  const mine = () => {
    const { cert, key } = root.issue({ purpose: 'client', names: ['me'] })
    return { extraCertificates: [root.certificate], clientCertificate: { cert, key } }
  }

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is shown to a server that asks for it (%s)', async (version) => {
    const { origin, seen } = await serveClients(version)
    const { fetch } = over(mine())
    const response = await fetch(origin, { showsClient: true })
    expect(await response.text()).toBe('known')
    expect(seen).toEqual(['me'])
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is not shown in a request to a stranger (%s)', async (version) => {
    const { origin, seen } = await serveClients(version)
    const { fetch } = over(mine())
    expect((await problemOfRejection(fetch(origin))).code).toMatch(/^(tls-failed|connection-lost)$/)
    // a connection that was made with it is not taken for others
    await fetch(origin, { showsClient: true })
    expect((await problemOfRejection(fetch(origin))).code).toMatch(/^(tls-failed|connection-lost)$/)
    expect(seen).toEqual(['me'])
  })

  it('that the server does not know ends as a problem of the connection', async () => {
    const { origin, seen } = await serveClients()
    const { cert, key } = createTestCa('Somebody else').issue({ purpose: 'client', names: ['me'] })
    const settings = { extraCertificates: [root.certificate], clientCertificate: { cert, key } }
    const problem = await problemOfRejection(over(settings).fetch(origin, { showsClient: true }))
    expect(problem.code).toMatch(/^(tls-failed|connection-lost)$/)
    expect(seen).toEqual([])
  })
})

describe('a proxy chosen for a profile', () => {
  const host = 'auth.example.test'
  it('takes the place of the environment’s, also for what NO_PROXY lists', async () => {
    const server = await serve(root.issue({ names: [host] }))
    const proxy = await startConnectProxy({ connectTo: { host: '127.0.0.1', port: server.port } })
    closing.push(proxy.close)
    const environment = { HTTPS_PROXY: 'http://nobody.invalid:1', NO_PROXY: '*' }
    const settings = { environment, extraCertificates: [root.certificate], proxy: readProxy('profile', proxy.address) }
    expect((await over(settings).fetch(`https://${host}/`)).status).toBe(200)
    expect(proxy.requests).toEqual([`CONNECT ${host}:443`])
  })

  it('can be none at all', async () => {
    const server = await startHttpServer((_request, response) => response.end('direct'))
    closing.push(server.close)
    const proxy = await startConnectProxy()
    closing.push(proxy.close)
    // a name that is no loopback name but leads here, so that only `direct` keeps the proxy out
    const environment = { HTTP_PROXY: proxy.address }
    const problem = over({ environment, proxy: 'direct' }).fetch('http://nobody.invalid/')
    expect((await problemOfRejection(problem)).code).toBe('name-not-resolved')
    expect(proxy.requests).toEqual([])
  })

  it('is named as the profile’s when it cannot be used', async () => {
    const problem = await problemOfRejection(
      over({ proxy: readProxy('profile', 'http://127.0.0.1:1') }).fetch(`https://${host}/`),
    )
    expect(problem).toMatchObject({ code: 'proxy-failed', detail: expect.stringContaining('from the profile') })
    expect(problem.whatToDo!.join(' ')).toContain('(proxy)')
  })
})
