import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isListening, openSocket, readToEnd, sendRequest } from './testing/send-request.ts'
import { isPending, listenAs, startHub } from './testing/start-hub.ts'

const hasIpv6 = await canBind('::1')

describe('addresses', () => {
  it('127.0.0.1 binds IPv4 only', async () => {
    const wait = await listenAs(startHub())
    expect(await isListening(wait.port, '127.0.0.1')).toBe(true)
    expect(await isListening(wait.port, '::1')).toBe(false)
  })

  it.runIf(hasIpv6)('[::1] binds IPv6 only', async () => {
    const wait = await listenAs(startHub(), { redirectUri: 'http://[::1]:0/cb' })
    expect(await isListening(wait.port, '127.0.0.1')).toBe(false)
    await sendRequest({ address: '::1', port: wait.port, path: '/cb?code=a&state=right' })
    expect((await wait.received).url).toBe(`http://[::1]:${wait.port}/cb?code=a&state=right`)
  })

  it.runIf(hasIpv6).each(['127.0.0.1', '::1'] as const)('localhost is answered at %s', async (address) => {
    const wait = await listenAs(startHub(), { redirectUri: 'http://localhost:0/cb' })
    expect(await isListening(wait.port, '127.0.0.1')).toBe(true)
    expect(await isListening(wait.port, '::1')).toBe(true)
    const host = `localhost:${wait.port}`
    expect((await sendRequest({ address, port: wait.port, path: '/cb?state=right', host: 'x' })).status).toBe(421)
    await sendRequest({ address, port: wait.port, path: '/cb?code=a&state=right', host })
    expect((await wait.received).url).toBe(`http://${host}/cb?code=a&state=right`)
    await wait.close()
    expect(await isListening(wait.port, '127.0.0.1')).toBe(false)
    expect(await isListening(wait.port, '::1')).toBe(false)
  })
})

