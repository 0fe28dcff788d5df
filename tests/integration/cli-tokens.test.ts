import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCliBench, problemLineIn, reportIn, type CliBench } from '../support/cli-bench.ts'
import { runCli } from '../support/run-cli.ts'

let bench: CliBench
beforeAll(async () => {
  bench = await createCliBench()
})
afterAll(() => bench.close())

/** Each call is a process of its own: what is kept lies sealed in the data folder between them. */
const grantlab = (args: string[], input = '') =>
  runCli([...args, ...bench.folders], {
    environment: { ...bench.environment, GRANTLAB_VAULT_PASSPHRASE: 'a passphrase for tests' },
    input,
  })
const own = ['--profile', 'own']

describe('tokens kept between calls', () => {
  beforeAll(async () => {
    const values = [...bench.server(), '--scope', 'openid offline_access api:read']
    for (const args of [
      ['vault', 'use', 'passphrase'],
      ['profiles', 'save', 'own', ...values, '--redirect-uri', 'http://127.0.0.1:0/callback'],
      ['authorization-code', ...own, ...bench.formAgent],
    ]) {
      expect(await grantlab(args)).toMatchObject({ exitCode: 0 })
    }
  })

  it('are used by call, which reads its body from a file or from stdin', async () => {
    const path = join(bench.folder, 'order.json')
    await writeFile(path, '{"order": "ü"}')
    const echo = (body: string) => [
      'call',
      `${bench.issuer}/api/echo`,
      ...own,
      '--method',
      'POST',
      '--body',
      body,
      '--json',
    ]
    const fromFile = await grantlab(echo(`@${path}`))
    expect(fromFile).toMatchObject({ exitCode: 0, stderr: '' })
    expect(reportIn(fromFile).result).toMatchObject({ body: { sub: 'alice', body: '{"order": "ü"}' } })
    const piped = await grantlab(echo('-'), 'piped\n')
    expect(reportIn(piped).result).toMatchObject({ body: { body: 'piped\n' } })
  })

  it('are used by userinfo, which shows the claims to people', async () => {
    const told = await grantlab(['userinfo', ...own])
    expect(told).toMatchObject({ exitCode: 0, stderr: '' })
    expect(told.stdout).toContain('sub is that of the ID token')
    expect(told.stdout).toMatch(/^sub +alice$/m)
  })

  it('are printed alone by token get, refreshed where they end too early', async () => {
    const first = await grantlab(['token', 'get', ...own])
    expect(first).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/^eyJ[\w.-]+\n$/) as string })
    const again = await grantlab(['token', 'get', ...own, '--minimum-seconds', '700'])
    expect(again.stdout).toMatch(/^eyJ[\w.-]+\n$/)
    expect(again.stdout).not.toBe(first.stdout)
    const whole = await grantlab(['token', 'get', ...own, '--kind', 'id_token', '--user', 'alice', '--json'])
    expect(JSON.parse(whole.stdout)).toMatchObject({ kind: 'id_token', profile: 'own', user: 'alice' })
    const answer = await fetch(`${bench.issuer}/api/hello`, {
      headers: { authorization: `Bearer ${again.stdout.trim()}` },
    })
    expect(answer.status).toBe(200)
  })

  it('are missed in words that say what to run', async () => {
    expect(await grantlab(['tokens', 'clear', ...own])).toMatchObject({ exitCode: 0, stdout: 'deleted  1\n' })
    const none = await grantlab(['token', 'get', ...own, '--json'])
    expect(none).toMatchObject({ exitCode: 2, stdout: '' })
    expect(problemLineIn(none)).toMatchObject({ code: 'token-missing' })
    expect(none.stderr).toContain('authorization-code')
  })
})

it('a refused call ends with 1 and says what to do', async () => {
  const refused = await grantlab(['call', `${bench.issuer}/api/hello`, '--token', 'none'])
  expect(refused.exitCode).toBe(1)
  expect(refused.stdout).toContain('(--token access_token)')
})
