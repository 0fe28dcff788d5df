import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Commands } from '../../src/contract/commands.ts'
import { createSealedVault } from '../../src/core/vault/sealed-vault.ts'
import { createTestKeychain } from '../../src/core/vault/testing/test-keychain.ts'
import type { KeptTokens } from '../../src/core/vault/token-family.ts'
import { createTokenStore } from '../../src/core/vault/token-store.ts'
import { leaksIn } from '../support/every-encoding.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

const passphrase = 'correct horse battery'
const binding = { origins: ['https://a.test'], connection: 'digest', settled: true }
const key = {
  workspace: '',
  profile: null,
  issuer: 'https://a.test',
  client_id: 'app',
  redirect_uri: '',
  scope: 'openid',
  resource: [],
  user: 'alice',
  keyBinding: '',
}
const answer = (count: number): KeptTokens => ({
  access_token: `at-${count}-clear`,
  refresh_token: `rt-${count}-clear`,
})

let folder: string
let file: string
let homes: { test: TestEngine }[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-transfer-'))
  file = join(folder, 'kept.json')
  homes = []
})
afterEach(async () => {
  for (const { test: one } of homes) await one.close()
  await rm(folder, { recursive: true, force: true })
})

/** An engine with a sealed vault of its own; `store` is what another process sees of its tokens. */
async function createHome(name: string) {
  const keychain = createTestKeychain()
  const openVault = () => createSealedVault({ folder: join(folder, name), keychain, environment: {}, clock: Date })
  const vault = openVault()
  const one: TestEngine = await createTestEngine({ vault })
  const run = <K extends keyof Commands>(id: K, parameters: Commands[K]['parameters']) =>
    one.engine.runCommand(id, parameters)
  const home = {
    test: one,
    vault,
    keychain,
    run,
    store: () => createTokenStore({ clock: Date, records: openVault().families }),
    export: (more: object = {}) => run('vault export', { file, passphrase, ...more }),
    import: (more: object = {}) => run('vault import', { file, passphrase, ...more }),
    names: async () => (await vault.list()).map(({ name: secret }) => secret).sort(),
    generations: async () => (await run('tokens list', {})).map(({ kind, generation }) => `${kind} ${generation}`),
  }
  homes.push(home)
  return home
}

/** A home with two secrets and a grant that was refreshed once. */
async function createFullHome() {
  const home = await createHome('full')
  await home.vault.set('acme', 's3cr3t of acme', binding)
  await home.vault.set('other', 's3cr3t of other')
  const store = home.store()
  const first = await store.keep(key, answer(1), 'authorization-code')
  const family = await store.refresh(first, async () => answer(2))
  await store.settle()
  return { ...home, family }
}

