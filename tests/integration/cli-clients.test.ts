import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { problemLineIn, reportIn } from '../support/cli-bench.ts'
import { startEmulatorCli, type EmulatorCli } from '../support/emulator-cli.ts'
import { leaksIn } from '../support/every-encoding.ts'

let cli: EmulatorCli
const emulator = ['--profile', 'telnyx-emulator']

beforeAll(async () => {
  cli = await startEmulatorCli()
  await cli.writeProductionProfile()
})
afterAll(() => cli.close())

const clients = (verb: string, ...flags: string[]) => cli.grantlab('clients', verb, ...flags, ...emulator)
const machine = ['--preset', 'machine', '--scope', 'account_management.read']
const create = (name: string, ...flags: string[]) => clients('create', ...machine, '--client-name', name, ...flags)

async function idOf(name: string): Promise<string> {
  const { clients: found } = reportIn(await clients('list', '--client-name', name, '--json'))
  expect(found).toHaveLength(1)
  return found[0]?.client_id ?? ''
}

it('lists the clients of the emulator as JSON and as a table, also without its verb', async () => {
  const listed = await clients('list', '--json')
  expect(listed).toMatchObject({ exitCode: 0, stderr: '' })
  const report = reportIn(listed)
  expect(report.clients.map(({ client_name }) => client_name)).toEqual(['Example app', 'Example machine'])
  expect(report.list).toMatchObject({ rows: 2, complete: true })
  const shown = await cli.grantlab('clients', ...emulator)
  expect(shown.exitCode).toBe(0)
  expect(shown.stdout).toMatch(/^client_id +name +type +grants +scopes +created$/m)
  expect(shown.stdout).toContain('  page 1 of 1, 2 clients')
})

it('what one process creates the next one lists, reads and changes', async () => {
  const made = await create('Robot', '--json')
  expect(made.exitCode).toBe(0)
  const [registered] = reportIn(made).registered
  expect(registered).toMatchObject({ how: 'sent', vendor: 'telnyx', registered: { name: 'Robot' }, differences: [] })
  const id = await idOf('Robot')
  expect(id).toBe(registered?.client.client_id)

  const read = await clients('get', id)
  expect(read.exitCode).toBe(0)
  expect(read.stdout).toMatch(/client_name +Robot$/m)
  expect(reportIn(await clients('get', id, '--json')).result).toMatchObject({ client: { client_id: id } })

  const changed = await clients('update', id, '--client-name', 'Robot 2')
  expect(changed.exitCode).toBe(0)
  expect(changed.stdout).toMatch(/^name +Robot 2 +Robot 2/m)
  expect(await idOf('Robot 2')).toBe(id)
})

it('what was created stands in the inventory, and without a lasting vault its secret is said to be lost', async () => {
  const made = await create('Inventory')
  expect(made.exitCode).toBe(0)
  expect(made.stdout).toMatch(/^client_secret .* kept until this call ends$/m)
  expect(made.stderr).toContain('The secrets of this registration were not kept')
  const listed = await cli.grantlab('registrations')
  expect(listed.stdout).toMatch(/^[0-9a-f]{8} .* Inventory +http:\/\/127\.0\.0\.1:\d+ +registered /m)
  expect(listed.stderr).toContain('those of earlier registrations are gone')
})

it('a refusal names the field and our flag, and exits with 1', async () => {
  const refused = await create('Wrong', '--scope', 'no.such.scope')
  expect(refused.exitCode).toBe(1)
  expect(refused.stdout).toMatch(/^ {2}scope \(--scope\): must be a subset of /m)
  const told = await create('Wrong', '--scope', 'no.such.scope', '--json')
  const fields = [{ name: 'scope', detail: expect.stringContaining('subset') }]
  expect(problemLineIn(told)).toMatchObject({ code: 'management-refused', status: 422, fields })
})

