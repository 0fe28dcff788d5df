import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCliBench, problemLineIn, reportIn, type CliBench } from '../support/cli-bench.ts'
import { createTestCa } from '../support/test-ca.ts'
import { startHttpServer } from '../support/http-server.ts'
import { runCli } from '../support/run-cli.ts'
import { startCli } from '../support/start-cli.ts'

let bench: CliBench
beforeAll(async () => {
  bench = await createCliBench()
})
afterAll(() => bench.close())

const grantlab = (...args: string[]) => bench.grantlab(...args)

describe('commands', () => {
  it('save, list, show, use and delete a profile that names its secret', async () => {
    const values = [...bench.server('confidential'), '--client-secret-name', 'acme', '--scope', 'api:read']
    expect((await grantlab('profiles', 'save', 'acme', '--title', 'Acme', ...values)).exitCode).toBe(0)
    const file = await readFile(join(bench.folder, 'workspace', 'profiles', 'acme.yaml'), 'utf8')
    expect(file).toContain('secret: acme')
    const listed = JSON.parse((await grantlab('profiles', '--json')).stdout) as { name: string }[]
    expect(listed).toContainEqual(expect.objectContaining({ name: 'acme', title: 'Acme', missingSecrets: ['acme'] }))
    expect((await grantlab('profiles', 'show', 'acme')).stdout).toMatch(/^ {2}client_secret +secret acme$/m)
    const used = await grantlab('client-credentials', '--profile', 'acme', '--secret', 'acme=SECRET')
    expect(used).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await grantlab('profiles', 'save', 'acme', ...values)).exitCode).toBe(2)
    expect((await grantlab('profiles', 'delete', 'acme')).exitCode).toBe(0)
    expect((await grantlab('client-credentials', '--profile', 'acme')).exitCode).toBe(2)
  })

  it('a secret that would not last is refused, with the ways that work, and shown nowhere', async () => {
    const input = 'hunter2hunter2-ü\n'
    const result = await runCli(['secret', 'set', 'acme', ...bench.folders], { input })
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    for (const way of ['GRANTLAB_SECRET_ACME', '--secret acme=VARIABLE', '--env-file FILE']) {
      expect(result.stderr).toContain(way)
    }
    expect(result.stderr).toMatch(/^A secret is not kept here\n/)
    const odd = await runCli(['secret', 'set', 'hunter2 hunter2', ...bench.folders], { input })
    expect(odd.exitCode).toBe(2)
    expect(Object.values(result).join() + Object.values(odd).join()).not.toContain('hunter2')
    const removed = await grantlab('secret', 'rm', 'acme')
    expect(removed).toMatchObject({ exitCode: 0, stdout: 'removed  no\n' })
    expect(removed.stderr).toMatch(/^Secrets are not kept between calls here.*\n$/)
  })

  it('check, write, rename, trust and show the file of a profile', async () => {
    const text = 'version: 1\nissuer: https://a.test\n'
    const bad = join(bench.folder, 'bad.yaml')
    await writeFile(bad, 'version: 1\nclientid: x\nissuer: y\n')
    const written = await runCli(['profiles', 'write', 'typed', '--text', '-', ...bench.folders], { input: text })
    expect(written).toMatchObject({ exitCode: 0, stderr: '' })
    const refused = await grantlab('profiles', 'write', 'typed', '--text', `@${bad}`)
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    const checked = await grantlab('profiles', 'check', 'typed', '--text', `@${bad}`)
    expect(checked).toMatchObject({ exitCode: 2, stderr: '' })
    for (const place of [':2:1: clientid is no parameter', ':3:9: Issuer']) expect(checked.stdout).toContain(place)
    expect(await grantlab('profiles', 'check', 'typed')).toMatchObject({ exitCode: 0, stdout: 'No problem\n' })
    expect((await grantlab('profiles', 'rename', 'typed', 'named')).exitCode).toBe(0)
    expect(await grantlab('profiles', 'source', 'named')).toMatchObject({ exitCode: 0, stdout: text })
    const pem = join(bench.folder, 'ca.pem')
    await writeFile(pem, createTestCa().certificate)
    const trusted = await grantlab('profiles', 'trust', 'named', '--certificate', `@${pem}`)
    expect(trusted.stdout).toMatch(/^file {9}certificates\/named-[0-9a-f]{8}\.pem\nfingerprint {2}([0-9A-F]{2}:){31}/)
    expect(await grantlab('profiles', 'delete', 'named')).toMatchObject({ stdout: 'deleted  named\n' })
  })

  it('settings are saved for the next call; a workspace is made', async () => {
    expect((await grantlab('settings', 'save', '--history-days', '7', '--theme', 'dark')).exitCode).toBe(0)
    const shown = JSON.parse((await grantlab('settings', 'show', '--json')).stdout) as object
    expect(shown).toMatchObject({ history_days: 7, theme: 'dark', proxy: '' })
    const refused = await grantlab('settings', 'save', '--proxy', 'http://me:hunter2@p.test')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).not.toContain('hunter2')
    const folder = join(bench.folder, 'other')
    expect((await grantlab('workspace', 'open', folder)).exitCode).toBe(2)
    expect((await grantlab('workspace', 'open', folder, '--create')).stdout).toContain(folder)
    expect(await readFile(join(folder, 'grantlab.yaml'), 'utf8')).toContain('version: 1')
  })

  it('list what there is', async () => {
    for (const port of [1, 2, 3]) await grantlab('discover', `http://127.0.0.1:${port}`)
    const history = JSON.parse((await grantlab('history', 'list', '--limit', '2', '--json')).stdout) as unknown[]
    expect(history).toHaveLength(2)
    expect((await grantlab('workspace', 'show')).stdout).toContain(join(bench.folder, 'data'))
    const unasked = await grantlab('history', 'clear', '--json')
    expect(unasked).toMatchObject({ exitCode: 3, stdout: '' })
    expect(problemLineIn(unasked)).toMatchObject({
      code: 'confirmation-needed',
      whatToDo: [expect.stringContaining('--yes')],
    })
    expect(await grantlab('history', 'clear', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await grantlab('history', 'list', '--json')).stdout).toBe('[]\n')
    const tokens = await grantlab('tokens', 'list')
    expect(tokens).toMatchObject({ exitCode: 0, stdout: 'none\n' })
    expect(tokens.stderr).toMatch(/^Tokens are not kept between calls here.*\n$/)
  })
})