test('all that is kept goes into one sealed file, and from there into another data folder', async () => {
  const from = await createFullHome()
  expect(await from.export()).toEqual({ file, secrets: 2, families: 1 })
  expect((await stat(file)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
  const text = await readFile(file, 'utf8')
  for (const clear of ['s3cr3t of acme', 'rt-1-clear', 'rt-2-clear', 'https://a.test', passphrase]) {
    expect(leaksIn(text, clear)).toEqual([])
  }
  const to = await createHome('to')
  expect(await to.import()).toEqual({ secrets: 2, families: 1, skipped: [] })
  expect(await to.vault.get('acme')).toMatchObject({ value: 's3cr3t of acme', ...binding })
  expect(await to.store().get(from.family.id)).toEqual(from.family)
  expect(await to.generations()).toEqual(['access_token 2', 'refresh_token 2'])
  const graph = await to.run('tokens family', { family: from.family.id })
  expect(graph.nodes.find(({ id }) => id === '1-refresh_token')).toMatchObject({ life: 'replaced', canBeTried: true })
})

test('a file that is there stays, unless it may be replaced', async () => {
  const from = await createFullHome()
  await writeFile(file, 'mine')
  await expect(from.export()).rejects.toMatchObject({
    problem: { code: 'file-invalid', detail: expect.stringContaining('there already') },
  })
  expect(await readFile(file, 'utf8')).toBe('mine')
  expect(await from.export({ replace: true })).toMatchObject({ secrets: 2 })
  await expect(from.export({ file: join(folder, 'no', 'such') })).rejects.toMatchObject({
    problem: { code: 'file-invalid' },
  })
  await expect(from.export({ file: join(folder, 'b'), passphrase: 'short' })).rejects.toMatchObject({
    problem: { code: 'parameter-invalid' },
  })
})

test('what is here already stays and is named, and is replaced on request, but never by older tokens', async () => {
  const from = await createFullHome()
  await from.export()
  const to = await createHome('to')
  await to.vault.set('acme', 'mine')
  const skipped = ['acme', `tokens ${from.family.id.slice(0, 8)} without a profile for alice`]
  expect(await to.import()).toEqual({ secrets: 1, families: 1, skipped: ['acme'] })
  expect(await to.vault.get('acme')).toMatchObject({ value: 'mine' })
  expect(await to.import()).toEqual({ secrets: 0, families: 0, skipped: ['acme', 'other', skipped[1]] })
  expect(await to.import({ replace: true })).toEqual({ secrets: 2, families: 1, skipped: [] })
  expect(await to.vault.get('acme')).toMatchObject({ value: 's3cr3t of acme', ...binding })
  const store = to.store()
  await store.refresh(from.family, async () => answer(3))
  expect(await to.import({ replace: true })).toEqual({ secrets: 2, families: 0, skipped: [skipped[1]] })
  expect(await to.generations()).toEqual(['access_token 3', 'refresh_token 3'])
})

test('a file that does not open changes nothing', async () => {
  const from = await createFullHome()
  await from.export()
  const to = await createHome('to')
  const refused = async (more: object, code: string) => {
    await expect(to.import(more)).rejects.toMatchObject({ problem: { code } })
    expect([await to.names(), await to.generations()]).toEqual([[], []])
  }
  await refused({ passphrase: 'not the passphrase' }, 'passphrase-wrong')
  await refused({ file: join(folder, 'none') }, 'file-invalid')
  const text = await readFile(file, 'utf8')
  for (const [changed, code] of [
    [text.slice(0, -20), 'file-invalid'],
    [text.replace(/"data": "..../g, '"data": "AAAA'), 'passphrase-wrong'],
    [text.replace('"version": 1', '"version": 9'), 'file-newer'],
  ] as const) {
    await writeFile(file, changed)
    await refused({}, code)
  }
})

test('a locked vault gives nothing out and takes nothing in', async () => {
  const from = await createFullHome()
  await from.export()
  await from.run('vault lock', {})
  await expect(from.export({ replace: true })).rejects.toMatchObject({ problem: { code: 'vault-locked' } })
  const to = await createHome('to')
  to.keychain.state = 'locked'
  await expect(to.import()).rejects.toMatchObject({ problem: { code: 'vault-locked' } })
  to.keychain.state = 'open'
  await to.run('vault unlock', {})
  expect([await to.names(), await to.generations(), (await to.vault.facts()).detail]).toEqual([
    [],
    [],
    expect.not.stringContaining('in memory'),
  ])
  expect(await to.import()).toMatchObject({ secrets: 2, families: 1 })
})

test('a secret that cannot be opened keeps the export from being made: it would lack it', async () => {
  const from = await createFullHome()
  const { key: used } = JSON.parse(await readFile(join(folder, 'full', 'vault.json'), 'utf8')) as {
    key: { id: string }
  }
  const records = join(folder, 'full', used.id)
  const [record] = (await readdir(records)).filter((name) => name.startsWith('secret-'))
  await writeFile(join(records, record!), '{}')
  await expect(from.export()).rejects.toMatchObject({ problem: { code: 'vault-damaged' } })
  await expect(readFile(file)).rejects.toThrow('ENOENT')
})

test('several imports at a time, and one who sets a secret meanwhile, lose nothing to each other', async () => {
  const from = await createFullHome()
  for (let count = 0; count < 20; count++) await from.vault.set(`many-${count}`, `exported ${count}`)
  await from.export()
  const to = await createHome('to')
  const other = createSealedVault({ folder: join(folder, 'to'), keychain: to.keychain, environment: {}, clock: Date })
  await other.set('many-19', 'set here')
  const [one, two] = await Promise.all([to.import(), to.import(), other.set('mine', 'x')])
  expect(one.secrets + two.secrets).toBe(21)
  expect(one.families + two.families).toBe(1)
  expect((await to.names()).length).toBe(23)
  expect(await to.vault.get('many-19')).toMatchObject({ value: 'set here' })
  expect(await to.generations()).toEqual(['access_token 2', 'refresh_token 2'])
})

test('without a keychain it goes from memory to memory', async () => {
  const one = await createHome('one')
  one.keychain.state = 'absent'
  await one.vault.set('acme', 's3cr3t of acme', binding)
  expect(await one.export()).toMatchObject({ secrets: 1, families: 0 })
  const other = await createHome('other')
  other.keychain.state = 'absent'
  expect(await other.import()).toEqual({ secrets: 1, families: 0, skipped: [] })
  expect(await other.import()).toMatchObject({ skipped: ['acme'] })
  expect(await other.vault.get('acme')).toMatchObject({ value: 's3cr3t of acme', ...binding })
})
