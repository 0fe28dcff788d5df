import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { startTcpServer } from '../../../tests/support/http-server.ts'
import { problemOfRejection, recordingObserver, testTransport } from './testing/recording-observer.ts'
import { useServers } from './testing/use-server.ts'

const { closing, serve, transport } = useServers()

describe('what goes out', () => {
  it('is exactly what the observer saw, in order and with the names as given', async () => {
    let wire = ''
    const server = await startTcpServer((socket) => {
      socket.on('data', (chunk) => {
        wire += chunk.toString('latin1')
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
      })
    })
    closing.push(server.close)
    const { observer, seen } = recordingObserver()
    await transport().fetch(`${server.origin}/token?x=1#gone`, {
      method: 'post',
      headers: { 'X-First': '1', authorization: 'Bearer abc', 'x-last': '3' },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'a b' }),
      observer,
    })
    const { request } = seen[0]!
    const lines = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    expect(wire).toBe(`POST /token?x=1 HTTP/1.1\r\n${lines}\r\n${Buffer.from(request.body!).toString()}`)
    expect(request.headers).toEqual([
      ['Host', `127.0.0.1:${server.port}`],
      ['X-First', '1'],
      ['authorization', 'Bearer abc'],
      ['x-last', '3'],
      ['Accept', '*/*'],
      ['User-Agent', 'Grantlab'],
      ['Accept-Encoding', 'gzip, br'],
      ['Content-Type', 'application/x-www-form-urlencoded;charset=UTF-8'],
      ['Content-Length', '39'],
      ['Connection', 'keep-alive'],
    ])
    expect(request.url).toBe(`${server.origin}/token?x=1`)
  })

  it('keeps what the caller set, repeated names too', async () => {
    const server = await serve((request, response) => {
      const raw = request.rawHeaders
      response.end(JSON.stringify(raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1]]] : []))))
    })
    const { observer } = recordingObserver()
    const response = await transport().fetch(server.origin, {
      headers: [
        ['user-agent', 'mine'],
        ['ACCEPT', 'text/html'],
        ['X-Twice', 'a'],
        ['X-Twice', 'b'],
      ],
      observer,
    })
    expect(await response.json()).toEqual([
      ['Host', `127.0.0.1:${server.port}`],
      ['user-agent', 'mine'],
      ['ACCEPT', 'text/html'],
      ['X-Twice', 'a'],
      ['X-Twice', 'b'],
      ['Accept-Encoding', 'gzip, br'],
      ['Connection', 'keep-alive'],
    ])
  })

  it('is nothing at all until the observer lets it go', async () => {
    const server = await serve((_request, response) => response.end('ok'))
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const { observer } = recordingObserver(() => gate)
    const pending = transport().fetch(server.origin, { observer })
    const other = recordingObserver()
    await transport().fetch(server.origin, { observer: other.observer }) // a whole exchange later …
    expect(server.connections()).toBe(1) // … the held one has not even connected
    release()
    expect((await pending).status).toBe(200)
  })

  it('is nothing when the observer refuses', async () => {
    const server = await serve((_request, response) => response.end('ok'))
    const { observer } = recordingObserver(() => Promise.reject(new Error('stopped')))
    await expect(transport().fetch(server.origin, { observer })).rejects.toThrow('stopped')
    expect(server.connections()).toBe(0)
  })

  it.each([
    ['a header with a line break', '/', { headers: { 'x-a': 'secret-value\r\nx-b: 2' } }],
    ['a header outside latin1', '/', { headers: { 'x-a': 'secret-value\u4e2d' } }],
  ])('is refused for %s, without repeating it', async (_name, path, init) => {
    const server = await serve((_request, response) => response.end('ok'))
    const { observer, seen } = recordingObserver()
    const problem = await problemOfRejection(transport().fetch(server.origin + path, { ...init, observer }))
    expect(problem.code).toBe('parameter-invalid')
    expect(problem.detail).toContain('"x-a"')
    expect(JSON.stringify(problem)).not.toContain('secret-value')
    expect(seen).toHaveLength(0)
  })

  it.each(['ftp://example.com/', 'http://user:hunter22@example.com/', 'nonsense'])('is refused for %s', async (url) => {
    const { observer } = recordingObserver()
    const problem = await problemOfRejection(transport().fetch(url, { observer }))
    expect(problem.code).toBe('parameter-invalid')
    expect(JSON.stringify(problem)).not.toContain('hunter22')
  })
})

