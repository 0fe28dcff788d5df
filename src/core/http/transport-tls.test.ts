import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startHttpServer, startTcpServer, type TestServer } from '../../../tests/support/http-server.ts'
import { createTestCa, type TestCa, type TestCertificate } from '../../../tests/support/test-ca.ts'
import type { HttpTransportSettings } from './exchange.ts'
import { problemOfRejection, recordingObserver, testTransport } from './testing/recording-observer.ts'

let ca: TestCa
let good: TestCertificate
let folder: string
const closing: (() => unknown)[] = []

beforeAll(async () => {
  ca = createTestCa()
  good = ca.issue()
  folder = await mkdtemp(join(tmpdir(), 'grantlab-tls-'))
  await writeFile(join(folder, 'ca.pem'), ca.certificate)
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  await writeFile(join(folder, 'broken-and-ca.pem'), broken + ca.certificate)
  await writeFile(join(folder, 'empty.pem'), 'nothing here')
  await writeFile(join(folder, 'zero.pem'), '')
  await writeFile(join(folder, 'broken.pem'), broken)
  return () => rm(folder, { recursive: true })
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve(certificate: TestCertificate): Promise<TestServer> {
  const server = await startHttpServer((_request, response) => response.end('ok'), certificate)
  closing.push(server.close)
  return server
}

/** Fetches once; the observer's view and the problem, if any. */
async function tryFetch(url: string, settings: Partial<HttpTransportSettings>) {
  const { observer, seen } = recordingObserver()
  const transport = testTransport(settings)
  closing.push(() => transport.close())
  const run = transport.fetch(url, { observer, headers: { authorization: 'Bearer secret' } })
  const problem = await run.then(
    () => undefined,
    () => problemOfRejection(run),
  )
  return { problem, transport, observer, seen, first: seen[0] }
}

describe('a server under a private CA', () => {
  it('is trusted through extraCertificates; protocol, cipher and chain are recorded', async () => {
    const server = await serve(good)
    const { problem, first } = await tryFetch(server.origin, { extraCertificates: [ca.certificate] })
    expect(problem).toBeUndefined()
    // the name is sent along, so that a server of many names answers with the right certificate
    expect((server.requests[0]!.socket as TLSSocket & { servername: unknown }).servername).toBe('localhost')
    const { connection, timings } = first!.facts!
    expect(connection!.tls).toMatchObject({
      protocol: 'TLSv1.3',
      cipher: expect.stringMatching(/^TLS_/),
      serverName: 'localhost',
      authorized: true,
    })
    const [leaf, root] = connection!.tls!.chain
    expect(leaf).toMatchObject({
      subject: 'CN=localhost',
      issuer: 'CN=Grantlab test CA',
      subjectAltName: expect.stringContaining('DNS:localhost'),
      fingerprint256: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      serialNumber: expect.stringMatching(/^[0-9A-F]+$/),
    })
    expect(leaf!.pem.trim().replaceAll('\r', '')).toBe(
      good.cert.split(/(?<=-----END CERTIFICATE-----)/)[0]!.replaceAll('\r', ''),
    )
    expect(new Date(leaf!.validTo).getTime()).toBeGreaterThan(Date.now())
    expect(root).toMatchObject({ subject: 'CN=Grantlab test CA', issuer: 'CN=Grantlab test CA' })
    expect(connection!.tls!.chain).toHaveLength(2)
    expect(timings.tlsMs).toBeGreaterThan(0)
  })

  it('shows its chain on a reused connection too, and on a second connection', async () => {
    const server = await serve(good)
    const settings = { extraCertificates: [ca.certificate] }
    const { transport, observer, seen } = await tryFetch(server.origin, settings)
    await transport.fetch(server.origin, { observer })
    const fresh = await tryFetch(server.origin, settings)
    const all = [...seen, ...fresh.seen].map(({ facts }) => facts!.connection!)
    expect(all.map(({ reused }) => reused)).toEqual([false, true, false])
    expect(all.map(({ tls }) => tls!.chain.length)).toEqual([2, 2, 2])
    expect(seen[1]!.facts!.timings.tlsMs).toBeUndefined()
  })

  it.each(['ca.pem', 'broken-and-ca.pem'])('is trusted through NODE_EXTRA_CA_CERTS: %s', async (name) => {
    const server = await serve(good)
    const { problem } = await tryFetch(server.origin, { environment: { NODE_EXTRA_CA_CERTS: join(folder, name) } })
    expect(problem).toBeUndefined()
  })

  it.each(['missing.pem', 'empty.pem', 'zero.pem', 'broken.pem', '.'])(
    'names the file when NODE_EXTRA_CA_CERTS is %s',
    async (name) => {
      const server = await serve(good)
      const file = join(folder, name)
      const { problem, first } = await tryFetch(server.origin, { environment: { NODE_EXTRA_CA_CERTS: file } })
      expect(problem).toMatchObject({ code: 'file-invalid', place: { file }, detail: expect.stringContaining(file) })
      expect(first!.endings).toBe(1)
      expect(server.connections()).toBe(0)
    },
  )

  it('reads no certificate file for plain http', async () => {
    const server = await startHttpServer((_request, response) => response.end('ok'))
    closing.push(server.close)
    const { problem } = await tryFetch(server.origin, { environment: { NODE_EXTRA_CA_CERTS: '/nowhere/at/all.pem' } })
    expect(problem).toBeUndefined()
  })
})

describe('a certificate that does not pass', () => {
  const past = { validFrom: new Date('2020-01-01'), validTo: new Date('2020-02-01') }
  const future = { validFrom: new Date('2090-01-01'), validTo: new Date('2091-01-01') }
  it.each([
    ['unknown issuer', () => good, false, /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO/],
    ['another name', () => ca.issue({ names: ['other.example'] }), true, /ERR_TLS_CERT_ALTNAME_INVALID/],
    ['expired', () => ca.issue(past), true, /CERT_HAS_EXPIRED/],
    ['not valid yet', () => ca.issue(future), true, /CERT_NOT_YET_VALID/],
  ])('(%s) stops the request before a byte of it is sent, and shows the chain', async (...[, issue, trusted, code]) => {
    const server = await serve(issue())
    const settings = trusted ? { extraCertificates: [ca.certificate] } : {}
    const { problem, first } = await tryFetch(server.origin, settings)
    expect(problem).toMatchObject({ code: 'tls-untrusted', detail: expect.stringMatching(code) })
    expect(problem!.detail).toContain(`localhost:${server.port}`)
    expect(problem!.detail).toContain(first!.facts!.connection!.tls!.chain[0]!.subject)
    expect(first!.facts!.connection!.tls).toMatchObject({
      authorized: false,
      authorizationError: expect.stringMatching(code),
    })
    expect(first!.facts!.connection!.tls!.chain.length).toBeGreaterThan(0)
    expect(first!.endings).toBe(1)
    // the connection was made, the server saw it end, and no request
    expect(server.connections()).toBe(1)
    expect(server.requests).toHaveLength(0)
  })

  it('tells how to trust an unknown issuer', async () => {
    const server = await serve(good)
    const { problem } = await tryFetch(server.origin, {})
    expect(problem!.whatToDo!.join(' ')).toContain('NODE_EXTRA_CA_CERTS')
  })

  it('is checked against an address, too', async () => {
    const server = await serve(ca.issue({ names: ['localhost'] }))
    const { problem } = await tryFetch(`https://127.0.0.1:${server.port}`, { extraCertificates: [ca.certificate] })
    expect(problem!.detail).toContain('ERR_TLS_CERT_ALTNAME_INVALID')
    const right = await serve(ca.issue({ names: ['127.0.0.1'] }))
    const { first } = await tryFetch(`https://127.0.0.1:${right.port}`, { extraCertificates: [ca.certificate] })
    expect(first!.response!.status).toBe(200)
  })
})

describe('no TLS at all', () => {
  it('is tls-failed, with the hint to try http', async () => {
    const server = await startHttpServer((_request, response) => response.end('ok'))
    closing.push(server.close)
    const { problem } = await tryFetch(`https://localhost:${server.port}`, {})
    expect(problem).toMatchObject({ code: 'tls-failed', detail: expect.stringContaining(`localhost:${server.port}`) })
    expect(problem!.whatToDo!.join(' ')).toContain('http://')
  })

  it('is tls-failed when the server hangs up in the handshake', async () => {
    const server = await startTcpServer((socket) => socket.once('data', () => socket.destroy()))
    closing.push(server.close)
    const { problem } = await tryFetch(`https://localhost:${server.port}`, {})
    expect(problem).toMatchObject({ code: 'tls-failed' })
  })

  it('is told the other way round: http to a TLS port', async () => {
    const server = await serve(good)
    const { problem } = await tryFetch(`http://localhost:${server.port}`, {})
    expect(problem!.code).toMatch(/^(response-unexpected|connection-lost)$/)
  })
})
