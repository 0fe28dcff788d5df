import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { leaksIn } from '../support/every-encoding.ts'
import { startKeyring, whyNoKeyring, type TestKeyring } from '../support/keychain.ts'
import { startRotatingServer } from '../support/rotating-server.ts'
import { runCli } from '../support/run-cli.ts'
import { runVaultProcess, startVaultProcess } from '../support/vault-process.ts'

// The system's keychain itself, in an own home on an own bus: every look at the vault is another process.

let folder: string
let keyring: TestKeyring | undefined
beforeEach(async ({ skip }) => {
  skip(whyNoKeyring() !== undefined, whyNoKeyring())
  folder = await mkdtemp(join(tmpdir(), 'grantlab-keyring-data-'))
})
afterEach(async () => {
  await keyring?.close()
  keyring = undefined
  if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 3 })
})

const value = 'a clear väl/ue+1'

async function open(state: 'unlocked' | 'empty') {
  keyring = await startKeyring(state)
  const { environment } = keyring
  return {
    keyring,
    environment,
    vault: (...args: [string, ...string[]]) => runVaultProcess([args[0], folder, ...args.slice(1)], environment),
    cli: (args: string[], input = '') =>
      runCli([...args, '--data-dir', folder, '--workspace', folder], { environment, input }),
  }
}

test('an unlocked keychain has the key, and the data folder nothing in clear', async () => {
  const { vault } = await open('unlocked')
  expect(await vault('set', 'acme', value)).toEqual(['set'])
  expect(await vault('get', 'acme')).toEqual([value])
  expect(await vault('facts')).toMatchObject([{ state: 'ready' }, { state: 'ready', store: 'keychain' }])
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const { parentPath, name } of files.filter((file) => file.isFile())) {
    expect(leaksIn(await readFile(join(parentPath, name), 'utf8'), value)).toEqual([])
  }
})

test('a locked keychain keeps what is sealed, and opens it when it is unlocked', async () => {
  const { vault, keyring: ring } = await open('unlocked')
  await vault('set', 'acme', value)
  await ring.restart('locked')
  expect(await vault('get', 'acme')).toEqual(['vault-locked'])
  expect(await vault('set', 'acme', 'other')).toEqual(['vault-locked'])
  expect(await vault('facts')).toMatchObject([{ state: 'ready' }, { state: 'locked', store: 'keychain' }])
  await ring.restart('unlocked')
  expect(await vault('get', 'acme')).toEqual([value])
})

test('a locked keychain makes no vault, and says so', async () => {
  const { vault, keyring: ring } = await open('unlocked')
  await ring.restart('locked')
  expect(await vault('set', 'acme', value)).toEqual(['vault-locked'])
  expect(await vault('facts')).toMatchObject([{ state: 'ready' }, { state: 'locked' }])
})

test('without a collection to keep anything in there is no keychain', async () => {
  const { vault } = await open('empty')
  expect(await vault('facts')).toMatchObject([{ state: 'ready' }, { state: 'absent', store: 'memory' }])
  expect(await vault('set', 'acme', value)).toEqual(['set'])
  expect(await vault('get', 'acme')).toEqual([null])
})

test('a bus that nobody answers at, or none at all, is no keychain; what was sealed before is locked', async () => {
  const { vault, environment } = await open('unlocked')
  await vault('set', 'acme', value)
  const { DBUS_SESSION_BUS_ADDRESS: _bus, ...noBus } = environment
  for (const other of [noBus, { ...environment, DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/none` }]) {
    expect(await runVaultProcess(['get', folder, 'acme'], other)).toEqual(['vault-locked'])
    const fresh = join(folder, 'fresh')
    expect(await runVaultProcess(['facts', fresh], other)).toMatchObject([{}, { state: 'absent' }])
  }
})

test('a keychain that answers nobody is given up, and counts as locked', async () => {
  const { vault, keyring: ring } = await open('unlocked')
  await vault('set', 'acme', value)
  ring.freeze()
  expect(await vault('get', 'acme')).toEqual(['vault-locked'])
})

test('two processes with the keychain refresh one rotating token by one request', async () => {
  const { environment, vault } = await open('unlocked')
  const server = await startRotatingServer('rt-1')
  try {
    await vault('keep', 'rt-1')
    const processes = ['one', 'two'].map(() => startVaultProcess(['refresh', folder, server.address], environment))
    await Promise.all(processes.map(({ told }) => told(1)))
    for (const { child } of processes) child.stdin.end('go\n')
    await Promise.all(processes.map(({ ended }) => ended))
    const expected = ['seen', { generation: 2, refresh_token: 'rt-2' }]
    expect(processes.map(({ facts }) => facts)).toEqual([expected, expected])
    expect(server.requests).toBe(1)
  } finally {
    await server.close()
  }
})

test(
  'the command line keeps a secret for its next call, lists it, removes it, and resets',
  { timeout: 60_000 },
  async () => {
    const { cli, vault } = await open('unlocked')
    const set = await cli(['secret', 'set', 'acme'], `${value}\n`)
    expect([set.exitCode, set.stdout, set.stderr]).toEqual([
      0,
      'name       acme\nmay go to  where it is used first\n',
      '',
    ])
    const [secret] = JSON.parse((await cli(['secret', 'list', '--json'])).stdout)
    expect(secret).toMatchObject({ name: 'acme', from: 'vault', usedBy: [], origins: [] })
    expect((await cli(['vault', 'show'])).stdout).toContain('sealed under a key')
    expect(await vault('get', 'acme')).toEqual([value])
    expect((await cli(['secret', 'rm', 'acme'])).stdout).toContain('yes')
    await cli(['secret', 'set', 'acme'], value)
    const reset = JSON.parse((await cli(['reset', '--yes', '--json'])).stdout) as { part: string; outcome: string }[]
    expect(reset.find(({ part }) => part === 'vault')).toMatchObject({ outcome: 'removed' })
    expect(await vault('get', 'acme')).toEqual([null])
  },
)

test('what one keychain sealed goes by a file into a data folder of another', { timeout: 60_000 }, async () => {
  const { cli, vault } = await open('unlocked')
  await vault('set', 'acme', value)
  await vault('keep', 'rt-1 to keep')
  const file = join(folder, 'kept.json')
  const passphrase = 'correct horse battery'
  const made = await cli(['vault', 'export', file, '--json'], passphrase)
  expect([made.exitCode, JSON.parse(made.stdout)]).toEqual([0, { file, secrets: 1, families: 1 }])
  for (const clear of [value, 'rt-1 to keep']) expect(leaksIn(await readFile(file, 'utf8'), clear)).toEqual([])
  await keyring?.close()
  const other = await open('unlocked')
  const elsewhere = join(folder, 'elsewhere')
  const grantlab = (args: string[], input: string) =>
    runCli([...args, '--data-dir', elsewhere, '--workspace', folder], { environment: other.environment, input })
  expect(await grantlab(['vault', 'import', file], 'not the passphrase')).toMatchObject({ exitCode: 2, stdout: '' })
  const taken = await grantlab(['vault', 'import', file, '--json'], passphrase)
  expect([taken.exitCode, JSON.parse(taken.stdout)]).toEqual([0, { secrets: 1, families: 1, skipped: [] }])
  expect(await runVaultProcess(['get', elsewhere, 'acme'], other.environment)).toEqual([value])
  for (const clear of [value, 'rt-1 to keep']) {
    for (const text of [made.stdout, made.stderr, taken.stdout, taken.stderr]) expect(leaksIn(text, clear)).toEqual([])
  }
})
