import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunReport } from '../../src/contract/report.ts'
import { version } from '../../src/contract/version.ts'
import { startHttpServer } from '../support/http-server.ts'
import { runCli, type CliResult } from '../support/run-cli.ts'
import { startCli } from '../support/start-cli.ts'
import { createTestPlayground, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let folder: string
let password: string

beforeAll(async () => {
  playground = await createTestPlayground()
  folder = await mkdtemp(join(tmpdir(), 'grantlab-cli-'))
  password = playground.playground.info.users.find(({ username }) => username === 'alice')?.password ?? ''
})
afterAll(async () => {
  await playground.close()
  await rm(folder, { recursive: true, force: true })
})

const folders = () => ['--data-dir', join(folder, 'data'), '--workspace', join(folder, 'workspace')]
const server = (clientId = 'public') => ['--issuer', playground.issuer, '--client-id', clientId]
const confidential = () => [...server('confidential'), '--client-secret-env', 'SECRET']
const signIn = () => [...server(), '--redirect-uri', 'http://127.0.0.1:0/callback', '--scope', 'openid offline_access']
const formAgent = () => ['--agent', 'form', '--user', 'alice', '--password-env', 'PASSWORD']
const environment = () => ({ SECRET: playground.secretOf('confidential'), PASSWORD: password })

const grantlab = (...args: string[]) => runCli([...args, ...folders()], { environment: environment() })
const reportIn = ({ stdout }: CliResult) => JSON.parse(stdout) as RunReport
const problemLineIn = ({ stderr }: CliResult): unknown => {
  const lines = stderr.trim().split('\n')
  expect(lines.filter((line) => line.startsWith('{'))).toHaveLength(1)
  return JSON.parse(lines.at(-1) ?? '')
}

describe('help and version', () => {
  it('need no folder and answer on stdout', async () => {
    expect(await runCli(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' })
    const help = await runCli(['--help'])
    expect(help).toMatchObject({ exitCode: 0, stderr: '' })
    expect(help.stdout).toContain('authorization-code')
    expect(await runCli([])).toEqual(help)
    const page = await runCli(['discover', '--help'], { environment: { GRANTLAB_HOME: '/dev/null/impossible' } })
    expect(page).toMatchObject({ exitCode: 0, stderr: '' })
  })
})

describe('a sign-in by the form agent', () => {
  it('gives one JSON object with everything and no secret', async () => {
    const result = await grantlab('authorization-code', ...signIn(), ...formAgent(), '--json')
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    const report = reportIn(result)
    expect(report).toMatchObject({ format: 1, outcome: 'succeeded', operation: 'authorization-code' })
    expect(report.steps.map(({ name }) => name)).toEqual([
      'discover',
      'prepare',
      'authorize',
      'token-request',
      'validate',
    ])
    for (const { timings, request, response } of report.exchanges) {
      expect(timings?.totalMs).toBeGreaterThan(0)
      expect(request.headers.length).toBeGreaterThan(0)
      expect(response?.status).toBeLessThan(400)
    }
    expect(report.tokens.map(({ kind }) => kind).sort()).toEqual(['access_token', 'id_token', 'refresh_token'])
    expect(report.tokens.find(({ kind }) => kind === 'id_token')?.claims).toMatchObject({
      iss: playground.issuer,
      sub: 'alice',
      aud: 'public',
    })
    expect(report.proofs).toContainEqual(expect.objectContaining({ name: 'signature.verified', holds: true }))
    expect(report).not.toHaveProperty('problem')
    expect(result.stdout).not.toContain(password)
    expect(result.stdout).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{20,}/)
    expect(result.stdout).not.toMatch(/#[0-9a-f]{5,}/)
  })

  it('shows people steps, requests, claims with times and the outcome, without colours on a pipe', async () => {
    const { exitCode, stdout, stderr } = await grantlab('authorization-code', ...signIn(), ...formAgent())
    expect(exitCode).toBe(0)
    expect(stderr).toBe('')
    for (const text of ['Discover\n  200 GET', '200 POST', 'browser GET', 'id_token', 'in 1 h (', 'Succeeded in']) {
      expect(stdout).toContain(text)
    }
    expect(stdout.indexOf('Token request')).toBeLessThan(stdout.indexOf('access_token'))
    expect(stdout).not.toContain('\u001b')
  })

  it('writes one token alone to stdout, and a refresh takes it from there', async () => {
    const first = await grantlab('authorization-code', ...signIn(), ...formAgent(), '--print', 'refresh_token')
    expect(first.exitCode).toBe(0)
    expect(first.stdout).toMatch(/^\S{20,}\n$/)
    expect(first.stderr).toContain('Succeeded in')
    expect(first.stderr).not.toContain(first.stdout.trim())
    const flags = [...server(), '--refresh-token-env', 'TOKEN', '--print', 'access_token', ...folders()]
    const second = await runCli(['refresh', ...flags], { environment: { TOKEN: first.stdout.trim() } })
    expect(second.exitCode).toBe(0)
    expect(second.stdout).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/)
    const again = await runCli(['refresh', ...flags], { environment: { TOKEN: first.stdout.trim() } })
    expect(again).toMatchObject({ exitCode: 1, stdout: '' })
    expect(again.stderr).toContain('invalid_grant')
  })

  it('ends with 1 when consent is refused', async () => {
    const result = await grantlab('authorization-code', ...signIn(), ...formAgent(), '--consent', 'deny', '--json')
    expect(result.exitCode).toBe(1)
    expect(reportIn(result)).toMatchObject({ outcome: 'failed', problem: { oauth: { error: 'access_denied' } } })
  })

  it('runs against the playground it starts itself', async () => {
    const result = await grantlab('authorization-code', '--profile', 'playground', '--agent', 'form', '--json')
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(reportIn(result)).toMatchObject({ outcome: 'succeeded', profile: 'playground' })
    const own = ['--profile', 'playground', '--client-id', 'confidential']
    expect(await grantlab('client-credentials', ...own)).toMatchObject({ exitCode: 0, stderr: '' })
  })
})

describe('the other operations', () => {
  it('client-credentials, with a secret from each place', async () => {
    const own = server('confidential')
    const secret = playground.secretOf('confidential')
    const file = join(folder, 'secrets.env')
    await writeFile(file, `# test\nGRANTLAB_SECRET_ACME="${secret}"\n`)
    const named = [...own, '--client-secret-name', 'acme', ...folders()]
    const results = await Promise.all([
      grantlab('client-credentials', ...confidential()),
      runCli(['client-credentials', ...named, '--secret', 'acme=VARIABLE'], { environment: { VARIABLE: secret } }),
      runCli(['client-credentials', ...named], { environment: { GRANTLAB_SECRET_ACME: secret } }),
      runCli(['client-credentials', ...named, '--env-file', file]),
    ])
    for (const result of results) {
      expect(result, result.stdout + result.stderr).toMatchObject({ exitCode: 0, stderr: '' })
      expect(result.stdout).not.toContain(secret)
    }
    const missing = await runCli(['client-credentials', ...named, '--json'])
    expect(missing.exitCode).toBe(2)
    expect(reportIn(missing).problem).toMatchObject({ code: 'secret-missing', detail: expect.stringContaining('acme') })
  })

  it('a wrong secret is a problem on both outputs, the same one', async () => {
    const environmentWithWrong = { SECRET: 'wrong-secret-1234' }
    const args = ['client-credentials', ...confidential(), '--json', ...folders()]
    const result = await runCli(args, { environment: environmentWithWrong })
    expect(result.exitCode).toBe(1)
    expect(reportIn(result).problem).toMatchObject({
      code: 'token-request-refused',
      oauth: { error: 'invalid_client' },
    })
    expect(problemLineIn(result)).toEqual(reportIn(result).problem)
    expect(result.stdout + result.stderr).not.toContain('wrong-secret-1234')
  })

  it('discover takes the issuer without a flag', async () => {
    const { exitCode, stdout } = await grantlab('discover', playground.issuer)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('/.well-known/openid-configuration')
    const nowhere = await grantlab('discover', 'http://127.0.0.1:1', '--json')
    expect(nowhere.exitCode).toBe(4)
    expect(problemLineIn(nowhere)).toMatchObject({ code: 'connection-refused' })
  })

  it('what was asked for and did not come is said, with stdout empty', async () => {
    const result = await grantlab('client-credentials', ...confidential(), '--print', 'id_token')
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain('The run brought no id_token, but access_token.')
  })
})

describe('wrong usage', () => {
  it.each([
    [['nonsense'], 'unknown-operation'],
    [['discover', '--nonsense'], 'parameter-unknown'],
    [['client-credentials', '--profile', 'nowhere'], 'profile-not-found'],
    [['client-credentials'], 'parameter-missing'],
    [['client-credentials', '--client-secret', 'hunter2hunter2'], 'parameter-invalid'],
    [['discover', 'not an address'], 'parameter-invalid'],
    [['profiles', 'show', 'nowhere'], 'profile-not-found'],
    [['discover', 'https://as.test', '--secret', 'hunter2hunter2'], 'parameter-invalid'],
  ])('%j ends with 2', async (args, code) => {
    const people = await grantlab(...args)
    expect(people).toMatchObject({ exitCode: 2, stdout: '' })
    expect(people.stderr).not.toBe('')
    const programs = await grantlab(...args, '--json')
    expect(programs.exitCode).toBe(2)
    expect(problemLineIn(programs)).toMatchObject({ code })
    expect(Object.values(programs).join() + Object.values(people).join()).not.toContain('hunter2')
  })

  it('an operation answers its object all the same', async () => {
    const result = await grantlab('discover', '--nonsense', '--json')
    expect(reportIn(result)).toMatchObject({
      outcome: 'failed',
      operation: 'discover',
      steps: [],
      exchanges: [],
      tokens: [],
      findings: [],
      problem: { code: 'parameter-unknown' },
    })
  })
})

/** What a server would answer to the authorization request at this address. */
function answerTo(address: string, parameters: Record<string, string>): string {
  const request = new URL(address).searchParams
  const redirect = new URL(request.get('redirect_uri') ?? '')
  for (const [name, value] of Object.entries({ ...parameters, state: request.get('state') ?? '' })) {
    redirect.searchParams.set(name, value)
  }
  return redirect.href
}

describe('somebody outside signs in', () => {
  const paste = () => ['authorization-code', ...signIn(), '--agent', 'paste', '--json', ...folders()]

  it('without anybody there the paste agent gives up, and says how to go on', async () => {
    const result = await runCli(paste())
    expect(result.exitCode).toBe(3)
    expect(reportIn(result)).toMatchObject({ outcome: 'needs-person', problem: { code: 'needs-person' } })
    const [, address = ''] = /^Open: (\S+)$/m.exec(result.stderr) ?? []
    expect(address.startsWith(playground.issuer)).toBe(true)
    expect(reportIn(result).problem?.whatToDo?.[0]).toContain(address)
  })

  it('takes the answer from stdin, after what made no sense', async () => {
    const cli = startCli(paste())
    const [, address = ''] = await cli.shows(/^Open: (\S+)\n/m)
    cli.child.stdin.write('\nhttp://127.0.0.1/nothing-in-it\n')
    cli.child.stdin.write(`${answerTo(address, { error: 'access_denied', iss: playground.issuer })}\n`)
    const result = await cli.ended
    expect(result.exitCode).toBe(1)
    expect(reportIn(result).problem).toMatchObject({ code: 'authorization-refused', oauth: { error: 'access_denied' } })
  })

  it('says what was wrong when nothing on stdin made sense', async () => {
    const result = await runCli(paste(), { input: 'http://127.0.0.1/nothing-in-it\n' })
    expect(result.exitCode).toBe(1)
    expect(reportIn(result)).toMatchObject({ outcome: 'failed', problem: { code: 'authorization-response-invalid' } })
  })

  it("takes the text of the browser's error page", async () => {
    const result = await runCli(paste(), { input: 'Error 400: redirect_uri_mismatch\n' })
    expect(result.exitCode).toBe(1)
    expect(reportIn(result).problem).toMatchObject({ code: 'browser-error' })
  })

  it('opens the program named in BROWSER and hears the answer at the redirect URI', async () => {
    const browser = join(folder, 'browser.mjs')
    const script = `#!${process.execPath}
      const request = new URL(process.argv[2]).searchParams
      const redirect = new URL(request.get('redirect_uri'))
      redirect.search = new URLSearchParams({
        error: 'access_denied', state: request.get('state'), iss: ${JSON.stringify(playground.issuer)} })
      await fetch(redirect)`
    await writeFile(browser, script)
    await chmod(browser, 0o700)
    const args = ['authorization-code', ...signIn(), '--agent', 'system', '--json', ...folders()]
    const result = await runCli(args, { environment: { BROWSER: browser } })
    expect(result.stderr).toMatch(/^Open: http/m)
    expect(result.exitCode).toBe(1)
    expect(reportIn(result).problem).toMatchObject({ code: 'authorization-refused' })
  })

  it('is an environment problem where there is neither a browser nor a person', async () => {
    const args = ['authorization-code', ...signIn(), '--agent', 'system', '--json', ...folders()]
    const result = await runCli(args, { environment: { BROWSER: '/nonexistent/browser' } })
    expect(result.exitCode).toBe(4)
    expect(problemLineIn(result)).toMatchObject({ code: 'browser-not-opened' })
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('%s cancels the run and ends with 130', async (signal) => {
    const cli = startCli(paste())
    await cli.shows(/^Open: /m)
    cli.child.kill(signal)
    const result = await cli.ended
    expect(result.exitCode).toBe(130)
    expect(reportIn(result)).toMatchObject({ outcome: 'cancelled', problem: { code: 'cancelled' } })
  })
})

describe('commands', () => {
  it('save, list, show, use and delete a profile that names its secret', async () => {
    const values = [...server('confidential'), '--client-secret-name', 'acme', '--scope', 'api:read']
    expect((await grantlab('profiles', 'save', 'acme', '--title', 'Acme', ...values)).exitCode).toBe(0)
    const file = await readFile(join(folder, 'workspace', 'profiles', 'acme.yaml'), 'utf8')
    expect(file).toContain('secret: acme')
    const listed = JSON.parse((await grantlab('profiles', '--json')).stdout) as { name: string }[]
    expect(listed).toContainEqual(expect.objectContaining({ name: 'acme', title: 'Acme', missingSecrets: ['acme'] }))
    expect((await grantlab('profiles', 'show', 'acme')).stdout).toContain('{"secret":"acme"}')
    const used = await grantlab('client-credentials', '--profile', 'acme', '--secret', 'acme=SECRET')
    expect(used).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await grantlab('profiles', 'save', 'acme', ...values)).exitCode).toBe(2)
    expect((await grantlab('profiles', 'delete', 'acme')).exitCode).toBe(0)
    expect((await grantlab('client-credentials', '--profile', 'acme')).exitCode).toBe(2)
  })

  it('a secret is read from stdin and shown nowhere', async () => {
    const value = 'hunter2hunter2-ü'
    const result = await runCli(['secret', 'set', 'acme', ...folders()], { input: `${value}\n` })
    expect(result.exitCode).toBe(0)
    expect(result.stdout + result.stderr).not.toContain('hunter2')
    expect(result.stderr).toContain('GRANTLAB_SECRET_ACME')
    expect(await runCli(['secret', 'set', 'acme', ...folders()])).toMatchObject({ exitCode: 2, stdout: '' })
  })

  it('list what there is', async () => {
    const history = JSON.parse((await grantlab('history', 'list', '--limit', '2', '--json')).stdout) as unknown[]
    expect(history).toHaveLength(2)
    expect((await grantlab('workspace', 'show')).stdout).toContain(join(folder, 'data'))
    expect((await grantlab('tokens', 'list')).stdout).toBe('none\n')
  })
})

describe('the playground', () => {
  it('prints one JSON line without secrets, serves, and ends with Ctrl+C', async () => {
    const cli = startCli(['playground', '--port', '0', '--json', '--data-dir', join(folder, 'own')])
    const [text] = await cli.shows(/^\{.*\}\n/)
    const info = JSON.parse(text) as { issuer: string; port: number; clients: object[]; users: object[] }
    expect(info.clients.map((client) => Object.keys(client)).flat()).not.toContain('client_secret')
    expect(info.users.map((user) => Object.keys(user)).flat()).not.toContain('password')
    const metadata = (await (await fetch(`${info.issuer}/.well-known/openid-configuration`)).json()) as object
    expect(metadata).toMatchObject({ issuer: info.issuer })
    const taken = await runCli(['playground', '--port', String(info.port), '--json', '--data-dir', join(folder, 'two')])
    expect(taken).toMatchObject({ exitCode: 4, stdout: '' })
    expect(problemLineIn(taken)).toMatchObject({ code: 'port-in-use', detail: expect.stringContaining(`${info.port}`) })
    cli.child.kill('SIGINT')
    expect(await cli.ended).toMatchObject({ exitCode: 0, stdout: text, stderr: '' })
    await expect(fetch(info.issuer)).rejects.toThrow('fetch failed')
  })

  it('prints secrets when asked for by name', async () => {
    const cli = startCli(['playground', '--port=0', '--json', '--print-secrets', '--data-dir', join(folder, 'own')])
    const info = JSON.parse((await cli.shows(/^\{.*\}\n/))[0]) as { issuer: string; clients: Record<string, string>[] }
    const client = info.clients.find(({ client_secret }) => client_secret)
    cli.child.kill('SIGTERM')
    await cli.ended
    expect(client?.client_secret).toMatch(/\S{16,}/)
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
    const cli = startCli(['client-credentials', ...confidential(), ...folders()], environment())
    cli.child.stdout.destroy()
    expect(await cli.ended).toMatchObject({ exitCode: 0, stderr: '' })
  })
})
