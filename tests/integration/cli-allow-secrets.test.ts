import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { problemLineIn } from '../support/cli-bench.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { runCli } from '../support/run-cli.ts'

let folder: string
const servers: TestServer[] = []

/** Answers as authorization server. */
async function serve(): Promise<TestServer> {
  const server = await startHttpServer((request, response) => {
    const metadata = { issuer: server.origin, token_endpoint: `${server.origin}/token` }
    const token = { access_token: 'an-access-token', token_type: 'Bearer' }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url === '/token' ? token : metadata))
  })
  servers.push(server)
  return server
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-allow-'))
  await mkdir(join(folder, 'profiles'))
  await writeFile(join(folder, 'grantlab.yaml'), 'version: 1\n')
})
afterAll(async () => {
  for (const server of servers) await server.close()
  await rm(folder, { recursive: true })
})

const profileFor = (issuer: string) =>
  writeFile(
    join(folder, 'profiles', 'acme.yaml'),
    `version: 1\nissuer: ${issuer}\nclient_id: me\nclient_secret: {secret: acme}\n`,
  )
const grantlab = (args: string[], input = '') =>
  runCli([...args, '--json', '--workspace', folder, '--data-dir', join(folder, 'data')], {
    environment: { GRANTLAB_VAULT_PASSPHRASE: 'a passphrase of the test' },
    input,
  })

it('a secret of a kept vault follows a changed file only with --allow-secrets, and then for good', async () => {
  const [first, second] = [await serve(), await serve()]
  await profileFor(first.origin)
  expect((await grantlab(['vault', 'use', 'passphrase'])).exitCode).toBe(0)
  expect((await grantlab(['secret', 'set', 'acme'], 'hush-hush-1234')).exitCode).toBe(0)
  const run = ['client-credentials', '--profile', 'acme']
  expect((await grantlab(run)).exitCode).toBe(0)
  await profileFor(second.origin)
  const refused = await grantlab(run)
  expect(refused.exitCode).toBe(3)
  expect(problemLineIn(refused)).toMatchObject({ code: 'secret-not-bound' })
  expect(refused.stdout + refused.stderr).not.toContain('hush-hush')
  expect(second.connections()).toBe(0)
  expect((await grantlab([...run, '--allow-secrets'])).exitCode).toBe(0)
  expect((await grantlab(run)).exitCode).toBe(0)
})
