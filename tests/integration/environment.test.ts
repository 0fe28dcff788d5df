import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Problem } from '../../src/contract/problem.ts'
import type { Run } from '../../src/contract/run.ts'
import { startConnectProxy, type ConnectProxy } from '../support/connect-proxy.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { runCli } from '../support/run-cli.ts'
import { createTestCa } from '../support/test-ca.ts'
import { createTestEngine } from '../support/test-engine.ts'

const ca = createTestCa('Acme private CA')
let server: TestServer
let proxy: ConnectProxy | undefined
const folders: (() => Promise<void>)[] = []

/** The issuer as the outside names it; through a proxy a host name that only the proxy knows. */
let issuer: string
beforeEach(async () => {
  server = await startHttpServer(
    (_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token` }))
    },
    ca.issue({ names: ['localhost', 'auth.acme.test'] }),
  )
  issuer = server.origin
})
afterEach(async () => {
  await proxy?.close()
  proxy = undefined
  await server.close()
  for (const close of folders.splice(0)) await close()
})

/** The same discovery in the engine and on the command line: both must end alike. */
async function discover(
  environment: Record<string, string>,
): Promise<{ run: Run; exitCode: number; problem?: Problem }> {
  const test = await createTestEngine({ environment })
  folders.push(() => test.close())
  const { run } = await test.run({ operation: 'discover', parameters: { issuer } })
  const flags = ['--json', '--data-dir', join(test.folder, 'cli'), '--workspace', join(test.folder, 'workspace')]
  const cli = await runCli(['discover', issuer, ...flags], { environment })
  const report = JSON.parse(cli.stdout) as { outcome: string; problem?: Problem }
  expect(report.outcome).toBe(run.outcome)
  expect(report.problem?.code).toBe(run.problem?.code)
  if (report.problem) expect(JSON.parse(cli.stderr.trim())).toMatchObject({ code: report.problem.code })
  return { run, exitCode: cli.exitCode, ...(report.problem ? { problem: report.problem } : {}) }
}

describe('a private CA', () => {
  it('is not trusted by itself: the chain is shown and the server sees no request', async () => {
    const { run, exitCode, problem } = await discover({})
    expect(problem).toMatchObject({ code: 'tls-untrusted' })
    expect(problem?.whatToDo?.join(' ')).toContain('NODE_EXTRA_CA_CERTS')
    expect(exitCode).toBe(4)
    expect(run.exchanges[0]?.connection?.tls?.chain.at(-1)?.subject).toContain('Acme private CA')
    expect(server.requests).toHaveLength(0)
  })

  it('is trusted when NODE_EXTRA_CA_CERTS names it, with the facts of the connection', async () => {
    const test = await createTestEngine()
    folders.push(() => test.close())
    const file = join(test.folder, 'ca.pem')
    await writeFile(file, ca.certificate)
    const { run, exitCode } = await discover({ NODE_EXTRA_CA_CERTS: file })
    expect(run.outcome).toBe('succeeded')
    expect(exitCode).toBe(0)
    const tls = run.exchanges[0]?.connection?.tls
    expect(tls).toMatchObject({ protocol: 'TLSv1.3', authorized: true })
    expect(run.exchanges[0]?.timings?.tlsMs).toBeGreaterThan(0)
  })
})

describe('a proxy', () => {
  const through = async (credentials: string, used: string) => {
    proxy = await startConnectProxy({ credentials, connectTo: { host: '127.0.0.1', port: server.port } })
    issuer = 'https://auth.acme.test'
    return { HTTPS_PROXY: `http://${used}127.0.0.1:${proxy.port}` }
  }

  it('that wants a password is named, without the one that was tried', async () => {
    const { exitCode, problem } = await discover(await through('user:right-password', 'user:wrong-password@'))
    expect(problem).toMatchObject({ code: 'proxy-authentication-required' })
    expect(problem?.detail).toContain(`127.0.0.1:${proxy?.port}`)
    expect(JSON.stringify(problem)).not.toContain('wrong-password')
    expect(exitCode).toBe(4)
  })

  it('with the right password is passed, and shown in the exchange', async () => {
    const environment = await through('user:right-password', 'user:right-password@')
    const test = await createTestEngine()
    folders.push(() => test.close())
    const file = join(test.folder, 'ca.pem')
    await writeFile(file, ca.certificate)
    const { run, exitCode } = await discover({ ...environment, NODE_EXTRA_CA_CERTS: file })
    expect(run.problem).toBeUndefined()
    expect(exitCode).toBe(0)
    expect(run.exchanges[0]?.connection?.proxy).toContain(`127.0.0.1:${proxy?.port}`)
    expect(JSON.stringify(run)).not.toContain('right-password')
    expect(proxy?.requests).toContain('CONNECT auth.acme.test:443')
  })
})
