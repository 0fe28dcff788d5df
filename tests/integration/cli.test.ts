import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { version } from '../../src/contract/version.ts'
import { createCliBench, problemLineIn, reportIn, type CliBench } from '../support/cli-bench.ts'
import { startMetadataServer } from '../support/metadata-server.ts'
import { runCli } from '../support/run-cli.ts'

let bench: CliBench
beforeAll(async () => {
  bench = await createCliBench()
})
afterAll(() => bench.close())

const grantlab = (...args: string[]) => bench.grantlab(...args)

describe('help and version', () => {
  it('need no folder and answer on stdout', async () => {
    expect(await runCli(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' })
    const help = await runCli(['--help'])
    expect(help).toMatchObject({ exitCode: 0, stderr: '' })
    expect(help.stdout).toContain('authorization-code')
    expect(await runCli([])).toEqual(help)
    expect((await runCli(['profiles', '--help'])).stdout).toContain('profiles save')
    const page = await runCli(['discover', '--help'], { environment: { GRANTLAB_HOME: '/dev/null/impossible' } })
    expect(page).toMatchObject({ exitCode: 0, stderr: '' })
  })
})

describe('a sign-in by the form agent', () => {
  it('gives one JSON object with everything and no secret', async () => {
    const result = await grantlab('authorization-code', ...bench.signIn, ...bench.formAgent, '--json')
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
      iss: bench.issuer,
      sub: 'alice',
      aud: 'public',
    })
    expect(report.proofs).toContainEqual(expect.objectContaining({ name: 'signature.verified', holds: true }))
    expect(report).not.toHaveProperty('problem')
    expect(result.stdout).not.toContain(bench.password)
    expect(result.stdout).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{20,}/)
    expect(result.stdout).not.toMatch(/#[0-9a-f]{5,}/)
  })

  it('shows people steps, requests, claims with times and the outcome, without colours on a pipe', async () => {
    const { exitCode, stdout, stderr } = await grantlab('authorization-code', ...bench.signIn, ...bench.formAgent)
    expect(exitCode).toBe(0)
    expect(stderr).toBe('')
    for (const text of [
      'checked  state matches',
      'checked  signature verified',
      'Discover\n  200 GET',
      '200 POST',
      'browser GET',
      'id_token',
      'Succeeded in',
    ]) {
      expect(stdout).toContain(text)
    }
    expect(stdout).toMatch(/exp +\d+, in (1 h|59 m \d+ s) \(/)
    expect(stdout.indexOf('Token request')).toBeLessThan(stdout.indexOf('access_token'))
    expect(stdout).not.toContain('\u001b')
  })

  it('writes one token alone to stdout, and a refresh takes it from there', async () => {
    const first = await grantlab('authorization-code', ...bench.signIn, ...bench.formAgent, '--print', 'refresh_token')
    expect(first.exitCode).toBe(0)
    expect(first.stdout).toMatch(/^\S{20,}\n$/)
    expect(first.stderr).toContain('Succeeded in')
    expect(first.stderr).not.toContain(first.stdout.trim())
    const flags = [...bench.server(), '--refresh-token-env', 'TOKEN', '--print', 'access_token', ...bench.folders]
    const second = await runCli(['refresh', ...flags], { environment: { TOKEN: first.stdout.trim() } })
    expect(second.exitCode).toBe(0)
    expect(second.stdout).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/)
    const again = await runCli(['refresh', ...flags], { environment: { TOKEN: first.stdout.trim() } })
    expect(again).toMatchObject({ exitCode: 1, stdout: '' })
    expect(again.stderr).toContain('invalid_grant')
  })

  it('advice names flags to people and parameters to programs', async () => {
    const args = ['authorization-code', ...bench.signIn, '--agent', 'form']
    const [people, programs] = await Promise.all([grantlab(...args), grantlab(...args, '--json')])
    expect(people.stdout).toContain('Name a test user (--user TEXT) and its password (--password-env VARIABLE)')
    expect(reportIn(programs).problem?.whatToDo).toContain('Name a test user (user) and its password (password)')
    const environment = { PASSWORD: 'not-the-password' }
    const wrong = await runCli([...args, ...bench.formAgent.slice(2), ...bench.folders], { environment })
    expect(wrong.stdout).toMatch(/It says: [^.]+\.\n/)
    expect(wrong.stdout).toContain('Check the test user alice (--user TEXT)')
  })

  it('ends with 1 when consent is refused', async () => {
    const result = await grantlab(
      'authorization-code',
      ...bench.signIn,
      ...bench.formAgent,
      '--consent',
      'deny',
      '--json',
    )
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
    const own = bench.server('confidential')
    const secret = bench.playground.secretOf('confidential')
    const file = join(bench.folder, 'secrets.env')
    await writeFile(file, `# test\nGRANTLAB_SECRET_ACME="${secret}"\n`)
    const named = [...own, '--client-secret-name', 'acme', ...bench.folders]
    const results = await Promise.all([
      grantlab('client-credentials', ...bench.confidential),
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
    const args = ['client-credentials', ...bench.confidential, '--json', ...bench.folders]
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
    const { exitCode, stdout } = await grantlab('discover', bench.issuer)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('/.well-known/openid-configuration')
    expect(stdout).toMatch(/PKCE +S256/)
    expect(stdout).toMatch(/token_endpoint +http/)
    expect(stdout).toMatch(/Keys \(\d+\)/)
    const report = reportIn(await grantlab('discover', bench.issuer, '--json', '--rules'))
    expect(report).toMatchObject({
      locations: [{ outcome: 'found' }, { outcome: 'found' }],
      servers: [{ issuer: bench.issuer }],
      comparisons: [{ with: 'snapshot', total: 0 }],
    })
    expect(report.keySets[0]?.keys.length).toBeGreaterThan(0)
    const nowhere = await grantlab('discover', 'http://127.0.0.1:1', '--json')
    expect(nowhere.exitCode).toBe(4)
    expect(problemLineIn(nowhere)).toMatchObject({ code: 'connection-refused' })
  })

  it('a server that breaks a rule ends with 1 when rules count', async () => {
    const server = await startMetadataServer({ '/.well-known/openid-configuration': { issuer: 'ISSUER' } })
    try {
      expect((await grantlab('discover', server.origin)).exitCode).toBe(0)
      const strict = await grantlab('discover', server.origin, '--rules')
      expect(strict.exitCode).toBe(1)
      expect(strict.stdout).toContain('A required field is missing')
      expect(strict.stdout).toMatch(/\d+ findings are errors\n$/)
      expect((await grantlab('discover', server.origin, '--rules', '--json')).exitCode).toBe(1)
    } finally {
      await server.close()
    }
  })

  it('what was asked for and did not come is said, with stdout empty', async () => {
    const result = await grantlab('client-credentials', ...bench.confidential, '--print', 'refresh_token')
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain('The run brought no refresh_token, but access_token.')
  })

  it('what cannot come is refused before anything is sent', async () => {
    const args = ['client-credentials', '--issuer', 'http://127.0.0.1:1', '--client-id', 'a', '--print', 'id_token']
    const result = await grantlab(...args)
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain('never brings id_token')
    expect(result.stderr).not.toContain('127.0.0.1:1')
  })

  it('a refresh without a token says that none is kept, and how to give one', async () => {
    const people = await grantlab('refresh', ...bench.server())
    expect(people.exitCode).toBe(2)
    expect(people.stdout).toContain('--refresh-token-env VARIABLE')
    expect(people.stdout).toContain('--print refresh_token')
    expect(people.stdout).not.toContain('Sign in first')
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
      run: null,
      steps: [],
      exchanges: [],
      tokens: [],
      findings: [],
      problem: { code: 'parameter-unknown' },
    })
  })
})
