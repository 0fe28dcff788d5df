import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer, get, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { joinOrStartPlayground, joinPlayground } from '../index.ts'
import { temporaryFolder, testPlayground } from '../testing/test-playground.ts'
import { proofPath } from './proof.ts'
import { announceRunning, runningFileName } from './running-file.ts'

const nonce = 'ab'.repeat(32)

/** A server that is no playground; answers its port and the heads of all requests that it got. */
async function stranger(listener: RequestListener): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(JSON.stringify([request.url, request.rawHeaders]))
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, heard }
}

async function readRunning(dataFolder: string): Promise<unknown> {
  return JSON.parse(await readFile(join(dataFolder, runningFileName), 'utf8'))
}

test('one that runs is joined: the same clients, users and addresses; leaving it does not end it', async () => {
  const dataFolder = await temporaryFolder()
  const running = await testPlayground({ dataFolder })
  const joined = await joinPlayground({ dataFolder })
  expect(joined?.info).toEqual(running.info)
  await joined?.stop()
  expect(await joined?.ended).toBeUndefined()
  expect(await joined?.answers?.()).toBe(true)
  expect((await joinOrStartPlayground({ dataFolder })).info.port).toBe(running.info.port)
  await running.stop()
  expect(await joined?.answers?.()).toBe(false)
  expect(await joinPlayground({ dataFolder })).toBeUndefined()
})

test('a playground in a worker is joined too', async () => {
  const dataFolder = await temporaryFolder()
  const running = await testPlayground({ dataFolder, inWorker: true })
  expect((await joinPlayground({ dataFolder }))?.info).toEqual(running.info)
  await running.stop()
  expect(await readdir(dataFolder)).toEqual(['playground.json'])
})

test('the file tells port and process, is private, is whole, and goes with the playground', async () => {
  const dataFolder = await temporaryFolder()
  const running = await testPlayground({ dataFolder })
  expect(await readRunning(dataFolder)).toEqual({ version: 1, port: running.info.port, pid: process.pid })
  if (process.platform !== 'win32') {
    expect((await stat(join(dataFolder, runningFileName))).mode & 0o777).toBe(0o600)
  }
  expect((await readdir(dataFolder)).sort()).toEqual([runningFileName, 'playground.json'])
  await running.stop()
  expect(await readdir(dataFolder)).toEqual(['playground.json'])
})

test('of two in one folder the last is found, and the first leaves its file alone', async () => {
  const dataFolder = await temporaryFolder()
  const first = await testPlayground({ dataFolder })
  const second = await testPlayground({ dataFolder })
  await first.stop()
  expect((await joinPlayground({ dataFolder }))?.info.port).toBe(second.info.port)
})

test('one that ends with a command is not found', async () => {
  const dataFolder = await temporaryFolder()
  await testPlayground({ dataFolder, joinable: false })
  expect(await readdir(dataFolder)).toEqual(['playground.json'])
})

test('where the file cannot be written a playground starts all the same, and leaves nothing behind', async () => {
  const dataFolder = await temporaryFolder()
  await mkdir(join(dataFolder, runningFileName, 'in-the-way'), { recursive: true })
  const running = await testPlayground({ dataFolder })
  expect((await fetch(`${running.info.issuer}/jwks`)).status).toBe(200)
  await running.stop()
  expect((await readdir(dataFolder)).sort()).toEqual([runningFileName, 'playground.json'])
})

test('a file left behind is ignored, and a new playground starts', async () => {
  const dataFolder = await temporaryFolder()
  const gone = await testPlayground({ dataFolder })
  await gone.stop()
  await announceRunning(dataFolder, gone.info.port)
  expect(await joinPlayground({ dataFolder })).toBeUndefined()
  const started = await joinOrStartPlayground({ dataFolder, port: 0, inWorker: false })
  onTestFinished(() => started.stop())
  expect(started.answers).toBeUndefined()
  expect(await readRunning(dataFolder)).toMatchObject({ port: started.info.port })
})

test.each([
  '',
  'no JSON',
  '[]',
  'null',
  '{"version":1}',
  '{"version":1,"port":70000,"pid":1}',
  '{"version":1,"port":"1"}',
])('a file that says %s is ignored', async (text) => {
  const dataFolder = await temporaryFolder()
  await testPlayground({ dataFolder })
  await writeFile(join(dataFolder, runningFileName), text)
  expect(await joinPlayground({ dataFolder })).toBeUndefined()
})

