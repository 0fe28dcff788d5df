import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { Engine, EngineDescription } from '../contract/engine.ts'
import type { RunEvent } from '../contract/events.ts'
import { engineOverWire, problemIn, type EngineWire, type WireOptions } from '../contract/wire.ts'
import { problem } from './problems/problem-error.ts'
import { createEngineRouter, type EngineRouter } from './router.ts'

const description: EngineDescription = {
  version: '1',
  operations: [
    {
      id: 'discover',
      group: 'discovery',
      title: 'Discover',
      summary: '',
      specification: [],
      parameters: [
        { name: 'issuer', title: 'Issuer', type: 'url', hint: 'Where.' },
        { name: 'client_secret', title: 'Secret', type: 'secret', hint: 'What.' },
        { name: 'timeout_seconds', title: 'Timeout', type: 'integer', hint: 'How long.', minimum: 1 },
      ],
      steps: [],
    },
  ],
  commands: [{ id: 'profiles show', title: 'Show', summary: '', parameters: [] }],
  clientAuthMethods: [],
  vendors: [],
  userAgents: [],
  capabilities: { openBrowser: false, playground: false, chooseFolder: false, host: 'test' },
}

function eventOf(seq: number): RunEvent {
  const base = { seq, at: '2026-01-01T00:00:00.000Z', elapsedMs: seq }
  return seq === 3
    ? { ...base, type: 'run.finished', outcome: 'succeeded' }
    : { ...base, type: 'step.started', step: `${seq}`, parent: null, name: 'a', title: 'A' }
}

/** An engine small enough to read, with the same manners as the real one. */
function smallEngine() {
  const seen = { closed: [] as string[], calls: [] as unknown[], open: 0 }
  const endless = async function* (signal?: AbortSignal) {
    seen.open++
    try {
      yield eventOf(1)
      yield eventOf(2)
      await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))
    } finally {
      seen.closed.push('endless')
    }
  }
  const engine: Engine = {
    describe: async () => description,
    startRun: async (input) => {
      seen.calls.push(input)
      if (input.operation !== 'discover') throw problem('unknown-operation', `There is no ${input.operation}.`)
      return { runId: 'run-1' }
    },
    runEvents: ({ runId, after = 0 }, options) => {
      if (runId === 'endless') return endless(options?.signal)
      return (async function* () {
        if (runId === 'bad') throw problem('run-not-found', 'No such run.')
        for (const seq of [1, 2, 3]) if (seq > after) yield eventOf(seq)
      })()
    },
    cancelRun: async ({ runId }) => {
      if (runId === 'boom') throw new Error('the secret is hunter2hunter2')
    },
    resumeRun: async (input) => void seen.calls.push(input),
    answerWait: async (input) => void seen.calls.push(input),
    readBody: async ({ offset, length }) => ({ text: 'a body'.slice(offset, offset + length), characters: 6 }),
    reveal: async ({ fingerprint }) => ({ value: `clear ${fingerprint}` }),
    runCommand: async (id, parameters) => ({ id, parameters }) as never,
  }
  return { engine, seen }
}

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** The engine behind a router behind a WebSocket behind a client: the way the window reaches it. */
async function overSocket(engine: Engine, options: WireOptions = {}) {
  const logged: unknown[] = []
  const handler = new RPCHandler(createEngineRouter(engine, { log: (error) => logged.push(error) }))
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => void handler.upgrade(socket))
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connect = () => {
    const websocket = new WebSocket(`ws://127.0.0.1:${port}`)
    closers.push(() => websocket.terminate())
    const client: RouterClient<EngineRouter> = createORPCClient(new RPCLink({ websocket }))
    return { websocket, wire: client satisfies EngineWire as EngineWire }
  }
  closers.push(() => server.close())
  const first = connect()
  return { logged, connect, server, socket: first.websocket, remote: engineOverWire(first.wire, options) }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => problemIn(error),
  )

test('every method answers the same over the wire as in process', async () => {
  const { engine } = smallEngine()
  const { remote } = await overSocket(engine)
  const calls: ((one: Engine) => Promise<unknown>)[] = [
    (one) => one.describe(),
    (one) => one.startRun({ operation: 'discover', parameters: { issuer: 'https://a.test' } }),
    (one) => collect(one.runEvents({ runId: 'run-1' })),
    (one) => collect(one.runEvents({ runId: 'run-1', after: 1 })),
    (one) => one.cancelRun({ runId: 'run-1' }),
    (one) => one.resumeRun({ runId: 'run-1', all: true }),
    (one) => one.answerWait({ runId: 'run-1', wait: 'wait-1', text: 'x', kind: 'response' }),
    (one) => one.readBody({ runId: 'run-1', body: '1', offset: 2, length: 3 }),
    (one) => one.reveal({ fingerprint: 'a91c' }),
    (one) => one.runCommand('profiles show', { name: 'acme' }),
  ]
  for (const call of calls) expect(await call(remote)).toEqual(await call(engine))
})

test('a problem crosses the wire whole, from a call and from a stream', async () => {
  const { engine } = smallEngine()
  const { remote } = await overSocket(engine)
  const wrong = (one: Engine) => failureOf(one.startRun({ operation: 'nope', parameters: {} }))
  expect(await wrong(remote)).toEqual(await wrong(engine))
  expect(await wrong(remote)).toMatchObject({ code: 'unknown-operation' })
  const lost = (one: Engine) => failureOf(collect(one.runEvents({ runId: 'bad' })))
  expect(await lost(remote)).toEqual(await lost(engine))
})

