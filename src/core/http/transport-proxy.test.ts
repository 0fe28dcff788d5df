import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startConnectProxy, type ConnectProxyOptions } from '../../../tests/support/connect-proxy.ts'
import { freePort, startHttpServer, type TestServer } from '../../../tests/support/http-server.ts'
import { createTestCa, type TestCa } from '../../../tests/support/test-ca.ts'
import { problemOfRejection, recordingObserver, testTransport } from './testing/recording-observer.ts'

let ca: TestCa
const closing: (() => unknown)[] = []
beforeAll(() => {
  ca = createTestCa()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const host = 'auth.example.test'

async function serve(secure: boolean): Promise<TestServer> {
  const certificate = secure ? ca.issue({ names: [host] }) : undefined
  const server = await startHttpServer((request, response) => response.end(`${request.headers.host}`), certificate)
  closing.push(server.close)
  return server
}

async function proxyTo(server: TestServer | undefined, options: ConnectProxyOptions = {}) {
  const connectTo = server && { host: '127.0.0.1', port: server.port }
  const proxy = await startConnectProxy({ ...options, ...(connectTo ? { connectTo } : {}) })
  closing.push(proxy.close)
  return proxy
}

function through(environment: Record<string, string>) {
  const { observer, seen } = recordingObserver()
  const transport = testTransport({ environment, extraCertificates: [ca.certificate] })
  closing.push(() => transport.close())
  return { seen, fetch: (url: string, more = {}) => transport.fetch(url, { observer, ...more }) }
}

describe('https through a proxy', () => {
  it('goes through a tunnel; certificate and proxy are recorded', async () => {
    const proxy = await proxyTo(await serve(true))
    const { fetch, seen } = through({ HTTPS_PROXY: proxy.address })
    const response = await fetch(`https://${host}/a`)
    expect(await response.text()).toBe(host)
    expect(proxy.requests).toEqual([`CONNECT ${host}:443`])
    const { connection, timings } = seen[0]!.facts!
    expect(connection).toMatchObject({ proxy: proxy.address, remotePort: proxy.port, tls: { authorized: true } })
    expect(Object.keys(timings).sort()).toEqual(['proxyMs', 'receiveMs', 'sendMs', 'tlsMs', 'totalMs', 'waitMs'])
    await fetch(`https://${host}/b`)
    expect(seen[1]!.facts!.connection).toMatchObject({ reused: true, proxy: proxy.address })
    expect(proxy.requests).toHaveLength(1)
  })

  it('sends the credentials of the address to the proxy, and shows them nowhere', async () => {
    const proxy = await proxyTo(await serve(true), { credentials: 'me:p@ss/word' })
    const { fetch, seen } = through({ https_proxy: `http://me:p%40ss%2Fword@127.0.0.1:${proxy.port}` })
    expect((await fetch(`https://${host}/`)).status).toBe(200)
    expect(seen[0]!.facts!.connection!.proxy).toBe(proxy.address)
    expect(JSON.stringify(seen[0]!.request.headers)).not.toContain('Proxy')
  })

  it.each([
    ['without', 'http://', 'asks for'],
    ['with wrong', 'http://me:wrong-password@', 'did not accept'],
  ])('%s credentials ends as 407 that names the proxy', async (_name, prefix, words) => {
    const server = await serve(true)
    const proxy = await proxyTo(server, { credentials: 'me:right-password' })
    const { fetch, seen } = through({ HTTPS_PROXY: `${prefix}127.0.0.1:${proxy.port}` })
    const problem = await problemOfRejection(fetch(`https://${host}/`))
    expect(problem).toMatchObject({ code: 'proxy-authentication-required', status: 407 })
    expect(problem.detail).toContain(`127.0.0.1:${proxy.port}`)
    expect(problem.detail).toContain(words)
    expect(problem.detail).toContain('Basic')
    expect(JSON.stringify(problem)).not.toContain('wrong-password')
    expect(seen[0]!.endings).toBe(1)
    expect(server.connections()).toBe(0)
  })

  it('ends as proxy-failed when the proxy refuses the host', async () => {
    const proxy = await proxyTo(undefined, { refuseWith: 403 })
    const problem = await problemOfRejection(through({ HTTPS_PROXY: proxy.address }).fetch(`https://${host}/`))
    expect(problem).toMatchObject({ code: 'proxy-failed', status: 403 })
    expect(problem.detail).toContain(`${host}:443`)
    expect(problem.detail).toContain(proxy.address)
  })

  it('ends as proxy-failed when nothing listens at the proxy', async () => {
    const port = await freePort()
    const { fetch, seen } = through({ HTTPS_PROXY: `http://me:hunter22@127.0.0.1:${port}` })
    const problem = await problemOfRejection(fetch(`https://${host}/`))
    expect(problem).toMatchObject({ code: 'proxy-failed' })
    expect(problem.detail).toContain(`http://127.0.0.1:${port}`)
    expect(JSON.stringify(problem)).not.toContain('hunter22')
    expect(seen[0]!.facts!.connection!.proxy).toBe(`http://127.0.0.1:${port}`)
  })

  it('still checks the name in the certificate', async () => {
    const proxy = await proxyTo(await serve(true))
    const problem = await problemOfRejection(
      through({ HTTPS_PROXY: proxy.address }).fetch('https://other.example.test/'),
    )
    expect(problem.code).toBe('tls-untrusted')
  })

  it('can be cancelled while the proxy is silent, and times out', async () => {
    const proxy = await proxyTo(undefined, { silent: true })
    const { fetch } = through({ HTTPS_PROXY: proxy.address })
    const abort = new AbortController()
    const pending = problemOfRejection(fetch(`https://${host}/`, { signal: abort.signal }))
    await expect.poll(() => proxy.requests.length).toBe(1)
    abort.abort()
    expect((await pending).code).toBe('cancelled')
    const slow = await problemOfRejection(fetch(`https://${host}/`, { timeoutMs: 50 }))
    expect(slow).toMatchObject({ code: 'timeout', detail: expect.stringContaining(proxy.address) })
  })
})

describe('http through a proxy', () => {
  it('sends the whole address and the recorded headers', async () => {
    const proxy = await proxyTo(await serve(false), { credentials: 'me:secret' })
    const { fetch, seen } = through({ HTTP_PROXY: `http://me:secret@127.0.0.1:${proxy.port}` })
    const response = await fetch(`http://${host}/a?b=c`)
    expect(await response.text()).toBe(host)
    expect(proxy.requests).toEqual([`GET http://${host}/a?b=c`])
    expect(proxy.rawHeaders[0]).toEqual(seen[0]!.request.headers.flat())
    expect(seen[0]!.facts!.connection!.proxy).toBe(proxy.address)
  })

  it('ends as 407 that names the proxy', async () => {
    const proxy = await proxyTo(undefined, { credentials: 'me:secret' })
    const problem = await problemOfRejection(through({ HTTP_PROXY: proxy.address }).fetch(`http://${host}/`))
    expect(problem).toMatchObject({ code: 'proxy-authentication-required' })
    expect(problem.detail).toContain(proxy.address)
  })
})

describe('what never goes through a proxy', () => {
  it.each(['127.0.0.1', 'localhost'])('%s', async (name) => {
    const server = await startHttpServer((_request, response) => response.end('direct'))
    closing.push(server.close)
    const proxy = await proxyTo(undefined)
    const { fetch, seen } = through({ HTTP_PROXY: proxy.address, ALL_PROXY: proxy.address })
    expect(await (await fetch(`http://${name}:${server.port}/`)).text()).toBe('direct')
    expect(proxy.requests).toEqual([])
    expect(seen[0]!.facts!.connection!.proxy).toBeUndefined()
  })

  it('a 407 of a server itself is an answer', async () => {
    const server = await startHttpServer((_request, response) => response.writeHead(407).end())
    closing.push(server.close)
    expect((await through({}).fetch(server.origin)).status).toBe(407)
  })
})