describe('two runs in one process', () => {
  it('share a port by state', async () => {
    const hub = startHub()
    const first = await listenAs(hub, { state: 'one' })
    const second = await listenAs(hub, { state: 'two', redirectUri: first.redirectUri })
    await sendRequest({ port: first.port, path: '/callback?code=2&state=two' })
    expect((await second.received).parameters).toContainEqual(['code', '2'])
    expect(await isPending(first.received)).toBe(true)
    await second.close()

    const reload = await sendRequest({ port: first.port, path: '/callback?code=2&state=two' })
    expect(reload.body).toContain('has this answer already')
    expect(first.ignored).toEqual([])

    await sendRequest({ port: first.port, path: '/callback?code=1&state=one' })
    expect((await first.received).parameters).toContainEqual(['code', '1'])
    await first.close()
    expect(await isListening(first.port)).toBe(false)
  })

  it('both record an answer that is neither one`s', async () => {
    const hub = startHub()
    const first = await listenAs(hub, { state: 'one' })
    const second = await listenAs(hub, { state: 'two', redirectUri: first.redirectUri })
    const elsewhere = await listenAs(hub, { state: 'three', redirectUri: `http://127.0.0.1:${first.port}/other` })
    await sendRequest({ port: first.port, path: '/callback?code=3&state=zero' })
    expect(first.ignored[0]?.differs).toEqual([{ name: 'state', expected: 'one', received: 'zero' }])
    expect(second.ignored[0]?.differs).toEqual([{ name: 'state', expected: 'two', received: 'zero' }])
    expect(elsewhere.ignored).toEqual([])
  })

  it('one that was cancelled leaves the other alone', async () => {
    const hub = startHub()
    const first = await listenAs(hub, { state: 'one' })
    const second = await listenAs(hub, { state: 'two', redirectUri: first.redirectUri })
    first.cancel()
    await first.close()
    const late = await sendRequest({ port: first.port, path: '/callback?code=1&state=one' })
    expect(late.body).toContain('This sign-in has ended')
    expect(second.ignored).toEqual([])
    await sendRequest({ port: first.port, path: '/callback?code=2&state=two' })
    expect((await second.received).parameters).toContainEqual(['code', '2'])
  })

  it('at 127.0.0.1 and localhost share it, each under its own name', async () => {
    const hub = startHub()
    const first = await listenAs(hub, { state: 'one' })
    const second = await listenAs(hub, { state: 'two', redirectUri: `http://localhost:${first.port}/callback` })
    const wrongName = await sendRequest({ port: first.port, path: '/callback?code=2&state=two' })
    expect(wrongName.status).toBe(400)
    expect(first.ignored).toHaveLength(1)
    expect(second.ignored).toEqual([])
    await sendRequest({ port: first.port, path: '/callback?code=2&state=two', host: `localhost:${first.port}` })
    expect((await second.received).parameters).toContainEqual(['code', '2'])
  })

  it.each([
    ['the second has no state', 'one', null],
    ['the first has no state', null, 'two'],
    ['neither has one', null, null],
    ['both have the same', 'one', 'one'],
  ])('cannot share it when %s', async (_what, first, second) => {
    const hub = startHub()
    const holder = await listenAs(hub, { state: first, runId: 'run-7' })
    const refused = listenAs(hub, { state: second, redirectUri: holder.redirectUri })
    await expect(refused).rejects.toMatchObject({
      problem: {
        code: 'port-in-use',
        detail: expect.stringContaining(`Run run-7 in this Grantlab holds port ${holder.port}`),
      },
    })
    await holder.close()
    const later = await listenAs(hub, { state: second, redirectUri: holder.redirectUri })
    expect(later.port).toBe(holder.port)
  })

  it.runIf(hasIpv6)('a refused localhost leaves nothing bound', async () => {
    const hub = startHub()
    const holder = await listenAs(hub, { state: null, redirectUri: 'http://[::1]:0/cb' })
    const refused = listenAs(hub, { redirectUri: `http://localhost:${holder.port}/cb` })
    await expect(refused).rejects.toMatchObject({ problem: { code: 'port-in-use' } })
    expect(await isListening(holder.port, '127.0.0.1')).toBe(false)
    expect(await isListening(holder.port, '::1')).toBe(true)
  })

  it('many may come at once', async () => {
    const hub = startHub()
    const first = await listenAs(hub, { state: 'first' })
    const states = Array.from({ length: 20 }, (_, n) => `s${n}`)
    const waits = await Promise.all(states.map((state) => listenAs(hub, { state, redirectUri: first.redirectUri })))
    await Promise.all(
      states.map((state) => sendRequest({ port: first.port, path: `/callback?code=${state}&state=${state}` })),
    )
    const codes = await Promise.all(waits.map(async (wait) => (await wait.received).parameters[0]?.[1]))
    expect(codes).toEqual(states)
    await Promise.all(waits.map((wait) => wait.close()))
    expect(await isListening(first.port)).toBe(true)
  })
})

describe('another program', () => {
  it.runIf(hasIpv6).each(['127.0.0.1', '::1'])('that holds the port at %s is named', async (address) => {
    const port = await hold(address)
    const refused = listenAs(startHub(), { redirectUri: `http://localhost:${port}/cb` })
    await expect(refused).rejects.toMatchObject({
      problem: {
        code: 'port-in-use',
        detail: expect.stringContaining(`Another program holds port ${port}`),
        whatToDo: expect.arrayContaining([expect.stringContaining('Paste')]),
      },
    })
  })

  it.runIf(hasIpv6)('that holds only the other stack does not matter to 127.0.0.1', async () => {
    const port = await hold('::1')
    const wait = await listenAs(startHub(), { redirectUri: `http://127.0.0.1:${port}/cb` })
    expect(wait.port).toBe(port)
  })
})