test('an unforeseen error is internal, without its text, and is logged here', async () => {
  const { engine } = smallEngine()
  const { remote, logged } = await overSocket(engine)
  const found = await failureOf(remote.cancelRun({ runId: 'boom' }))
  expect(found?.code).toBe('internal')
  expect(JSON.stringify(found)).not.toContain('hunter2')
  expect(logged).toHaveLength(1)
  expect(logged[0]).toMatchObject({ message: expect.stringContaining('hunter2') })
})

test('input that does not fit names its place and quotes no value', async () => {
  const { engine, seen } = smallEngine()
  const { remote, logged } = await overSocket(engine)
  const start = (parameters: object) =>
    failureOf(remote.startRun({ operation: 'discover', parameters: parameters as never }))
  expect(await start({ timeout_seconds: 0 })).toMatchObject({
    code: 'parameter-invalid',
    place: { pointer: '/parameters/timeout_seconds' },
  })
  const secret = await start({ client_secret: { value: 'hunter2hunter2' } })
  expect(secret).toMatchObject({ code: 'parameter-invalid', place: { pointer: '/parameters/client_secret' } })
  expect(JSON.stringify(secret)).not.toContain('hunter2')
  expect(await failureOf(remote.readBody({ runId: 'r', body: 'b', offset: -1, length: 1 }))).toMatchObject({
    code: 'parameter-invalid',
    place: { pointer: '/offset' },
  })
  expect(await failureOf(remote.startRun({ operation: 'discover', parameters: {}, extra: 1 } as never))).toMatchObject({
    code: 'parameter-invalid',
  })
  expect(seen.calls).toEqual([])
  expect(logged).toEqual([])
})

test('an empty text, null and a secret reference pass to the engine as they are', async () => {
  const { engine, seen } = smallEngine()
  const { remote } = await overSocket(engine)
  const parameters = { timeout_seconds: '', issuer: null, client_secret: { secret: 'acme_prod' } }
  await remote.startRun({ operation: 'discover', parameters })
  expect(seen.calls).toEqual([{ operation: 'discover', parameters }])
})

test('what a person confirms and allows passes to the engine', async () => {
  const { engine, seen } = smallEngine()
  const { remote } = await overSocket(engine)
  const order = { operation: 'discover', parameters: { issuer: 'https://a.test' }, confirm: 'live', allowSecrets: true }
  await remote.startRun(order)
  expect(seen.calls).toEqual([order])
  expect(await failureOf(remote.startRun({ ...order, allowSecrets: 'yes' } as never))).toMatchObject({
    code: 'parameter-invalid',
  })
})

test('leaving the loop closes the generator at the other end', async () => {
  const { engine, seen } = smallEngine()
  const { remote } = await overSocket(engine)
  const closed = expect.poll(() => seen.closed)
  for await (const event of remote.runEvents({ runId: 'endless' })) if (event.seq === 1) break
  await closed.toEqual(['endless'])
})

test('aborting ends the stream quietly at both ends', async () => {
  const { engine, seen } = smallEngine()
  const { remote } = await overSocket(engine)
  const abort = new AbortController()
  const events: number[] = []
  for await (const { seq } of remote.runEvents({ runId: 'endless' }, { signal: abort.signal })) {
    events.push(seq)
    if (seq === 2) abort.abort()
  }
  expect(events).toEqual([1, 2])
  await expect.poll(() => seen.closed).toEqual(['endless'])
})

test('a broken socket ends the generator; the stream resumes after the last event on the next socket', async () => {
  const { engine, seen } = smallEngine()
  const asked: (number | undefined)[] = []
  const original = engine.runEvents
  engine.runEvents = (input, options) => {
    asked.push(input.after)
    return original(asked.length === 1 ? input : { ...input, runId: 'run-1' }, options)
  }
  const setup = await overSocket(engine)
  const broken = setup.connect()
  let wire = broken.wire
  const relay: EngineWire = { ...wire, runs: { ...wire.runs, events: (...call) => wire.runs.events(...call) } }
  const remote = engineOverWire(relay, {
    reconnected: async () => {
      wire = setup.connect().wire
    },
  })
  const events: number[] = []
  for await (const { seq } of remote.runEvents({ runId: 'endless' })) {
    events.push(seq)
    if (seq === 2) broken.websocket.terminate()
  }
  expect(events).toEqual([1, 2, 3])
  expect(asked).toEqual([0, 2])
  await expect.poll(() => seen.closed).toEqual(['endless'])
})

test('a broken socket without a way to reconnect is a problem', async () => {
  const { engine } = smallEngine()
  const { remote, socket } = await overSocket(engine)
  await remote.describe()
  const streaming = failureOf(
    (async () => {
      for await (const { seq } of remote.runEvents({ runId: 'endless' })) if (seq === 2) socket.terminate()
    })(),
  )
  expect(await streaming).toMatchObject({ code: 'connection-lost' })
  expect(await failureOf(remote.describe())).toMatchObject({ code: 'connection-lost' })
})