describe('what comes back', () => {
  it('is kept raw: status text, names, repeated headers', async () => {
    const server = await startTcpServer((socket) => {
      const head = 'HTTP/1.1 299 Very Fine\r\nSet-Cookie: a=1\r\nset-COOKIE: b=2\r\nX-A: 1\r\nX-a: 2\r\n'
      socket.once('data', () => socket.end(`${head}Content-Length: 2\r\n\r\nhi`))
    })
    closing.push(server.close)
    const { observer, seen } = recordingObserver()
    const response = await transport().fetch(server.origin, { observer })
    expect(seen[0]!.response).toMatchObject({
      httpVersion: '1.1',
      status: 299,
      statusText: 'Very Fine',
      headers: [
        ['Set-Cookie', 'a=1'],
        ['set-COOKIE', 'b=2'],
        ['X-A', '1'],
        ['X-a', '2'],
        ['Content-Length', '2'],
      ],
      wireBytes: 2,
      truncated: false,
    })
    expect(response.headers.get('x-A')).toBe('1, 2')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(response.headers.get('nothing')).toBeNull()
    expect(await response.text()).toBe('hi')
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('is decoded: %s', async (coding, compress) => {
    const text = 'a long text that compresses '.repeat(200)
    const wire = compress(text)
    const server = await serve((_request, response) => response.setHeader('content-encoding', coding).end(wire))
    const { observer, seen } = recordingObserver()
    const response = await transport().fetch(server.origin, { observer })
    expect(await response.text()).toBe(text)
    expect(seen[0]!.response!.wireBytes).toBe(wire.length)
  })

  it('is given as it came when it does not decode', async () => {
    const server = await serve((_request, response) => response.setHeader('content-encoding', 'gzip').end('plain'))
    const { observer } = recordingObserver()
    expect(await (await transport().fetch(server.origin, { observer })).text()).toBe('plain')
  })

  it('may be empty under a coding', async () => {
    const server = await serve((_request, response) => response.setHeader('content-encoding', 'gzip').end())
    const { observer } = recordingObserver()
    const response = await transport().fetch(server.origin, { observer })
    expect(await response.text()).toBe('')
    expect(response.truncated).toBe(false)
  })

  it('is cut at the bound, and the connection is not used again', async () => {
    const server = await serve((_request, response) => response.end('x'.repeat(300_000)))
    const { observer, seen } = recordingObserver()
    const own = transport()
    const response = await own.fetch(server.origin, { observer, maxBodyBytes: 1000 })
    expect(response.truncated).toBe(true)
    expect((await response.text()).length).toBe(1000)
    await own.fetch(server.origin, { observer })
    expect(seen.map(({ facts }) => facts!.connection!.reused)).toEqual([false, false])
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('is cut at the bound before a %s bomb unfolds', async (coding, compress) => {
    const bomb = compress(Buffer.alloc(200 * 1024 * 1024))
    const server = await serve((_request, response) => response.setHeader('content-encoding', coding).end(bomb))
    const { observer, seen } = recordingObserver()
    const before = process.memoryUsage().arrayBuffers
    const response = await transport().fetch(server.origin, { observer, maxBodyBytes: 100_000 })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024)
    expect(response.truncated).toBe(true)
    expect(seen[0]!.response!.body.length).toBe(100_000)
  })
})

describe('connections and timings', () => {
  it('reuses a connection within the transport and says so', async () => {
    const server = await serve((_request, response) => response.end('ok'))
    const { observer, seen } = recordingObserver()
    const own = transport()
    await own.fetch(server.origin, { observer })
    await own.fetch(server.origin, { observer })
    const [first, second] = seen.map(({ facts }) => facts!)
    expect(first!.connection).toEqual({ remoteAddress: '127.0.0.1', remotePort: server.port, reused: false })
    expect(second!.connection).toEqual({ remoteAddress: '127.0.0.1', remotePort: server.port, reused: true })
    expect(Object.keys(first!.timings).sort()).toEqual(['connectMs', 'receiveMs', 'sendMs', 'totalMs', 'waitMs'])
    expect(Object.keys(second!.timings).sort()).toEqual(['receiveMs', 'sendMs', 'totalMs', 'waitMs'])
    expect(server.connections()).toBe(1)
    const { totalMs, ...phases } = first!.timings
    expect(Object.values(phases).reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(totalMs)
  })

  it('measures the look-up of a name', async () => {
    const server = await serve((_request, response) => response.end('ok'))
    const { observer, seen } = recordingObserver()
    await transport().fetch(`http://localhost:${server.port}`, { observer })
    expect(seen[0]!.facts!.timings.dnsMs).toBeGreaterThan(0)
  })

  it('closes its connections', async () => {
    const server = await serve((_request, response) => response.end('ok'))
    const { observer } = recordingObserver()
    const own = testTransport()
    await own.fetch(server.origin, { observer })
    const gone = new Promise((resolve) => server.requests[0]!.socket.once('close', resolve))
    own.close()
    await gone
  })
})
