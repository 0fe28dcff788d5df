import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import { connect, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { RunEvent } from '../contract/events.ts'
import { engineOverWire, problemIn } from '../contract/wire.ts'
import type { EngineRouter } from '../core/router.ts'
import { openSession, openSocket, postSession, send, servePage, tokenOf } from './testing/serve-page.ts'

test('the page comes with a fresh nonce in its policy and in itself each time', async () => {
  await using host = await servePage()
  const nonceOf = async () => {
    const { status, headers, text } = await send(host.server, '/')
    expect(status).toBe(200)
    const inPolicy = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1]
    const inPage = /csp-nonce" nonce="([^"]+)"/.exec(text)?.[1]
    expect(inPage).toBe(inPolicy)
    expect(headers['cache-control']).toBe('no-store')
    return String(inPage)
  }
  const nonces = [await nonceOf(), await nonceOf(), await nonceOf()]
  expect(new Set(nonces).size).toBe(3)
  expect(Buffer.from(nonces[0] ?? '', 'base64').length).toBeGreaterThanOrEqual(16)
})

test('the policy allows nothing but the page itself', async () => {
  await using host = await servePage()
  const { headers } = await send(host.server, '/')
  const policy = String(headers['content-security-policy'])
  for (const part of [
    `default-src 'none'`,
    `script-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `worker-src 'self'`,
  ]) {
    expect(policy.split('; ')).toContain(part)
  }
  expect(policy).not.toContain('unsafe-eval')
  expect(policy.split('; ').filter((part) => part.includes('unsafe-inline'))).toEqual([
    `style-src-attr 'unsafe-inline'`,
  ])
})

test('files have their type and caching', async () => {
  await using host = await servePage()
  const script = await send(host.server, '/assets/app-1a2b.js')
  expect(script).toMatchObject({
    status: 200,
    text: 'export {}',
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    },
  })
  expect((await send(host.server, '/icon.svg')).headers['content-type']).toBe('image/svg+xml')
  expect(await send(host.server, '/assets/app-1a2b.js', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
})

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '//etc/passwd',
  '/link.txt',
  '/notes.map',
  '/%00',
  '/%',
  '/assets/',
  '/index.html/',
  'http://evil.test/secret.txt',
])('nothing outside of the listed files is served: %s', async (path) => {
  await using host = await servePage()
  const { status, text } = await send(host.server, path)
  expect(status).toBe(404)
  expect(text).not.toContain('outside')
  expect(host.logged).toEqual([])
})

test.each(['evil.test', 'localhost:PORT', '127.0.0.1', '127.0.0.1:1', '127.0.0.1:PORT.evil.test', '[::1]:PORT'])(
  'a foreign Host is refused: %s',
  async (name) => {
    await using host = await servePage()
    const foreign = name.replace('PORT', new URL(host.server.origin).port)
    const token = tokenOf(host.server)
    expect(await send(host.server, '/', { headers: { Host: foreign } })).toMatchObject({ status: 421 })
    const post = await postSession(host.server, { token }, { Host: foreign })
    expect(post.status).toBe(421)
    const session = await openSession(host.server)
    expect(await openSocket(host.server, ['grantlab', `session.${session}`], { host: foreign })).toBe(421)
    expect((await postSession(host.server, { token })).status).toBe(200)
  },
)

test.each(['http://evil.test', 'http://localhost:PORT', 'http://127.0.0.1:1', 'null', ''])(
  'a foreign Origin is refused: %s',
  async (name) => {
    await using host = await servePage()
    const origin = name.replace('PORT', new URL(host.server.origin).port)
    const token = tokenOf(host.server)
    const post = await postSession(host.server, { token }, { Origin: origin })
    expect(post.status).toBe(403)
    expect(post.text).not.toContain('session":')
    const session = await openSession(host.server)
    expect(await openSocket(host.server, ['grantlab', `session.${session}`], { origin })).toBe(403)
    // The refused request did not use the token up.
    expect((await postSession(host.server, { token })).status).toBe(200)
  },
)

test('a token works once, and the refusal says what to do', async () => {
  await using host = await servePage()
  const token = tokenOf(host.server)
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  const first = await postSession(host.server, { token })
  expect(first.status).toBe(200)
  expect(first.headers['cache-control']).toBe('no-store')
  const second = await postSession(host.server, { token })
  expect(second.status).toBe(401)
  expect(JSON.parse(second.text)).toEqual({
    error: 'token-not-valid',
    message: expect.stringContaining('Enter in the terminal'),
  })
  expect((await postSession(host.server, { token: 'x'.repeat(43) })).status).toBe(401)
  expect((await postSession(host.server, {})).status).toBe(400)
})

test('each address has its own token, and a session can be asked for again after a reload', async () => {
  await using host = await servePage()
  const [one, two] = [await openSession(host.server), await openSession(host.server)]
  expect(one).not.toBe(two)
  for (const session of [one, two]) {
    const answer = await postSession(host.server, { session })
    expect(JSON.parse(answer.text)).toEqual({ session })
  }
  expect((await postSession(host.server, { session: 'other' })).status).toBe(401)
  expect((await postSession(host.server, { session: tokenOf(host.server) })).status).toBe(401)
})

test('what is no small JSON by POST is refused at /session', async () => {
  await using host = await servePage()
  const headers = { Origin: host.server.origin }
  expect((await send(host.server, '/session')).status).toBe(405)
  expect((await send(host.server, '/session', { method: 'POST', headers, body: '{}' })).status).toBe(415)
  expect((await postSession(host.server, { token: 'x' }, { 'Content-Type': 'text/plain' })).status).toBe(415)
  expect((await postSession(host.server, { token: 'x'.repeat(5000) })).status).toBe(413)
  const broken = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: 'null' }
  expect((await send(host.server, '/session', broken)).status).toBe(400)
  expect((await send(host.server, '/', { method: 'POST', headers })).status).toBe(405)
})

test.each([
  ['no subprotocol', []],
  ['no token', ['grantlab']],
  ['a wrong token', ['grantlab', 'session.wrong']],
  ['an empty token', ['grantlab', 'session.']],
  ['another subprotocol', ['other', 'session.SESSION']],
  ['the token alone', ['session.SESSION']],
])('a socket with %s is refused', async (_what, protocols) => {
  await using host = await servePage()
  const session = await openSession(host.server)
  const offered = protocols.map((one) => one.replace('SESSION', session))
  expect(await openSocket(host.server, offered)).toBe(401)
})

test('a one-time token is no session, and another path no socket', async () => {
  await using host = await servePage()
  expect(await openSocket(host.server, ['grantlab', `session.${tokenOf(host.server)}`])).toBe(401)
  const session = await openSession(host.server)
  for (const path of ['/', '/rpc/', '/rpc?x=1']) {
    expect(await openSocket(host.server, ['grantlab', `session.${session}`], { path })).toBe(404)
  }
})

test('a socket with a session speaks to the engine and is not told the token back', async () => {
  await using host = await servePage()
  const socket = await openSocket(host.server, ['grantlab', `session.${await openSession(host.server)}`])
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  expect(socket.protocol).toBe('grantlab')
  expect(host.server.pages).toBe(1)
  const wire: RouterClient<EngineRouter> = createORPCClient(new RPCLink({ websocket: socket }))
  expect(await engineOverWire(wire).describe()).toMatchObject({ version: '1' })
  socket.close()
  await once(socket, 'close')
  await expect.poll(() => host.server.pages).toBe(0)
})

test('no answer sets a cookie or lets another origin read', async () => {
  await using host = await servePage()
  const other = { Origin: 'http://127.0.0.1:1' }
  const answers = [
    await send(host.server, '/', { headers: other }),
    await send(host.server, '/assets/app-1a2b.js', { headers: other }),
    await send(host.server, '/session', {
      method: 'OPTIONS',
      headers: { ...other, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
    }),
    await postSession(host.server, { token: tokenOf(host.server) }),
    await postSession(host.server, { token: 'wrong' }),
    await send(host.server, '/missing'),
  ]
  for (const { headers } of answers) {
    expect(Object.keys(headers).filter((name) => /^access-control|^set-cookie|^timing-allow/.test(name))).toEqual([])
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  }
})

test('a page that does not read holds back its own stream, and a closed one ends it', async () => {
  let produced = 0
  let closed = false
  const big = 'x'.repeat(64 * 1024)
  const runEvents = async function* (): AsyncGenerator<RunEvent> {
    try {
      for (let seq = 1; ; seq++) {
        produced = seq
        yield { seq, at: big, elapsedMs: 0, type: 'exchange.held', exchange: 'x' }
      }
    } finally {
      closed = true
    }
  }
  await using host = await servePage({ engine: { runEvents } })
  const socket = await openSocket(host.server, ['grantlab', `session.${await openSession(host.server)}`])
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  const wire: RouterClient<EngineRouter> = createORPCClient(new RPCLink({ websocket: socket }))
  const events = engineOverWire(wire).runEvents({ runId: 'endless' })[Symbol.asyncIterator]()
  expect((await events.next()).value).toMatchObject({ seq: 1 })
  socket.pause()
  // Once the buffers of both ends are full nothing more is produced: the count stands still between two polls.
  let before = -1
  await expect
    .poll(
      () => {
        const still = produced === before
        before = produced
        return still
      },
      { interval: 200, timeout: 10_000 },
    )
    .toBe(true)
  expect(produced).toBeLessThan(2000)
  socket.terminate()
  await expect.poll(() => closed).toBe(true)
})

test('a port in use is a problem that names it', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const found = await servePage({ port }).then(
    () => undefined,
    (error: unknown) => problemIn(error),
  )
  expect(found).toMatchObject({ code: 'port-in-use', detail: expect.stringContaining(String(port)) })
  other.close()
})

test('it listens on 127.0.0.1 only', async () => {
  await using host = await servePage()
  const port = Number(new URL(host.server.origin).port)
  const others = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address))
  for (const address of ['::1', ...others].filter((one) => one !== '127.0.0.1')) {
    const socket = connect({ host: address, port })
    const reached = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    expect(reached, address).toBe(false)
  }
})

test('closing ends the open sockets', async () => {
  const host = await servePage()
  const socket = await openSocket(host.server, ['grantlab', `session.${await openSession(host.server)}`])
  if (!(socket instanceof WebSocket)) throw new Error('refused')
  const ended = once(socket, 'close')
  await host[Symbol.asyncDispose]()
  expect((await ended)[0]).toBe(1001)
})
