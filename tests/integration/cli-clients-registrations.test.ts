import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Registration } from '../../src/contract/registration.ts'
import { problemLineIn, reportIn } from '../support/cli-bench.ts'
import { startEmulatorCli, type EmulatorCli } from '../support/emulator-cli.ts'
import { leaksIn } from '../support/every-encoding.ts'
import { runCli } from '../support/run-cli.ts'

let cli: EmulatorCli
const playground = ['--profile', 'playground']
const redirect = ['--redirect-uris', 'https://app.test/callback']

// A vault that lasts: what one call is given, the next one needs.
beforeAll(async () => {
  cli = await startEmulatorCli({ vault: true })
})
afterAll(() => cli.close())

const register = (name: string, ...flags: string[]) =>
  cli.grantlab('register', ...playground, '--preset', 'confidential-web', '--client-name', name, ...redirect, ...flags)

async function registrations(): Promise<Registration[]> {
  return JSON.parse((await cli.grantlab('registrations', 'list', '--json')).stdout) as Registration[]
}

async function named(title: string): Promise<Registration> {
  const found = (await registrations()).find((one) => one.title === title)
  if (!found) throw new Error(`no registration ${title}`)
  return found
}

it('a client is registered, read, changed and deleted, each in a process of its own', async () => {
  const made = await register('Web app')
  expect(made).toMatchObject({ exitCode: 0, stderr: '' })
  expect(made.stdout).toMatch(/^Registered {2}\S+ {2}as asked for$/m)
  expect(made.stdout).toMatch(/^client_name +Web app +Web app +-$/m)
  expect(made.stdout).toMatch(
    /^client_secret {2}●●●● #[0-9a-f]{4} {2}kept as secret registered_[0-9a-f]{8}_client_secret/m,
  )
  const { client_id: id } = await named('Web app')
  const client = ['--client-id', id, ...playground]

  const read = await cli.grantlab('registration', 'read', ...client, '--json')
  expect(read.exitCode).toBe(0)
  expect(reportIn(read).registered).toMatchObject([{ how: 'read', registered: { client_name: 'Web app' } }])
  const changed = await cli.grantlab('registration', 'update', ...client, '--client-name', 'Web app 2')
  expect(changed.exitCode).toBe(0)
  expect(changed.stdout).toMatch(/^client_name +Web app 2 +Web app 2/m)
  // The management token changed with that; the next call has the new one.
  const deleted = await cli.grantlab('registration', 'delete', ...client)
  expect(deleted.exitCode).toBe(0)
  const gone = await cli.grantlab('registration', 'read', ...client, '--json')
  expect(gone.exitCode).not.toBe(0)
  expect((await registrations()).find(({ client_id }) => client_id === id)?.state).toBe('gone')
})

it('the server’s refusal of metadata names our flag', async () => {
  const refused = await register('Odd', '--scope', 'no-such-scope')
  expect(refused.exitCode).toBe(1)
  expect(refused.stdout).toMatch(/^ {2}scope \(--scope\): /m)
  expect((await registrations()).some(({ title }) => title === 'Odd')).toBe(false)
})

it('members of a file come along, and what is no JSON is wrong usage', async () => {
  const file = join(cli.folder, 'metadata.json')
  await writeFile(file, JSON.stringify({ contacts: ['me@app.test'] }))
  const made = await register('From a file', '--further-metadata', `@${file}`, '--json')
  expect(reportIn(made).registered[0]?.asked).toMatchObject({ contacts: ['me@app.test'] })
  await writeFile(file, 'contacts: me')
  const broken = await register('Broken', '--further-metadata', `@${file}`, '--json')
  expect(broken.exitCode).toBe(2)
  expect(problemLineIn(broken)).toMatchObject({ code: 'parameter-invalid' })
})

