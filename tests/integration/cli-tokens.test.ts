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

  it('are shown as a family, whose replaced refresh token can be tried again on purpose', async () => {
    const listed = JSON.parse((await grantlab(['tokens', 'list', ...own, '--json'])).stdout) as { family: string }[]
    const family = listed[0]!.family.slice(0, 8)
    const shown = await grantlab(['tokens', 'family', family, '--json'])
    expect(JSON.parse(shown.stdout)).toMatchObject({
      profile: 'own',
      user: 'alice',
      nodes: [{ id: 'code' }, {}, {}, {}, {}, {}, {}],
    })
    const tried = await grantlab(['refresh', ...own, '--family', family, '--generation', '1'])
    expect(tried).toMatchObject({ exitCode: 0, stderr: '' })
    expect(tried.stdout).toContain('a replaced refresh token is refused')
  })

  it('go with every secret into a file under a passphrase of its own, and come back', async () => {
    const file = join(bench.folder, 'kept.json')
    await grantlab(['secret', 'set', 'acme'], 'a value to keep')
    const variable = ['--passphrase-env', 'GRANTLAB_VAULT_PASSPHRASE']
    expect(await grantlab(['vault', 'export', file], 'short')).toMatchObject({ exitCode: 2, stdout: '' })
    expect(await grantlab(['vault', 'export', file, ...variable])).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await grantlab(['vault', 'export', file, ...variable])).toMatchObject({ exitCode: 2, stdout: '' })
    expect(await grantlab(['vault', 'export', file, '--replace', ...variable])).toMatchObject({ exitCode: 0 })
    const again = await grantlab(['vault', 'import', file, '--json', ...variable])
    expect(JSON.parse(again.stdout)).toMatchObject({ secrets: 0, families: 0, skipped: ['acme', expect.any(String)] })
    const nowhere = await runCli(['vault', 'import', file, '--data-dir', join(bench.folder, 'none'), ...variable], {
      environment: { GRANTLAB_VAULT_PASSPHRASE: 'a passphrase for tests', GRANTLAB_NO_KEYCHAIN: '1' },
    })
    expect(nowhere).toMatchObject({ exitCode: 2, stdout: '' })
    expect(nowhere.stderr).toContain('Nothing was imported')
  })

  it('are missed in words that say what to run', async () => {
    expect(await grantlab(['tokens', 'clear', ...own])).toMatchObject({ exitCode: 0, stdout: 'deleted  1\n' })
    const none = await grantlab(['token', 'get', ...own, '--json'])
    expect(none).toMatchObject({ exitCode: 2, stdout: '' })
    expect(problemLineIn(none)).toMatchObject({ code: 'token-missing' })
    expect(none.stderr).toContain('authorization-code')
  })
})

describe('a wrong passphrase', () => {
  const wrongly = (...args: string[]) =>
    runCli([...args, ...bench.folders], {
      environment: { ...bench.environment, GRANTLAB_VAULT_PASSPHRASE: 'not the passphrase' },
    })

  it('lets a flow succeed, and says that its tokens were not kept', async () => {
    const ran = await wrongly('client-credentials', ...bench.confidential)
    expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Succeeded') })
    expect(ran.stderr).toMatch(/^The tokens of this call were not kept\n.*GRANTLAB_VAULT_PASSPHRASE.*\n {2}→ /)
    const programs = await wrongly('client-credentials', ...bench.confidential, '--json')
    expect(problemLineIn(programs)).toMatchObject({ code: 'passphrase-wrong' })
  })

  it('is told by vault show, and fails vault unlock', async () => {
    expect(JSON.parse((await wrongly('vault', 'show', '--json')).stdout)).toMatchObject({ state: 'locked' })
    expect(await wrongly('vault', 'unlock')).toMatchObject({ exitCode: 2, stdout: '' })
    const without = await runCli(['vault', 'unlock', ...bench.folders])
    expect(without).toMatchObject({ exitCode: 4, stdout: '' })
    expect(without.stderr).toContain('GRANTLAB_VAULT_PASSPHRASE')
  })
})

it('the list of tokens names a family by what tokens delete takes, and leaves out empty columns', async () => {
  expect(await grantlab(['client-credentials', ...bench.confidential])).toMatchObject({ exitCode: 0, stderr: '' })
  const { stdout } = await grantlab(['tokens', 'list'])
  const [head = '', row = ''] = stdout.split('\n')
  expect(head).toContain('family')
  expect(head).not.toMatch(/user|resource|dead/)
  const family = / ([0-9a-f]{8}) /.exec(row)?.[1] ?? ''
  expect(await grantlab(['tokens', 'delete', family])).toMatchObject({ stdout: 'deleted  1\n' })
})

it('what a playground of another call cannot know is said, with what to do', async () => {
  for (const args of [['userinfo'], ['token', 'get']]) {
    const lacking = await grantlab([...args, '--profile', 'playground', '--json'])
    expect(problemLineIn(lacking)).toMatchObject({
      code: 'token-missing',
      detail: expect.stringContaining('Where no playground runs') as string,
      whatToDo: expect.arrayContaining([
        expect.stringMatching(/grantlab playground run in another terminal, or a window/),
      ]) as string[],
    })
  }
})

it('where nothing is kept, the advice names flags that the command has', async () => {
  const folders = ['--data-dir', join(bench.folder, 'unkept'), '--workspace', join(bench.folder, 'workspace')]
  const userinfo = await runCli(['userinfo', '--issuer', bench.issuer, ...folders])
  expect(userinfo.stdout).toContain('--access-token-env VARIABLE')
  const get = await runCli(['token', 'get', ...own, ...folders])
  expect(get.stderr).toContain('grantlab vault use passphrase')
  expect(get.stderr).not.toContain('-env')
})

it('a refused call ends with 1 and says what to do', async () => {
  const refused = await grantlab(['call', `${bench.issuer}/api/hello`, '--token', 'none'])
  expect(refused.exitCode).toBe(1)
  expect(refused.stdout).toContain('(--token access_token)')
})
