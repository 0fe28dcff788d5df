import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { problemLineIn, reportIn } from '../support/cli-bench.ts'
import { startHttpServer } from '../support/http-server.ts'
import { runCli } from '../support/run-cli.ts'
import { startCli, type RunningCli } from '../support/start-cli.ts'

const environment = { GRANTLAB_VAULT_PASSPHRASE: 'a passphrase for tests' }
const playground = ['--profile', 'playground']
let folder: string
let dataFolder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-joined-'))
  dataFolder = join(folder, 'data')
  expect(await grantlab('vault', 'use', 'passphrase')).toMatchObject({ exitCode: 0 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const folders = () => ['--data-dir', dataFolder, '--workspace', join(folder, 'workspace')]
const grantlab = (...args: string[]) => runCli([...args, ...folders()], { environment })
const runningFile = () => join(dataFolder, 'playground-running.json')
const machine = () => grantlab('client-credentials', ...playground, '--client-id', 'confidential', '--json')

async function serve(): Promise<{ cli: RunningCli; issuer: string }> {
  const cli = startCli(['playground', '--port', '0', '--json', '--data-dir', dataFolder], environment)
  const { issuer } = JSON.parse((await cli.shows(/^\{.*\}\n/))[0]) as { issuer: string }
  return { cli, issuer }
}

describe('a playground in another terminal', () => {
  let served: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => {
    served = await serve()
  })
  afterAll(async () => {
    served.cli.child.kill('SIGKILL')
    await served.cli.ended
  })

  it('is used by each call, so a token of one is good for the next', async () => {
    const signedIn = await grantlab('authorization-code', ...playground, '--agent', 'form', '--json')
    expect(signedIn).toMatchObject({ exitCode: 0, stderr: '' })
    expect(reportIn(signedIn)).toMatchObject({ outcome: 'succeeded' })
    expect(signedIn.stdout).toContain(served.issuer)
    const userinfo = await grantlab('userinfo', ...playground)
    expect(userinfo).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^sub +alice$/m) as string })
    const called = await grantlab('call', `${served.issuer}/api/hello`, ...playground, '--json')
    expect(called).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await grantlab('token', 'get', ...playground, '--minimum-seconds', '700')).toMatchObject({ exitCode: 0 })
  })

  it('is not ended by the calls, and no call says that it runs one', async () => {
    const before = await readFile(runningFile(), 'utf8')
    expect(await machine()).toMatchObject({ exitCode: 0 })
    expect(await readFile(runningFile(), 'utf8')).toBe(before)
    expect((await fetch(`${served.issuer}/jwks`)).status).toBe(200)
  })

  it('is named when another is started without a port', async () => {
    const second = await grantlab('playground', '--json')
    expect(second).toMatchObject({ exitCode: 4, stdout: '' })
    expect(problemLineIn(second)).toMatchObject({
      code: 'playground-failed',
      detail: expect.stringContaining(served.issuer) as string,
      whatToDo: [expect.stringContaining('--profile playground'), expect.stringContaining('--data-dir')],
    })
    const beside = await serve()
    expect(beside.issuer).not.toBe(served.issuer)
    beside.cli.child.kill('SIGINT')
    expect(await beside.cli.ended).toMatchObject({ exitCode: 0 })
  })

  it('takes its file with it when it is stopped', async () => {
    const { cli } = await serve()
    expect(await readdir(dataFolder)).toContain('playground-running.json')
    cli.child.kill('SIGINT')
    await cli.ended
    expect(await readdir(dataFolder)).not.toContain('playground-running.json')
  })
})

it('one that was killed leaves a file that nobody believes, and what to do is said', async () => {
  const { cli, issuer } = await serve()
  cli.child.kill('SIGKILL')
  await cli.ended
  expect(await readFile(runningFile(), 'utf8')).toContain(issuer.split(':')[2])
  const own = await machine()
  expect(own).toMatchObject({ exitCode: 0, stderr: '' })
  expect(own.stdout).not.toContain(issuer)
  expect(await grantlab('tokens', 'clear')).toMatchObject({ exitCode: 0 })
  const lacking = await grantlab('token', 'get', ...playground, '--json')
  expect(problemLineIn(lacking)).toMatchObject({ code: 'token-missing' })
  expect(lacking.stderr).toContain('grantlab playground run in another terminal')
})

it('another program at the noted port is asked once, hears no secret, and is not used', async () => {
  const heard: string[] = []
  const stranger = await startHttpServer((request, response) => {
    heard.push(JSON.stringify([request.method, request.url, request.rawHeaders]))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ports: { port: stranger.port, telnyxPort: 1 }, proof: '00'.repeat(32) }))
  })
  onTestFinished(() => stranger.close())
  await writeFile(runningFile(), JSON.stringify({ version: 1, port: stranger.port, pid: process.pid }))
  const ran = await machine()
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' })
  expect(ran.stdout).not.toContain(`127.0.0.1:${stranger.port}`)
  expect(heard).toHaveLength(1)
  for (const request of heard)
    expect(request).toMatch(/^\["GET","\/\.well-known\/grantlab-playground\?nonce=[0-9a-f]{64}",/)
  expect(heard.join()).not.toMatch(/authorization/i)
})
