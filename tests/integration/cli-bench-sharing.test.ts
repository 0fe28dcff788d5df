import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunReport } from '../../src/contract/report.ts'
import { createCliBench, type CliBench } from '../support/cli-bench.ts'
import { leaksIn } from '../support/every-encoding.ts'
import { runCli } from '../support/run-cli.ts'

let bench: CliBench
let runId: string
let tokens: string[]
const passphrase = 'a passphrase for tests'

const grantlab = (args: string[], input = '') =>
  runCli([...args, ...bench.folders], {
    environment: { ...bench.environment, GRANTLAB_VAULT_PASSPHRASE: passphrase },
    input,
  })
const path = (name: string) => join(bench.folder, name)
const secretsIn = (text: string) =>
  [...tokens, ...Object.values(bench.environment)].flatMap((one) => leaksIn(text, one))

beforeAll(async () => {
  bench = await createCliBench()
  const values = [...bench.server(), '--scope', 'openid email offline_access']
  await grantlab(['vault', 'use', 'passphrase'])
  await grantlab(['profiles', 'save', 'own', ...values, '--redirect-uri', 'http://127.0.0.1:0/callback'])
  const ran = await grantlab(['authorization-code', '--profile', 'own', ...bench.formAgent, '--print', 'refresh_token'])
  expect(ran.exitCode).toBe(0)
  const got = await grantlab(['token', 'get', '--profile', 'own', '--kind', 'id_token'])
  tokens = [ran.stdout.trim(), got.stdout.trim()]
  expect(tokens.filter((token) => token.length > 20)).toHaveLength(2)
  const [, row = ''] = (await grantlab(['history', 'list'])).stdout.split('\n')
  runId = /^[0-9a-f]{16}/.exec(row)?.[0] ?? ''
  // Many calls, each of which opens a vault by its passphrase, which is slow on purpose.
}, 120_000)
afterAll(() => bench.close())

describe('a capsule', () => {
  it('is written, with its contents told, and opened again as the same run with the same findings', async () => {
    const made = await grantlab(['capsule', 'make', runId, '--file', path('run.html'), '--note', 'see token request'])
    expect(made).toMatchObject({ exitCode: 0, stderr: '' })
    expect(made.stdout).toMatch(/^ {2}secrets +\d+, each as a mark/m)
    expect(made.stdout).toMatch(/E-mail addresses: \d+ masked/)
    expect(secretsIn(await readFile(path('run.html'), 'utf8'))).toEqual([])
    const opened = await grantlab(['capsule', 'open', path('run.html')])
    expect(opened).toMatchObject({ exitCode: 0, stderr: '' })
    expect(opened.stdout).toMatch(/^Capsule {2}run\.html, made .*only to be read$/m)
    expect(opened.stdout).toMatch(/^ {2}see token request$/m)
    for (const text of ['Token request', 'checked  state matches', 'Succeeded']) expect(opened.stdout).toContain(text)
    const { runs } = JSON.parse((await grantlab(['capsule', 'open', path('run.html'), '--json'])).stdout) as {
      runs: RunReport[]
    }
    expect(runs).toMatchObject([{ origin: { kind: 'capsule', name: 'run.html' }, outcome: 'succeeded', findings: [] }])
    const history = await grantlab(['history', 'list', '--json'])
    expect(history.stdout).toContain(runId)
    expect(history.stdout).not.toContain(runs[0]?.run?.id)
  })

  it('goes through a pipe as it is, with what is in it told beside', async () => {
    const piped = await grantlab(['capsule', 'make', runId, '--include', 'email'])
    expect(piped.exitCode).toBe(0)
    expect(piped.stdout).toMatch(/^<!doctype html>/i)
    expect(piped.stderr).toMatch(/E-mail addresses: \d+ in clear/)
    expect(secretsIn(piped.stdout)).toEqual([])
    const opened = await grantlab(['capsule', 'open'], piped.stdout)
    expect(opened).toMatchObject({ exitCode: 0, stderr: '' })
    expect(opened.stdout).toContain('alice@')
  })

  it('is not written over a file, and what is none is refused with 2', async () => {
    await writeFile(path('mine.html'), 'mine')
    expect(await grantlab(['capsule', 'make', runId, '--file', path('mine.html')])).toMatchObject({ exitCode: 2 })
    expect(await readFile(path('mine.html'), 'utf8')).toBe('mine')
    for (const text of ['mine', '<script type="application/json" id="grantlab-capsule">{"version":1}</script>']) {
      expect([text, (await grantlab(['capsule', 'open'], text)).exitCode]).toEqual([text, 2])
    }
    expect(await grantlab(['capsule', 'make', 'none'])).toMatchObject({ exitCode: 2, stdout: '' })
  })
})

