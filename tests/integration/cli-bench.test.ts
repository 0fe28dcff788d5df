import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Inspection } from '../../src/contract/bench/inspection.ts'
import { problemLineIn, reportIn } from '../support/cli-bench.ts'
import { freePort, type TestServer } from '../support/http-server.ts'
import { soundMetadata, startMetadataServer } from '../support/metadata-server.ts'
import { runCli } from '../support/run-cli.ts'
import { createTokenSigner, type TokenSigner } from '../support/signed-tokens.ts'

let folder: string
let signer: TokenSigner
let server: TestServer
let genuine: string
const audience = ['--audience', 'https://api.test']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-bench-'))
  signer = await createTokenSigner()
  server = await startMetadataServer({
    '/.well-known/openid-configuration': soundMetadata,
    '/jwks': signer.jwks,
    '/lost/.well-known/openid-configuration': { ...soundMetadata, issuer: 'ISSUER/lost', jwks_uri: 'ISSUER/nowhere' },
  })
  genuine = await signer.sign(server.origin)
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const grantlab = (args: string[], input = '', environment: Record<string, string> = {}) =>
  runCli([...args, '--data-dir', join(folder, 'data'), '--workspace', join(folder, 'workspace')], {
    input,
    environment,
  })
const fileOf = async (name: string, content: string | Buffer) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
const signatureOf = (token: string) => token.split('.').at(-1) ?? ''
const withClaims = (payload: string) =>
  `${genuine.split('.')[0]}.${Buffer.from(payload).toString('base64url')}.${signatureOf(genuine)}`

describe('token inspect', () => {
  it('reads what is piped in, from a file, and from a variable, without printing the token', async () => {
    const header = `Authorization: Bearer ${genuine}\n`
    const [piped, dash, named, variable] = await Promise.all([
      grantlab(['token', 'inspect'], header),
      grantlab(['token', 'inspect', '-'], header),
      grantlab(['token', 'inspect', await fileOf('header.txt', header)]),
      grantlab(['token', 'inspect', '--text-env', 'HEADER'], '', { HEADER: header }),
    ])
    for (const { exitCode, stdout, stderr } of [piped, dash, named, variable]) {
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect(stdout).toMatch(/signed \(JWS\)/)
      expect(stdout).toMatch(/^ {4}aud +https:\/\/api\.test {2,}.*RFC 7519 §4\.1\.3/m)
      expect(stdout).toMatch(/^ {4}exp +\d+, in (?:59|1) /m)
      expect(stdout).not.toContain(signatureOf(genuine))
    }
  })

  it('answers one JSON object with header, claims and fingerprints, and no token', async () => {
    const response = { access_token: genuine, refresh_token: 'opaque-refresh-0123456789', scope: 'a b' }
    const { stdout, exitCode } = await grantlab(['token', 'inspect', '--json'], JSON.stringify(response))
    expect(exitCode).toBe(0)
    const inspection = JSON.parse(stdout) as Inspection
    expect(inspection.recognised).toBe('token-response')
    expect(inspection.tokens.map(({ label, form }) => [label, form])).toEqual([
      ['access_token', 'jws'],
      ['refresh_token', 'opaque'],
    ])
    for (const secret of [signatureOf(genuine), response.refresh_token]) expect(stdout).not.toContain(secret)
  })

  it.each<[string, string, RegExp]>([
    ['escapes', '{"a":"\\u001b[2J\\u202e<script>"}', /a {2}\\e\[2J\\u\{202e\}<script>/],
    [
      'a name said twice',
      '{"exp":"a","exp":1e300}',
      /✗ duplicate-key \(payload, character 11 of its decoded text, \/exp\)/,
    ],
    ['deep JSON', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, /signed|malformed/],
    ['a text of a megabyte', `{"a":"${'x'.repeat(1_000_000)}"}`, /… \(\d+ characters\)/],
  ])('stands hostile claims: %s', async (_what, payload, said) => {
    const { exitCode, stdout, stderr } = await grantlab(['token', 'inspect'], withClaims(payload))
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(said)
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
    expect(stdout.length).toBeLessThan(100_000)
  })

  it('ends with 2 where nothing is recognised, nothing came, or no file is there, and repeats no token', async () => {
    const prose = await grantlab(['token', 'inspect'], 'good morning')
    expect(prose).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('JWT') as string })
    expect(await grantlab(['token', 'inspect'])).toMatchObject({ exitCode: 2, stdout: '' })
    const argument = await grantlab(['token', 'inspect', genuine])
    expect(argument).toMatchObject({ exitCode: 2, stdout: '' })
    expect(argument.stderr).toContain('process list')
    expect(argument.stderr).not.toContain('eyJ')
    const latin = await fileOf('latin', Buffer.from([0x65, 0x79, 0x4a, 0xe9, 0x2e]))
    expect(await grantlab(['token', 'inspect', latin])).toMatchObject({ exitCode: 2, stdout: '' })
  })
})