test('a file of another version is ignored, and so is one without a state that can be read', async () => {
  const dataFolder = await temporaryFolder()
  const { info } = await testPlayground({ dataFolder })
  await writeFile(join(dataFolder, runningFileName), JSON.stringify({ version: 2, port: info.port, pid: process.pid }))
  expect(await joinPlayground({ dataFolder })).toBeUndefined()
  await announceRunning(dataFolder, info.port)
  expect(await joinPlayground({ dataFolder })).toBeDefined()
  await writeFile(join(dataFolder, 'playground.json'), '{"version": 1')
  expect(await joinPlayground({ dataFolder })).toBeUndefined()
})

test('a playground of another data folder at the port is not taken for the own one', async () => {
  const dataFolder = await temporaryFolder()
  await (await testPlayground({ dataFolder })).stop()
  const other = await testPlayground()
  await announceRunning(dataFolder, other.info.port)
  expect(await joinPlayground({ dataFolder })).toBeUndefined()
})

const lies: [string, (real: string) => RequestListener][] = [
  [
    'says what it likes',
    () => (_request, response) => response.end('{"ports":{"port":1,"telnyxPort":2},"proof":"00"}'),
  ],
  ['says nothing of use', () => (_request, response) => response.end('<h1>Welcome</h1>')],
  [
    'sends on to the real one',
    (real) => (request, response) => response.writeHead(307, { location: real + request.url }).end(),
  ],
  [
    'asks the real one and passes its answer on',
    (real) => (request, response) => {
      get(real + request.url, (answer) => answer.pipe(response))
    },
  ],
  [
    'asks the real one and puts its own port in the answer',
    (real) => (request, response) => {
      const own = Number(request.headers.host?.split(':')[1])
      void fetch(real + request.url)
        .then(async (answer) => (await answer.json()) as { ports: object; proof: string })
        .then(({ ports, proof }) => response.end(JSON.stringify({ ports: { ...ports, port: own }, proof })))
    },
  ],
  [
    'repeats what the real one said to another question',
    (real) => (_request, response) => {
      get(`${real}${proofPath}?nonce=${nonce}`, (answer) => answer.pipe(response))
    },
  ],
  [
    'never stops talking',
    () => (_request, response) => {
      const more = () => response.write(Buffer.alloc(64 * 1024)) && setImmediate(more)
      response.on('drain', more).on('error', () => undefined)
      more()
    },
  ],
  ['never says anything', () => () => undefined],
]

test.each(lies)('who took the port and %s is not believed, and hears no secret', async (_name, lie) => {
  const dataFolder = await temporaryFolder()
  const real = await testPlayground({ dataFolder })
  const { port, heard } = await stranger(lie(real.info.issuer))
  await announceRunning(dataFolder, port)
  expect(await joinPlayground({ dataFolder })).toBeUndefined()
  expect(heard).toHaveLength(1)
  const state = await readFile(join(dataFolder, 'playground.json'), 'utf8')
  const { cookieKeys, clientSecrets } = JSON.parse(state) as { cookieKeys: string[]; clientSecrets: object }
  for (const secret of [...cookieKeys, ...Object.values(clientSecrets)]) expect(heard.join()).not.toContain(secret)
})

test('the proof tells no secret, wants a nonce, and is not for another Host', async () => {
  const dataFolder = await temporaryFolder()
  const { info } = await testPlayground({ dataFolder })
  const answer = await fetch(`${info.issuer}${proofPath}?nonce=${nonce}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.has('access-control-allow-origin')).toBe(false)
  const text = await answer.text()
  expect(Object.keys(JSON.parse(text) as object)).toEqual(['ports', 'proof'])
  for (const { client_secret } of info.clients) if (client_secret) expect(text).not.toContain(client_secret)
  for (const query of ['', '?nonce=', '?nonce=short', `?nonce=${'z'.repeat(64)}`]) {
    expect((await fetch(info.issuer + proofPath + query)).status).toBe(400)
  }
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  const headers = { host: `rebound.example:${info.port}` }
  get(`${info.issuer}${proofPath}?nonce=${nonce}`, { headers }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
  expect(await promise).toBe(421)
})