interface PrintedPlayground {
  issuer: string
  port: number
  clients: object[]
  users: object[]
  telnyx: { base_url: string; api_key: string }
}

describe('the playground', () => {
  it('prints one JSON line without secrets, serves, and ends with Ctrl+C', async () => {
    const cli = startCli(['playground', '--port', '0', '--json', '--data-dir', join(bench.folder, 'own')])
    const [text] = await cli.shows(/^\{.*\}\n/)
    const info = JSON.parse(text) as PrintedPlayground
    expect(info.clients.map((client) => Object.keys(client)).flat()).not.toContain('client_secret')
    expect(info.users.map((user) => Object.keys(user)).flat()).not.toContain('password')
    expect(info.telnyx).not.toHaveProperty('machine_client_secret')
    const headers = { authorization: `Bearer ${info.telnyx.api_key}` }
    expect((await fetch(`${info.telnyx.base_url}/oauth_clients`, { headers })).status).toBe(200)
    const metadata = (await (await fetch(`${info.issuer}/.well-known/openid-configuration`)).json()) as object
    expect(metadata).toMatchObject({ issuer: info.issuer })
    const taken = await runCli([
      'playground',
      '--port',
      String(info.port),
      '--json',
      '--data-dir',
      join(bench.folder, 'two'),
    ])
    expect(taken).toMatchObject({ exitCode: 4, stdout: '' })
    expect(problemLineIn(taken)).toMatchObject({ code: 'port-in-use', detail: expect.stringContaining(`${info.port}`) })
    cli.child.kill('SIGINT')
    expect(await cli.ended).toMatchObject({ exitCode: 0, stdout: text, stderr: '' })
    await expect(fetch(info.issuer)).rejects.toThrow('fetch failed')
  })

  it('registers clients that bring the initial access token, with secrets that expire', async () => {
    const args = ['--initial-access-token-env', 'TOKEN', '--client-secret-seconds', '60', '--json']
    const data = ['--data-dir', join(bench.folder, 'own')]
    const cli = startCli(['playground', '--port', '0', ...args, ...data], { TOKEN: 'sesame' })
    const [text] = await cli.shows(/^\{.*\}\n/)
    const { issuer } = JSON.parse(text) as { issuer: string }
    const body = JSON.stringify({ grant_types: ['client_credentials'], response_types: [] })
    const register = (headers: Record<string, string>) =>
      fetch(`${issuer}/reg`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
    expect((await register({})).status).toBe(401)
    const registered = await register({ authorization: 'Bearer sesame' })
    const { client_secret_expires_at: expiry } = (await registered.json()) as { client_secret_expires_at: number }
    expect(expiry).toBeGreaterThan(Date.now() / 1000)
    cli.child.kill('SIGINT')
    expect(await cli.ended).toMatchObject({ exitCode: 0, stderr: '' })
    expect(text).not.toContain('sesame')
  })

  it('prints secrets when asked for by name', async () => {
    const cli = startCli([
      'playground',
      '--port=0',
      '--json',
      '--print-secrets',
      '--data-dir',
      join(bench.folder, 'own'),
    ])
    const info = JSON.parse((await cli.shows(/^\{.*\}\n/))[0]) as {
      clients: Record<string, string>[]
      telnyx: Record<string, string>
    }
    const client = info.clients.find(({ client_secret }) => client_secret)
    cli.child.kill('SIGTERM')
    await cli.ended
    expect(client?.client_secret).toMatch(/\S{16,}/)
    expect(info.telnyx['machine_client_secret']).toMatch(/\S{32,}/)
  })

  it('names the emulator for people, and its key only when asked for', async () => {
    const folder = join(bench.folder, 'own')
    const plain = startCli(['playground', '--port=0', '--data-dir', folder])
    const [address] = await plain.shows(/^telnyx .*$/m)
    expect(address).toMatch(/http:\/\/127\.0\.0\.1:\d+\/v2 {2}emulator of the Telnyx API$/)
    plain.child.kill('SIGINT')
    expect((await plain.ended).stdout).not.toMatch(/KEY[\w-]{32,}/)
    const told = startCli(['playground', '--port=0', '--print-secrets', '--data-dir', folder])
    expect((await told.shows(/^telnyx .*$/m))[0]).toMatch(/, key KEY[\w-]{43}$/)
    told.child.kill('SIGINT')
    await told.ended
  })
})

describe('outputs', () => {
  it("a stranger's text cannot act on the terminal or forge a line", async () => {
    const hostile = 'no\u001b[2J\u001b]0;owned\u0007\r\nSucceeded in 1 ms\u202e'
    const host = await startHttpServer((request, response) => {
      const issuer = `http://127.0.0.1:${host.port}`
      response.setHeader('content-type', 'application/json')
      if (request.url === '/token') {
        response.statusCode = 400
        return response.end(JSON.stringify({ error: 'invalid_client', error_description: hostile }))
      }
      return response.end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token` }))
    })
    const args = ['client-credentials', '--issuer', host.origin, '--client-id', 'a', '--client-secret-env', 'SECRET']
    const [people, programs] = await Promise.all([grantlab(...args), grantlab(...args, '--json')])
    await host.close()
    for (const { exitCode, stdout, stderr } of [people, programs]) {
      expect(exitCode).toBe(1)
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    }
    expect(people.stdout.split('\n').filter((line) => line.startsWith('Succeeded'))).toEqual([])
    expect(people.stdout).toContain('\\e[2J')
    expect(reportIn(programs).problem?.oauth?.error_description).toContain('\u001b[2J')
  })

  it('a reader that goes away ends nothing and says nothing', async () => {
    const cli = startCli(['client-credentials', ...bench.confidential, ...bench.folders], bench.environment)
    cli.child.stdout.destroy()
    expect(await cli.ended).toMatchObject({ exitCode: 0, stderr: '' })
  })
})