describe('a HAR', () => {
  it('is written and opened again', async () => {
    const made = await grantlab(['har', 'make', runId])
    expect(made.exitCode).toBe(0)
    expect(JSON.parse(made.stdout)).toMatchObject({ log: { version: '1.2' } })
    expect(secretsIn(made.stdout)).toEqual([])
    await writeFile(path('run.har'), made.stdout)
    const opened = await grantlab(['har', 'open', path('run.har')])
    expect(opened).toMatchObject({ exitCode: 0, stderr: '' })
    expect(opened.stdout).toMatch(/^HAR {2}run\.har/m)
    expect(opened.stdout).toMatch(/200 POST .*\/token/)
  })

  it('with hostile text does nothing to the terminal; one that is broken is refused with its place', async () => {
    const url = 'https://as.test/token\u001b[2J\u202e'
    const request = { method: 'POST', url, headers: [], postData: { mimeType: 'a', text: 'grant_type=x\u0007' } }
    const response = {
      status: 400,
      headers: [],
      content: { mimeType: 'application/json', text: '{"error":"\\u001b]0;x"}' },
    }
    const har = {
      log: { version: '1.2', entries: [{ startedDateTime: '2026-01-01T00:00:00Z', time: 1, request, response }] },
    }
    const opened = await grantlab(['har', 'open'], JSON.stringify(har))
    expect(opened.stdout + opened.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
    expect([0, 2]).toContain(opened.exitCode)
    expect(await grantlab(['har', 'open'], '{"log":')).toMatchObject({ exitCode: 2, stdout: '' })
  })
})

it('a ticket is at most 30 lines of Markdown on stdout', async () => {
  const { exitCode, stdout, stderr } = await grantlab(['share', 'ticket', runId])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(30)
  expect(stdout).toMatch(/UTC/)
  expect(secretsIn(stdout)).toEqual([])
})

it('a family is a graph from the code to the newest refresh, and says how to try the old one', async () => {
  expect(await grantlab(['refresh', '--profile', 'own'])).toMatchObject({ exitCode: 0 })
  const [{ family } = { family: '' }] = JSON.parse((await grantlab(['tokens', 'list', '--json'])).stdout) as {
    family: string
  }[]
  const { exitCode, stdout, stderr } = await grantlab(['tokens', 'family', family])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(/^Code\b[^]*^Answer 1, by code exchange[^]*^Answer 2, by refresh/m)
  expect(stdout).toContain(`grantlab refresh --profile own --family ${family} --generation 1`)
  expect(secretsIn(stdout)).toEqual([])
})

describe('the vault as a file', () => {
  it('goes to another data folder, sealed by a passphrase from stdin or a variable', async () => {
    const exported = await grantlab(['vault', 'export', path('vault.sealed')], 'sealed with this\n')
    expect(exported).toMatchObject({ exitCode: 0, stderr: '' })
    expect(secretsIn(await readFile(path('vault.sealed'), 'latin1'))).toEqual([])
    const other = ['--data-dir', path('other'), '--workspace', path('workspace')]
    const there = (args: string[], environment: Record<string, string> = {}) =>
      runCli([...args, ...other], { environment: { GRANTLAB_VAULT_PASSPHRASE: passphrase, ...environment } })
    await there(['vault', 'use', 'passphrase'])
    const importing = ['vault', 'import', path('vault.sealed'), '--passphrase-env', 'SEAL']
    expect(await there(importing, { SEAL: 'not that one' })).toMatchObject({ exitCode: 2, stdout: '' })
    const imported = await there([...importing, '--json'], { SEAL: 'sealed with this' })
    expect(JSON.parse(imported.stdout)).toMatchObject({ families: expect.any(Number) as number, skipped: [] })
    expect((await there(['token', 'get', '--profile', 'own'])).stdout).toMatch(/^eyJ/)
  }, 90_000)
})
