import { afterEach, describe, expect, it, vi } from 'vitest'
import { freePort, startHttpServer, startTcpServer } from '../../../tests/support/http-server.ts'
import { problem as problemError } from '../problems/problem-error.ts'
import type { TracedInit } from './exchange.ts'
import { problemOfRejection, recordingObserver, testTransport } from './testing/recording-observer.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The problem a fetch ends with, and what the observer saw. */
async function failing(url: string, init: Omit<TracedInit, 'observer'> = {}) {
  const { observer, seen } = recordingObserver()
  const transport = testTransport()
  closing.push(() => transport.close())
  const found = await problemOfRejection(transport.fetch(url, { ...init, observer }))
  expect(seen.map(({ endings, error }) => [endings, (error as { problem?: unknown }).problem])).toEqual([[1, found]])
  return { problem: found, facts: seen[0]!.facts! }
}

async function tcp(onConnection: Parameters<typeof startTcpServer>[0]) {
  const server = await startTcpServer(onConnection)
  closing.push(server.close)
  return server
}

describe('before HTTP', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]'])('nothing listens at %s', async (host) => {
    const port = await freePort()
    const { problem, facts } = await failing(`http://${host}:${port}/`)
    // A machine without IPv6 cannot reach ::1 at all; both are told as connection-refused.
    expect(problem.code).toBe('connection-refused')
    expect(problem.detail).toContain(`${host}:${port}`)
    expect(problem.whatToDo!.length).toBeGreaterThan(0)
    expect(facts.timings.totalMs).toBeGreaterThan(0)
  })

  it('a name that nobody knows', async () => {
    const { problem } = await failing('http://no-such-host.invalid/')
    expect(problem).toMatchObject({
      code: 'name-not-resolved',
      detail: expect.stringMatching(/^no-such-host\.invalid is a name/),
    })
  })
})

describe('a connection that breaks', () => {
  it('before the answer', async () => {
    const server = await tcp((socket) => socket.once('data', () => socket.destroy()))
    const { problem, facts } = await failing(server.origin)
    expect(problem).toMatchObject({ code: 'connection-lost', detail: expect.stringContaining('before it answered') })
    expect(facts.connection).toMatchObject({ remotePort: server.port, reused: false })
    expect(facts.timings.connectMs).toBeGreaterThanOrEqual(0)
  })

  it.each([
    ['of known length', 'Content-Length: 100\r\n\r\nonly this'],
    ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ['with a coding', 'Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n\x1f\x8b\x08'],
  ])('in the middle of a body %s', async (_name, answer) => {
    const server = await tcp((socket) =>
      socket.once('data', () => socket.end(Buffer.from(`HTTP/1.1 200 OK\r\n${answer}`, 'latin1'))),
    )
    const { problem, facts } = await failing(server.origin)
    expect(problem).toMatchObject({ code: 'connection-lost', detail: expect.stringContaining('middle of its answer') })
    expect(facts.timings.waitMs).toBeGreaterThanOrEqual(0)
  })

  it('or never was HTTP', async () => {
    const server = await tcp((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')))
    expect((await failing(server.origin)).problem).toMatchObject({ code: 'response-unexpected' })
  })

  it('has too many headers', async () => {
    const server = await tcp((socket) => {
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(200_000)}\r\n\r\n`))
    })
    expect((await failing(server.origin)).problem).toMatchObject({ code: 'response-unexpected' })
  })
})

describe('time', () => {
  it.each([
    ['no answer comes', '', /no answer came within 0.05 s/],
    ['the answer does not end', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi', /began but did not end/],
  ])('is bounded when %s', async (_name, answer, words) => {
    const server = await tcp((socket) => socket.once('data', () => void socket.write(answer)))
    const { problem } = await failing(server.origin, { timeoutMs: 50 })
    expect(problem).toMatchObject({ code: 'timeout', detail: expect.stringMatching(words) })
    expect(problem.detail).toContain(`127.0.0.1:${server.port}`)
  })

  it('is bounded in the TLS handshake', async () => {
    const server = await tcp(() => {})
    const { problem } = await failing(`https://127.0.0.1:${server.port}`, { timeoutMs: 50 })
    expect(problem).toMatchObject({ code: 'timeout', detail: expect.stringMatching(/TLS handshake/) })
  })

  it('of the caller is a timeout too', async () => {
    const server = await tcp(() => {})
    const { problem } = await failing(server.origin, { signal: AbortSignal.timeout(20) })
    expect(problem.code).toBe('timeout')
  })

  it('does not count while the request is held', async () => {
    const server = await startHttpServer((_request, response) => response.end('ok'))
    closing.push(server.close)
    const { observer } = recordingObserver(async () => {
      vi.useFakeTimers({ toFake: ['setTimeout'] })
      await vi.advanceTimersByTimeAsync(60_000)
      vi.useRealTimers()
    })
    const transport = testTransport()
    closing.push(() => transport.close())
    expect((await transport.fetch(server.origin, { observer })).status).toBe(200)
  })
})

describe('cancelling', () => {
  const reached = { lookup: '', wait: '', receive: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi' }

  it('before anything is sent', async () => {
    const server = await tcp(() => {})
    const { problem } = await failing(server.origin, { signal: AbortSignal.abort() })
    expect(problem.code).toBe('cancelled')
    expect(server.connections()).toBe(0)
  })

  it('while the connection is made', async () => {
    const server = await tcp(() => {})
    const abort = new AbortController()
    const pending = failing(`http://localhost:${server.port}`, { signal: abort.signal })
    setImmediate(() => abort.abort())
    expect((await pending).problem.code).toBe('cancelled')
  })

  it('in the TLS handshake', async () => {
    const abort = new AbortController()
    const server = await tcp((socket) => socket.once('data', () => abort.abort()))
    expect((await failing(`https://localhost:${server.port}`, { signal: abort.signal })).problem.code).toBe('cancelled')
  })

  it.each(['wait', 'receive'] as const)('in the phase %s closes the connection', async (phase) => {
    const abort = new AbortController()
    const gone = Promise.withResolvers<void>()
    const server = await tcp((socket) => {
      socket.on('close', () => gone.resolve())
      socket.once('data', () => {
        socket.write(reached[phase], () => setImmediate(() => abort.abort()))
      })
    })
    expect((await failing(server.origin, { signal: abort.signal })).problem.code).toBe('cancelled')
    await gone.promise
  })

  it('passes on the problem given as the reason', async () => {
    const server = await tcp(() => {})
    const reason = problemError('sign-in-timeout', 'Nobody signed in.')
    const { problem: found } = await failing(server.origin, { signal: AbortSignal.abort(reason) })
    expect(found).toBe(reason.problem)
  })
})
