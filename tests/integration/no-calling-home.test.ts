import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCli } from '../support/start-cli.ts'
import { runCli } from '../support/run-cli.ts'
import { watchNetwork, type WatchedNetwork } from '../support/watched-network.ts'

let folder: string
let network: WatchedNetwork
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-home-'))
  network = await watchNetwork()
})
afterEach(async () => {
  await network.close()
  await rm(folder, { recursive: true, force: true })
})

const places = () => ['--data-dir', join(folder, 'data'), '--workspace', join(folder, 'workspace')]
const grantlab = (...args: string[]) => runCli([...args, ...places()], { environment: network.environment })

describe('the command line', () => {
  it.each([['--help'], ['profiles save acme --issuer https://login.example.test --client-id me'], ['tokens list']])(
    '%s reaches nothing at all',
    async (line) => {
      const { exitCode } = await grantlab(...line.split(' '))
      expect(exitCode).toBe(0)
      expect(await network.hosts()).toEqual(['watching'])
      expect(network.requests).toEqual([])
    },
  )

  it('a sign-in at the playground stays on this machine', async () => {
    const { exitCode, stderr } = await grantlab('authorization-code', '--profile', 'playground', '--agent', 'form')
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
    expect(await network.hosts()).toEqual(['watching', '127.0.0.1'])
    expect(network.requests).toEqual([])
  })

  it('an issuer that a person names is the only host that is asked for', async () => {
    const { exitCode } = await grantlab('discover', 'https://login.example.test/tenant')
    expect(exitCode).toBe(4)
    // this machine is the proxy: no name is looked up here
    expect(await network.hosts()).toEqual(['watching', '127.0.0.1'])
    expect([...new Set(network.requests)]).toEqual(['CONNECT login.example.test:443'])
  })

  it('without a proxy as well: nothing but the issuer’s name is looked up', async () => {
    const { NODE_OPTIONS, TEST_CONNECTIONS_FILE } = network.environment
    const environment = { NODE_OPTIONS: NODE_OPTIONS!, TEST_CONNECTIONS_FILE: TEST_CONNECTIONS_FILE! }
    await runCli(['discover', 'https://login.invalid/tenant', ...places()], { environment })
    expect(await network.hosts()).toEqual(['watching', 'login.invalid'])
  })
})

describe('the playground alone', () => {
  it('reaches nothing, and its pages name no other host', async () => {
    const { child, shows, ended } = startCli(['playground', '--port', '0', ...places()], network.environment)
    const [issuer] = await shows(/http:\/\/127\.0\.0\.1:\d+/)
    for (const path of ['/', '/.well-known/openid-configuration', '/authorize?client_id=public']) {
      const text = await (await fetch(issuer + path)).text()
      const hosts = [...text.matchAll(/https?:\/\/([^/"'\s<>:]+)/g)].map(([, host]) => host)
      expect(hosts.filter((host) => host !== '127.0.0.1' && host !== 'localhost')).toEqual([])
    }
    child.kill('SIGTERM')
    await ended
    // its own address, to listen at
    expect(await network.hosts()).toEqual(['watching', '127.0.0.1'])
    expect(network.requests).toEqual([])
  })
})