describe('bounds', () => {
  it('refuses a posted answer over 64 KiB, announced or not', async () => {
    const wait = await listenAs(startHub())
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = `state=right&code=${'a'.repeat(64 * 1024)}`
    const announced = await sendRequest({ port: wait.port, path: '/callback', method: 'POST', headers: form, body })
    expect(announced.status).toBe(413)
    const chunked = { ...form, 'transfer-encoding': 'chunked' }
    const unannounced = await sendRequest({
      port: wait.port,
      path: '/callback',
      method: 'POST',
      headers: chunked,
      body,
    })
    expect(unannounced.status).toBe(413)
    expect(wait.ignored).toEqual([])
    expect(await isPending(wait.received)).toBe(true)
  })

  it('takes a large address, and refuses a larger one', async () => {
    const wait = await listenAs(startHub())
    const tooLarge = await sendRequest({ port: wait.port, path: `/callback?state=right&code=${'a'.repeat(70_000)}` })
    expect(tooLarge.status).toBe(431)
    await sendRequest({ port: wait.port, path: `/callback?state=right&code=${'a'.repeat(40_000)}` })
    expect((await wait.received).parameters[1]?.[1]).toHaveLength(40_000)
  })

  it('cuts off a client that does not finish its request', async () => {
    const wait = await listenAs(startHub({ slowClientMs: 50 }))
    const slow = await openSocket(wait.port)
    slow.write(`GET /callback?code=a&state=right HTTP/1.1\r\nHost: 127`)
    await readToEnd(slow)
    expect(slow.destroyed).toBe(true)
    expect(await isPending(wait.received)).toBe(true)
  })

  it('drops connections over the limit', async () => {
    const wait = await listenAs(startHub({ maxConnections: 2 }))
    await openSocket(wait.port)
    await openSocket(wait.port)
    const third = await openSocket(wait.port)
    third.write(`GET /callback HTTP/1.1\r\nHost: 127.0.0.1:${wait.port}\r\n\r\n`)
    expect(await readToEnd(third)).toBe('')
  })

  it('close destroys connections that sent nothing or keep alive, and frees the port at once', async () => {
    const hub = startHub({ closeGraceMs: 60_000 })
    const wait = await listenAs(hub)
    const silent = await openSocket(wait.port)
    const half = await openSocket(wait.port)
    half.write('GET /callback HTTP/1.1\r\n')
    const ends = Promise.all([readToEnd(silent), readToEnd(half)])
    await wait.close()
    expect(await ends).toEqual(['', ''])
    const again = await listenAs(hub, { redirectUri: wait.redirectUri })
    expect(again.port).toBe(wait.port)
  })

  it('close lets the page of the answer arrive whole', async () => {
    const wait = await listenAs(startHub())
    const page = sendRequest({ port: wait.port, path: '/callback?code=a&state=right' })
    await wait.received
    await wait.close()
    expect((await page).body).toMatch(/<\/html>\n$/)
  })

  it('close does not wait for ever for an answer that is half posted', async () => {
    const wait = await listenAs(startHub({ closeGraceMs: 20 }))
    const half = await openSocket(wait.port)
    const head = `POST /callback HTTP/1.1\r\nHost: 127.0.0.1:${wait.port}\r\nContent-Length: 50\r\nExpect: 100-continue\r\n`
    half.write(`${head}Content-Type: application/x-www-form-urlencoded\r\n\r\n`)
    await once(half, 'data')
    await wait.close()
    expect(await isListening(wait.port)).toBe(false)
  })

  it('a process ends by itself once nothing is waited for', async () => {
    const hub = new URL('./redirect-hub.ts', import.meta.url).href
    const program = `
      import { createRedirectHub } from ${JSON.stringify(hub)}
      import { connect } from 'node:net'
      const { signal } = new AbortController()
      const listener = await createRedirectHub().listen({ runId: 'r', redirectUri: 'http://localhost:0/', state: 's', signal, onIgnored() {} })
      const socket = connect(new URL(listener.redirectUri).port, '127.0.0.1')
      socket.on('connect', () => listener.close().then(() => process.stdout.write('closed')))
      socket.on('error', () => {})`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [code] = (await once(child, 'exit')) as [number]
    expect([code, output]).toEqual([0, 'closed'])
  })
})

/** Holds a free port of an address as another program would. */
async function hold(address: string): Promise<number> {
  const server = createServer()
  server.listen(0, address)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function canBind(address: string): Promise<boolean> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<boolean>()
  server.once('error', () => resolve(false))
  server.listen(0, address, () => server.close(() => resolve(true)))
  return promise
}