it('a profile made of a registration signs in with the kept secret', async () => {
  const { exitCode } = await register('Signs in', '--grant-types', 'client_credentials', '--scope', 'api:read')
  expect(exitCode).toBe(0)
  const { id, issuer, client_id: client } = await named('Signs in')
  const made = await cli.grantlab('registrations', 'make-profile', id, 'made')
  expect(made.exitCode).toBe(0)
  expect(made.stdout).toContain(client)
  const found = await cli.grantlab('registrations', 'find', '--issuer', issuer, '--client-id', client)
  expect(found.stdout).toMatch(/^state +registered$/m)
  expect(found.stdout).toMatch(/^profiles +made$/m)
  const run = await cli.grantlab('client-credentials', '--profile', 'made', '--json')
  expect(run.exitCode).toBe(0)
  expect(reportIn(run).tokens.length).toBe(1)
})

it('no secret of a registration stands in any output or file', async () => {
  const [secret, management] = await Promise.all([
    register('Leaky', '--print', 'client_secret'),
    register('Leaky 2', '--print', 'registration_access_token'),
  ])
  const shown = await register('Leaky 3', '--json')
  const texts: [string, string][] = [
    ['stderr', secret.stderr + management.stderr],
    ['registrations', (await cli.grantlab('registrations', '--json')).stdout],
    ...(await cli.files()),
  ]
  for (const value of [secret.stdout.trim(), management.stdout.trim()]) {
    expect(value).toMatch(/^[\w-]{20,}$/)
    for (const [name, text] of texts) expect([name, ...leaksIn(text, value)]).toEqual([name])
  }
  expect(reportIn(shown).registered[0]?.registered.client_secret).toMatch(/^●●●● #[0-9a-f]{4}$/)
})

it('a passphrase that nobody gave is found out before a client is made', async () => {
  const environment = { GRANTLAB_SECRET_ACME_KEY: cli.info.telnyx.api_key }
  const server = ['--issuer', cli.info.telnyx.issuer, '--vendor', 'telnyx', '--api-key-name', 'acme_key']
  const client = ['--preset', 'machine', '--client-name', 'Locked out', '--scope', 'account_management.read']
  const refused = await runCli(['clients', 'create', ...server, ...client, ...cli.folders, '--json'], { environment })
  expect(refused.exitCode).not.toBe(0)
  expect(problemLineIn(refused)).toMatchObject({ code: 'vault-locked' })
  expect(reportIn(refused).exchanges).toEqual([])
  expect((await registrations()).some(({ title }) => title === 'Locked out')).toBe(false)
})

it(
  'a create whose answer was cut is listed first as unknown, and clean-up says what it could not delete',
  { timeout: 120_000 },
  async () => {
    const match = { method: 'POST', path: '/v2/oauth_clients' }
    await cli.control('POST', '/emulator/faults', { match, fault: 'cut-body' })
    const flags = ['--preset', 'machine', '--scope', 'account_management.read', '--profile', 'telnyx-emulator']
    const cut = await cli.grantlab('clients', 'create', '--client-name', 'Cut', ...flags, '--json')
    expect(cut.exitCode).toBe(1)
    expect(problemLineIn(cut)).toMatchObject({ code: 'outcome-unknown' })
    await cli.grantlab('clients', 'create', '--client-name', 'Whole', ...flags)

    const listed = await cli.grantlab('registrations')
    expect(listed.stdout.split('\n')[1]).toMatch(/^[0-9a-f]{8} .* Cut .* unknown: look/)
    const cleaned = await cli.grantlab('registration', 'clean-up', '--all', '--profile', 'telnyx-emulator')
    expect(cleaned.exitCode).toBe(1)
    expect(cleaned.stdout).toMatch(/^ {2}done {2}\S+ {2}Whole$/m)
    expect(cleaned.stdout).toMatch(/^ {2}not known {2}[0-9a-f]{8} {2}Cut: /m)
    expect(cleaned.stdout).toContain('2 in all: 1 done, 1 not known')

    const { id } = await named('Cut')
    const asked = await cli.grantlab('registrations', 'forget', id, '--json')
    expect(asked.exitCode).toBe(3)
    expect((await cli.grantlab('registrations', 'forget', id, '--yes')).exitCode).toBe(0)
    expect((await registrations()).some((one) => one.id === id)).toBe(false)
  },
)
