import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { PlaygroundError, startPlayground, type PlaygroundInfo } from './index.ts'
import { obtainTokens, requestToken } from './testing/flows.ts'
import { Person } from './testing/person.ts'
import { temporaryFolder, testPlayground } from './testing/test-playground.ts'

/** Takes a port on 127.0.0.1 until the test ends; port 0 takes a free one. Answers nothing when it is taken already. */
async function takePort(port: number): Promise<number | undefined> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  server.once('error', () => resolve(undefined))
  server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  onTestFinished(() => void server.close())
  return promise
}

test('runs in a worker: a whole flow, then stop closes the port and ends the worker', async () => {
  const playground = await startPlayground({ port: 0, dataFolder: await temporaryFolder() })
  const { info } = playground
  expect(info.issuer).toBe(`http://127.0.0.1:${info.port}`)
  expect(info.clients.map(({ client_id }) => client_id)).toEqual(['public', 'confidential', 'confidential-post'])
  expect(info.users.map(({ username }) => username)).toEqual(['alice', 'bob'])
  expect(info.apis[0]).toEqual({
    resource: 'urn:playground:api',
    url: `${info.issuer}/api/hello`,
    scope: 'api:read',
  })
  expect(await obtainTokens(info)).toMatchObject({ status: 200 })
  await Promise.all([playground.stop(), playground.stop()])
  expect(await playground.ended).toBeUndefined()
  await expect(fetch(info.issuer)).rejects.toThrow()
})

test('a restart keeps keys, client secrets and so the signatures', async () => {
  const dataFolder = await temporaryFolder()
  const first = await testPlayground({ dataFolder })
  const jwks = await (await fetch(`${first.info.issuer}/jwks`)).json()
  const person = new Person(first.info.issuer)
  await obtainTokens(first.info, { person })
  await first.stop()
  const second = await testPlayground({ dataFolder, port: first.info.port })
  // Only the emulator's port may be another: no one asked for it.
  expect({ ...second.info, telnyx: first.info.telnyx }).toEqual(first.info)
  expect(await (await fetch(`${second.info.issuer}/jwks`)).json()).toEqual(jwks)
  // The browser still has the cookies of the first run; its session is gone, so it signs in again.
  expect(await obtainTokens(second.info, { person })).toMatchObject({ status: 200 })
})

test('the published keys hold no private part', async () => {
  const { info } = await testPlayground()
  const { keys } = (await (await fetch(`${info.issuer}/jwks`)).json()) as { keys: Record<string, unknown>[] }
  expect(keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256'])
  for (const key of keys) expect(Object.keys(key)).not.toContain('d')
})

test('without a port it takes 7420 or, when that is taken, a free one', async () => {
  await takePort(7420)
  const playground = await startPlayground({ inWorker: false, dataFolder: await temporaryFolder() })
  onTestFinished(() => playground.stop())
  expect(playground.info.port).not.toBe(7420)
  expect((await fetch(`${playground.info.issuer}/jwks`)).status).toBe(200)
})

test.each([true, false])('a given port that is taken is an error that names it (in a worker: %s)', async (inWorker) => {
  const port = await takePort(0)
  const starting = startPlayground({ port: port ?? 0, inWorker, dataFolder: await temporaryFolder() })
  const error: unknown = await starting.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(PlaygroundError)
  expect(error).toMatchObject({ code: 'port-taken', message: expect.stringContaining(`${port}`) as string })
})

test('a damaged state file is an error that names it, through the worker as well', async () => {
  const dataFolder = await temporaryFolder()
  const file = join(dataFolder, 'playground.json')
  await writeFile(file, 'broken')
  const starting = startPlayground({ port: 0, dataFolder })
  await expect(starting).rejects.toMatchObject({ code: 'state-file-damaged' })
  await expect(starting).rejects.toThrow(file)
  expect(await readFile(file, 'utf8')).toBe('broken')
})

test('a life of no seconds is refused', async () => {
  const dataFolder = await temporaryFolder()
  const starting = startPlayground({ port: 0, dataFolder, codeSeconds: 0, inWorker: false })
  await expect(starting).rejects.toMatchObject({ code: 'bad-option' })
})

test('an abort ends a start under way, and stops what runs', async () => {
  const dataFolder = await temporaryFolder()
  const starting = new AbortController()
  const start = startPlayground({ port: 0, dataFolder, signal: starting.signal })
  starting.abort(new Error('not needed any more'))
  await expect(start).rejects.toThrow('not needed any more')
  const running = new AbortController()
  const playground = await startPlayground({ port: 0, dataFolder, signal: running.signal })
  running.abort()
  expect(await playground.ended).toBeUndefined()
  await expect(fetch(playground.info.issuer)).rejects.toThrow()
})

/** Runs a script in a process of its own, with startPlayground at hand and the data folder as an argument. */
async function runInProcess(script: string, dataFolder: string): Promise<{ stdout: string; stderr: string }> {
  const front = new URL('./index.ts', import.meta.url).href
  const source = `import { startPlayground } from ${JSON.stringify(front)}
    const playground = await startPlayground({ port: 0, dataFolder: process.argv[1] })
    ${script}`
  const args = ['--input-type=module', '--eval', source, dataFolder]
  return promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } })
}