it('of several the failed ones say why, the rest is done, and it exits with 1', async () => {
  await create('First')
  await create('Second')
  const [first, second] = [await idOf('First'), await idOf('Second')]
  const path = `/v2/oauth_clients/${first}`
  await cli.control('POST', '/emulator/faults', { match: { method: 'DELETE', path }, fault: 'status', status: 409 })
  const result = await clients('delete', first, second, 'none-of-this-name', '--json')
  expect(result.exitCode).toBe(1)
  expect(reportIn(result).targets).toMatchObject([
    { target: first, outcome: 'failed', problem: { status: 409 } },
    { target: second, outcome: 'done' },
    { target: 'none-of-this-name', outcome: 'absent' },
  ])
  expect(problemLineIn(result)).toMatchObject({ code: 'partly-done' })
  const shown = await clients('delete', first, second)
  expect(shown.exitCode).toBe(0)
  expect(shown.stdout).toContain(`  done  ${first}  First`)
  expect(shown.stdout).toContain(`  was gone  ${second}`)
  expect(shown.stdout).toContain('2 in all: 1 done, 1 was gone')
})

it.each([
  [['clients', 'delete', ...emulator], 'parameter-missing'],
  [['clients', 'get', '..', ...emulator], 'parameter-invalid'],
  [['clients', 'list', '--client-type', 'odd', ...emulator], 'parameter-invalid'],
  [['clients', 'list', '--profile', 'playground'], 'not-offered'],
  [['clients', 'list', '--print', 'client_secret', ...emulator], 'parameter-invalid'],
])('%j is wrong usage', async (args, code) => {
  const result = await cli.grantlab(...args, '--json')
  expect(problemLineIn(result)).toMatchObject({ code })
  expect(result.exitCode).toBe(2)
})

it('in a production profile a deletion wants the name of the profile', async () => {
  await create('Precious')
  const id = await idOf('Precious')
  const refused = await cli.grantlab('clients', 'delete', id, '--profile', 'production', '--json')
  expect(refused.exitCode).toBe(3)
  expect(problemLineIn(refused)).toMatchObject({ code: 'confirmation-needed' })
  expect(await idOf('Precious')).toBe(id)
  const done = await cli.grantlab('clients', 'delete', id, '--profile', 'production', '--confirm', 'production')
  expect(done.exitCode).toBe(0)
})

it('a list that breaks off keeps what came and says where to go on', async () => {
  await cli.control('POST', '/emulator/clients', { count: 30 })
  const match = { method: 'GET', path: '/v2/oauth_clients' }
  await cli.control('POST', '/emulator/faults', { match, fault: 'status', status: 403, after: 1 })
  const broken = await clients('list', '--page-size', '10')
  expect(broken.exitCode).toBe(1)
  expect(broken.stdout).toMatch(/^10 of \d+ in all, not all$/m)
  expect(broken.stdout).toContain('--from-page 2')
  const rest = reportIn(await clients('list', '--page-size', '10', '--from-page', '2', '--json'))
  expect(rest.list).toMatchObject({ firstPage: 2, complete: false })
})

it('Ctrl+C ends the wait that a 429 asks for', async () => {
  const match = { method: 'GET', path: '/v2/oauth_clients' }
  await cli.control('POST', '/emulator/faults', { match, fault: 'status', status: 429, retry_after: 50 })
  const running = cli.start('clients', 'list', ...emulator)
  await running.shows(/waiting for 50\.00 s {2}/)
  running.child.kill('SIGINT')
  const { exitCode, stdout } = await running.ended
  expect(exitCode).toBe(130)
  expect(stdout).not.toContain('client_id')
})

it('--print client_secret is all that comes through a pipe, and no secret is anywhere else', async () => {
  const entry = join(import.meta.dirname, '../../src/cli/main.ts')
  const args = ['clients', 'create', ...machine, '--client-name', 'Piped', ...emulator, ...cli.folders]
  const command = [process.execPath, entry, ...args, '--print', 'client_secret'].map((word) => `'${word}'`).join(' ')
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, GRANTLAB_NO_KEYCHAIN: '1', ...cli.environment }
  const { stdout, stderr } = await promisify(execFile)('/bin/sh', ['-c', `${command} | tr -d '\\n'`], {
    env: environment,
  })
  expect(stdout).toMatch(/^[\w-]{32,}$/)
  expect(stderr).toContain('Registered')
  const listed = await clients('list', '--json')
  const texts: [string, string][] = [
    ['stderr', stderr],
    ['list', listed.stdout],
    ['registrations', (await cli.grantlab('registrations', 'list', '--json')).stdout],
    ...(await cli.files()),
  ]
  expect(texts.some(([name]) => name.includes('registrations'))).toBe(true)
  for (const [name, text] of texts) {
    expect([name, ...leaksIn(text, stdout), ...leaksIn(text, cli.info.telnyx.api_key)]).toEqual([name])
  }
})