describe('token verify', () => {
  it('ends with 0 when all holds, by the keys of an issuer, of a file, of stdin and of an address', async () => {
    const keys = await fileOf('jwks.json', JSON.stringify(signer.jwks))
    const token = await fileOf('token.txt', `${genuine}\n`)
    const ways = [
      grantlab(['token', 'verify', '--issuer', server.origin, ...audience], genuine),
      grantlab(['token', 'verify', token, '--jwks', keys, ...audience]),
      grantlab(['token', 'verify', token, '--jwks', `@${keys}`, ...audience]),
      grantlab(['token', 'verify', token, '--jwks', '-', ...audience], JSON.stringify(signer.jwks)),
      grantlab(['token', 'verify', token, '--jwks', JSON.stringify(signer.jwks), ...audience]),
      grantlab(['token', 'verify', token, '--jwks', `${server.origin}/jwks`, ...audience]),
    ]
    for (const { exitCode, stdout, stderr } of await Promise.all(ways)) {
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect(stdout).toContain('Genuine and current')
      expect(stdout).toMatch(/^ {2}✓ .*\[RFC 7515 §5\.2\]$/m)
      expect(stdout).not.toContain(signatureOf(genuine))
    }
  })

  it('with --json begins with verdict, signature, time, claims, reason and checks', async () => {
    const ran = await grantlab(['token', 'verify', '--issuer', server.origin, ...audience, '--json'], genuine)
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' })
    const report = reportIn(ran)
    expect(report).toMatchObject({
      outcome: 'succeeded',
      verdict: 'valid',
      signature: { state: 'genuine' },
      time: { state: 'current' },
      claims: { state: 'fit' },
      reason: expect.any(String) as string,
    })
    expect(report.checks).toContainEqual(
      expect.objectContaining({ id: 'jwt.aud', holds: true, section: 'RFC 7519 §4.1.3' }),
    )
    const names = Object.keys(report)
    expect(names.indexOf('verdict')).toBeLessThan(names.indexOf('operation'))
    expect(ran.stdout).not.toContain(signatureOf(genuine))
  })

  it('ends with 1 for what was checked and does not hold', async () => {
    const now = Math.floor(Date.now() / 1000)
    const old = await signer.sign(server.origin, { iat: now - 9000, exp: now - 7300 })
    const forged = await (await createTokenSigner()).sign(server.origin)
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${genuine.split('.')[1]}.`
    for (const [token, said] of [
      [old, 'Genuine, expired 2 h 1 m ago'],
      [forged, 'Forged'],
      [none, 'Refused'],
    ] as const) {
      const ran = await grantlab(['token', 'verify', '--issuer', server.origin, ...audience], token)
      expect(ran).toMatchObject({ exitCode: 1, stderr: '', stdout: expect.stringContaining(said) as string })
      expect(ran.stdout).toMatch(/^ {2}✗ /m)
    }
    const other = await grantlab(['token', 'verify', '--issuer', server.origin, '--audience', 'web', '--json'], genuine)
    expect(other.exitCode).toBe(1)
    expect(reportIn(other)).toMatchObject({ verdict: 'invalid', claims: { state: 'differ' } })
    expect(problemLineIn(other)).toMatchObject({ code: 'token-invalid' })
  })

  it('judges as of --at', async () => {
    const now = Math.floor(Date.now() / 1000)
    const old = await signer.sign(server.origin, { iat: now - 9000, exp: now - 7300 })
    const at = ['--at', new Date((now - 8000) * 1000).toISOString()]
    expect(await grantlab(['token', 'verify', '--issuer', server.origin, ...audience, ...at], old)).toMatchObject({
      exitCode: 0,
    })
    expect(await grantlab(['token', 'verify', '--issuer', server.origin, '--at', 'soon'], old)).toMatchObject({
      exitCode: 2,
    })
  })

  it('ends with 4, and never calls it invalid, where keys could not be had', async () => {
    const lost = await signer.sign(`${server.origin}/lost`)
    const closed = `http://127.0.0.1:${await freePort()}`
    const ways: [string[], string][] = [
      [[], genuine],
      [['--issuer', closed], await signer.sign(closed)],
      [['--issuer', `${server.origin}/lost`], lost],
      [['--jwks', `${server.origin}/nowhere`], genuine],
    ]
    for (const [args, token] of ways) {
      const ran = await grantlab(['token', 'verify', ...args, '--json'], token)
      expect([args, ran.exitCode]).toEqual([args, 4])
      expect(reportIn(ran)).toMatchObject({ verdict: 'not-verified', signature: { state: 'not-verified' } })
    }
  })

  it('asks nobody whom only the token names', async () => {
    const before = server.requests.length
    const ran = await grantlab(['token', 'verify'], genuine)
    expect(ran.exitCode).toBe(4)
    expect(ran.stdout).toContain(server.origin)
    expect(ran.stdout).toContain('--ask-issuer')
    expect(server.requests).toHaveLength(before)
  })

  it('refuses a token in the command line, stdin wanted twice, keys that are none, and no token at all', async () => {
    for (const args of [['--token', genuine], [genuine], ['-', '--jwks', '-'], ['--jwks', '{"keys":1}'], []]) {
      const ran = await grantlab(['token', 'verify', ...args], args.length === 2 && args[0] === '--jwks' ? genuine : '')
      expect([args, ran.exitCode]).toEqual([args, 2])
      expect(ran.stdout + ran.stderr).not.toContain(signatureOf(genuine))
    }
  })
})