test('prints nothing, and lets its process exit without being stopped', async () => {
  const script = `const { issuer } = playground.info
    for (const path of ['/', '/auth?client_id=x', '/jwks', '/nowhere', '/session/end', '/me']) {
      await (await fetch(issuer + path, { headers: { origin: 'http://127.0.0.1:1' } })).text()
    }
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'confidential-post',
      client_secret: playground.info.clients[2].client_secret })
    await (await fetch(issuer + '/token', { method: 'POST', body })).text()
    const { base_url, api_key, machine_client_id: client_id, machine_client_secret: client_secret } = playground.info.telnyx
    const headers = { authorization: 'Bearer ' + api_key, 'content-type': 'application/json' }
    for (const path of ['/oauth/jwks', '/oauth/authorize', '/oauth_clients', '/nowhere']) {
      await (await fetch(base_url + path, { headers })).text()
    }
    for (const path of ['/oauth/token', '/oauth/introspect', '/oauth/register']) {
      const body = JSON.stringify({ grant_type: 'client_credentials', client_id, client_secret, token: 'x' })
      await (await fetch(base_url + path, { method: 'POST', headers, body })).text()
    }`
  expect(await runInProcess(script, await temporaryFolder())).toEqual({ stdout: '', stderr: '' })
})

test('two processes that start at once on one folder end with the same keys', async () => {
  const dataFolder = await temporaryFolder()
  const script = `const jwks = await (await fetch(playground.info.issuer + '/jwks')).json()
    console.log(JSON.stringify({ jwks, clients: playground.info.clients }))`
  const [first, second] = await Promise.all([runInProcess(script, dataFolder), runInProcess(script, dataFolder)])
  expect(first.stdout).not.toBe('')
  expect(second.stdout).toBe(first.stdout)
})

test('another Host header is refused', async () => {
  const { info } = await testPlayground()
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  const { get } = await import('node:http')
  get(`${info.issuer}/jwks`, { headers: { host: `rebound.example:${info.port}` } }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
  expect(await promise).toBe(421)
})

test('many sign-ins in a row work, each in its own browser', async () => {
  const { info } = await testPlayground()
  const count = 40
  for (let index = 0; index < count; index += 1) {
    const tokens = await obtainTokens(info, { person: new Person(info.issuer) })
    expect(tokens.status).toBe(200)
  }
  expect(await refreshes(info, 40)).toBe(40)
})

/** Refreshes that many times in a row; answers how many worked. */
async function refreshes(info: PlaygroundInfo, count: number): Promise<number> {
  let { refresh_token } = await obtainTokens(info)
  let worked = 0
  for (let index = 0; index < count; index += 1) {
    const answer = await requestToken(info, 'public', { grant_type: 'refresh_token', refresh_token })
    if (answer.status === 200) worked += 1
    refresh_token = answer.refresh_token
  }
  return worked
}
