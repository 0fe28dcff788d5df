import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { problemLineIn, reportIn } from '../support/cli-bench.ts'
import { startEmulatorCli, type EmulatorCli } from '../support/emulator-cli.ts'
import { leaksIn } from '../support/every-encoding.ts'

let cli: EmulatorCli
const emulator = ['--profile', 'telnyx-emulator']

beforeAll(async () => {
  cli = await startEmulatorCli()
})
afterAll(() => cli.close())

const grantlab = (...args: string[]) => cli.grantlab(...args, ...emulator)

/** Signs in without anybody, and answers what `--print` was asked for. */
async function tokenOf(kind: 'access_token' | 'refresh_token'): Promise<string> {
  const { exitCode, stdout } = await grantlab('authorization-code', '--agent', 'consent', '--print', kind)
  expect(exitCode).toBe(0)
  return stdout.trim()
}

/** Asks for access as a browser would and answers the address of the consent page. */
async function askForConsent(): Promise<string> {
  const { base_url, client_id } = cli.info.telnyx
  const challenge = createHash('sha256').update('v'.repeat(43)).digest('base64url')
  const query = new URLSearchParams({
    client_id,
    redirect_uri: 'http://127.0.0.1:9/callback',
    response_type: 'code',
    scope: 'messaging.read numbers.read',
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const response = await fetch(`${base_url}/oauth/authorize?${query.toString()}`, { redirect: 'manual' })
  expect(response.status).toBe(302)
  return new URL(response.headers.get('location') ?? '', base_url).href
}

it('a grant is listed with the name of its client, read, revoked, and gone', async () => {
  const token = await tokenOf('access_token')
  const shown = await grantlab('grants')
  expect(shown.exitCode).toBe(0)
  expect(shown.stdout).toMatch(/^id +client +scopes +created +last used$/m)
  expect(shown.stdout).toMatch(/^[0-9a-f-]{36} +Example app +\S+/m)
  const [grant] = reportIn(await grantlab('grants', 'list', '--json')).grants
  const id = grant?.id ?? ''
  expect(grant).toMatchObject({ client_id: cli.info.telnyx.client_id, client_name: 'Example app' })
  expect(reportIn(await grantlab('grants', 'get', id, '--json')).result).toMatchObject({ id })
  expect((await grantlab('grants', 'get', id)).stdout).toMatch(/^client_id +\S+$/m)

  cli.environment.TOKEN = token
  const bearer = ['--authorization', 'bearer', '--bearer-token-env', 'GRANTLAB_SECRET_ACME_KEY']
  const ask = () => grantlab('introspect', '--token-env', 'TOKEN', ...bearer, '--json')
  expect(reportIn(await ask()).result).toMatchObject({ active: true })
  const revoked = await grantlab('grants', 'revoke', id)
  expect(revoked.exitCode).toBe(0)
  expect(revoked.stdout).toContain(`  done  ${id}`)
  expect(reportIn(await ask()).result).toMatchObject({ active: false })

  const again = await grantlab('grants', 'revoke', id, '--json')
  expect(again.exitCode).toBe(0)
  expect(reportIn(again).targets).toMatchObject([{ target: id, outcome: 'absent' }])
  const unknown = await grantlab('grants', 'get', id, '--json')
  expect(unknown.exitCode).toBe(1)
  expect(problemLineIn(unknown)).toMatchObject({ code: 'management-refused', status: 404 })
})

it('a consent is read, then approved: who asks for what, and where the answer goes', async () => {
  cli.environment.CONSENT = await askForConsent()
  const given = ['--consent-token-env', 'CONSENT']
  const read = await grantlab('consent', 'get', ...given)
  expect(read.exitCode).toBe(0)
  expect(read.stdout).toMatch(/^Example app \([\w-]+\) asks for$/m)
  expect(read.stdout).toMatch(/^ {2}messaging\.read/m)
  expect(read.stdout).toContain('The answer goes to http://127.0.0.1:9/callback')
  const approved = await grantlab('consent', 'approve', ...given, '--no-follow', '--json')
  expect(approved.exitCode).toBe(0)
  const result = reportIn(approved).result as { allowed: boolean; redirect_uri: string }
  expect(result.allowed).toBe(true)
  expect(result.redirect_uri).toContain('code=')
  expect(new URL(result.redirect_uri).searchParams.get('code')).toMatch(/^●●●●/)

  const twice = await grantlab('consent', 'approve', ...given, '--json')
  expect(twice.exitCode).toBe(1)
  const consentToken = [...new URL(cli.environment.CONSENT).searchParams.values()][0] ?? ''
  for (const [name, text] of [['output', approved.stdout + read.stdout] as const, ...(await cli.files())]) {
    expect([name, ...leaksIn(text, consentToken)]).toEqual([name])
  }
})

it('a consent that is denied tells the client so', async () => {
  cli.environment.CONSENT = await askForConsent()
  const denied = await grantlab('consent', 'deny', '--consent-token-env', 'CONSENT', '--no-follow')
  expect(denied.exitCode).toBe(0)
  expect(denied.stdout).toMatch(/redirect_uri +http:\/\/127\.0\.0\.1:9\/callback\?.*error=access_denied/)
})

it('where the standards have nothing of the kind it is wrong usage, with who has it', async () => {
  const refused = await cli.grantlab('grants', 'list', '--profile', 'playground', '--json')
  expect(refused.exitCode).toBe(2)
  expect(problemLineIn(refused)).toMatchObject({
    code: 'not-offered',
    whatToDo: expect.arrayContaining([expect.stringContaining('telnyx')]),
  })
})

it('what will fail is said before the browser would open, from what was last seen', async () => {
  await grantlab('clients', 'get', cli.info.telnyx.client_id)
  const wrong = ['--redirect-uri', 'http://127.0.0.1:0/other', '--scope', 'messaging.read', '--agent', 'consent']
  const run = await grantlab('authorization-code', ...wrong)
  expect(run.exitCode).toBe(1)
  const warned = run.stdout.indexOf('  will fail  redirect URI: ')
  expect(warned).toBeGreaterThan(0)
  expect(run.stdout.indexOf('→ open')).toBeGreaterThan(warned)
  const told = reportIn(await grantlab('authorization-code', ...wrong, '--json'))
  expect(told.known).toMatchObject([{ source: 'remembered', client: { client_id: cli.info.telnyx.client_id } }])
  expect(told.preflight).toContainEqual(expect.objectContaining({ subject: 'redirect-uri', verdict: 'fails' }))
  const asked = reportIn(await grantlab('authorization-code', ...wrong, '--preflight', 'ask', '--json'))
  expect(asked.known).toMatchObject([{ source: 'read' }])
})

it('a token is given back at the authorization server', async () => {
  const signIn = ['authorization-code', '--profile', 'playground', '--agent', 'form']
  const { stdout } = await cli.grantlab(...signIn, '--print', 'refresh_token')
  cli.environment.TOKEN = stdout.trim()
  const playground = ['--token-env', 'TOKEN', '--profile', 'playground', '--json']
  expect(reportIn(await cli.grantlab('introspect', ...playground)).result).toMatchObject({ active: true })
  expect((await cli.grantlab('revoke', ...playground)).exitCode).toBe(0)
  expect(reportIn(await cli.grantlab('introspect', ...playground)).result).toMatchObject({ active: false })
  const shown = await cli.grantlab('introspect', '--token-env', 'TOKEN', '--profile', 'playground')
  expect(shown.stdout).toMatch(/^active +no$/m)
})
