import { randomUUID } from 'node:crypto'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { leaksIn } from '../../../tests/support/every-encoding.ts'
import type { VaultStore } from '../../contract/kept.ts'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import { createVaultHome } from './testing/vault-fixture.ts'

let home: Awaited<ReturnType<typeof createVaultHome>>
beforeEach(async () => {
  home = await createVaultHome()
})
afterEach(() => home.remove())

const value = 'pässwörd "<&> \u{1F511} value'
const binding = { origins: ['https://a.test'], connection: 'digest' }
const passphrase = 'correct horse battery'

test('a secret is there for the next process, bound as it was, and stands in no file in clear', async () => {
  await home.open().set('acme', value, binding)
  await home.open().set('acme', `${value}2`)
  expect(await home.open().get('acme')).toMatchObject({ name: 'acme', value: `${value}2`, ...binding })
  expect(await home.open().bind('acme', { origins: [], connection: '', settled: true })).toBe(true)
  expect(await home.open().list()).toMatchObject([{ name: 'acme', origins: [], settled: true }])
  expect(await home.open().bind('other', binding)).toBe(false)
  expect(leaksIn(await home.allText(), value)).toEqual([])
  for (const path of await home.files()) expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await stat(home.folder)).mode & 0o777).toBe(0o700)
  expect([await home.open().remove('acme'), await home.open().remove('acme')]).toEqual([true, false])
  expect(await home.recordFiles()).toEqual([])
})

test('a keychain that nothing needs is not asked', async () => {
  const vault = home.open()
  await vault.facts()
  await vault.list()
  expect([await vault.has('acme'), await vault.get('acme'), await vault.remove('acme')]).toEqual([
    false,
    undefined,
    false,
  ])
  expect(await vault.families.stamps()).toEqual(new Map())
  expect(home.keychain.calls).toBe(0)
  await vault.set('acme', value)
  const asked = home.keychain.calls
  const next = home.open()
  expect([await next.has('acme'), (await next.list()).length, (await next.facts()).state]).toEqual([true, 1, 'ready'])
  expect(home.keychain.calls).toBe(asked)
})

test('without a keychain values last as long as the process, and that is said', async () => {
  home.keychain.state = 'absent'
  const vault = home.open()
  await vault.set('acme', value)
  await vault.families.write(randomUUID(), 'tokens')
  expect(await vault.get('acme')).toMatchObject({ value })
  expect(await vault.facts()).toMatchObject({ state: 'absent', store: 'memory' })
  expect(await home.open().has('acme')).toBe(false)
  // When one turns up, asking again seals what was in memory.
  home.keychain.state = 'open'
  expect(await vault.unlock()).toMatchObject({ state: 'ready' })
  expect(await home.open().get('acme')).toMatchObject({ value })
  expect((await home.open().families.stamps()).size).toBe(1)
})

test.each(['locked', 'absent'] as const)('sealed values with a keychain that is %s stay as they are', async (state) => {
  const id = randomUUID()
  await home.open().set('acme', value)
  const before = await home.allText()
  home.keychain.state = state
  const vault = home.open()
  for (const work of [
    () => vault.get('acme'),
    () => vault.set('acme', 'new'),
    () => vault.use('passphrase', passphrase),
  ]) {
    expect(await problemOfWork(work())).toMatchObject({ code: 'vault-locked' })
  }
  expect(await vault.unlock()).toMatchObject({ state: 'locked' })
  expect(await vault.has('acme')).toBe(true)
  // A run does not fail for it: its tokens wait in memory, and are sealed as soon as that is possible.
  await vault.families.write(id, 'tokens of a run')
  expect((await vault.families.read([id])).texts.get(id)).toBe('tokens of a run')
  expect((await vault.facts()).detail).toContain('in memory until then')
  expect(await home.allText()).toBe(before)
  home.keychain.state = 'open'
  expect(await vault.unlock()).toMatchObject({ state: 'ready' })
  expect(await vault.get('acme')).toMatchObject({ value })
  expect((await home.open().families.read([id])).texts.get(id)).toBe('tokens of a run')
})

test('a refused question is not put again until somebody asks for it', async () => {
  await home.open().set('acme', value)
  home.keychain.state = 'locked'
  const vault = home.open()
  await problemOfWork(vault.get('acme'))
  const asked = home.keychain.calls
  await problemOfWork(vault.get('acme'))
  await vault.families.write(randomUUID(), 'x')
  expect(home.keychain.calls).toBe(asked)
})

test('a wrong key is told from a damaged record', async () => {
  await home.open().set('acme', value)
  const [[account, key] = ['', '']] = home.keychain.entries
  home.keychain.entries.set(account, Buffer.alloc(32, 1).toString('base64url'))
  expect(await problemOfWork(home.open().get('acme'))).toMatchObject({
    code: 'vault-locked',
    detail: expect.stringContaining('not the one'),
  })
  home.keychain.entries.delete(account)
  expect(await problemOfWork(home.open().get('acme'))).toMatchObject({
    code: 'vault-locked',
    detail: expect.stringContaining('does not have'),
  })
  home.keychain.entries.set(account, key)
  expect(await home.open().get('acme')).toMatchObject({ value })
})

test('a record that was changed, cut, renamed or swapped does not open, and the others do', async () => {
  const vault = home.open()
  for (const name of ['a', 'b']) await vault.set(name, `value of ${name}`, binding)
  const [one = '', other = ''] = await home.recordFiles()
  const text = await readFile(one, 'utf8')
  const broken = JSON.parse(text)
  const name = broken.id as string
  const changes: Record<string, string> = {
    origins: JSON.stringify({ ...broken, binding: { ...binding, origins: ['https://evil.test'] } }),
    owner: JSON.stringify({ ...broken, owner: randomUUID() }),
    id: JSON.stringify({ ...broken, id: 'c' }),
    savedAt: JSON.stringify({ ...broken, savedAt: new Date(0).toISOString() }),
    data: JSON.stringify({ ...broken, data: `${broken.data.startsWith('A') ? 'B' : 'A'}${broken.data.slice(1)}` }),
    nonce: JSON.stringify({ ...broken, nonce: '' }),
    'short tag': JSON.stringify({ ...broken, data: broken.data.slice(0, 8) }),
    cut: text.slice(0, text.length / 2),
    empty: '',
    binary: '\u0000\uFFFF',
    list: '[]',
    swapped: await readFile(other, 'utf8'),
  }
  for (const [what, changed] of Object.entries(changes)) {
    await writeFile(one, changed)
    expect([what, (await problemOfWork(home.open().get(name))).code]).toEqual([what, 'vault-damaged'])
    expect(await home.open().get(name === 'a' ? 'b' : 'a')).toBeDefined()
  }
  expect(await problemOfWork(home.open().use('passphrase', passphrase))).toMatchObject({ code: 'vault-damaged' })
  await writeFile(one, JSON.stringify({ ...broken, version: 2 }))
  const newer = await readFile(one, 'utf8')
  expect((await problemOfWork(home.open().get(name))).code).toBe('file-newer')
  expect((await problemOfWork(home.open().set(name, 'new'))).code).toBe('file-newer')
  expect(await readFile(one, 'utf8')).toBe(newer)
  // What is only broken can be set anew.
  await writeFile(one, '')
  await home.open().set(name, 'new')
  expect(await home.open().get(name)).toMatchObject({ value: 'new' })
})

test('a header that is cut, of a newer version or made weaker opens nothing and is not overwritten', async () => {
  await home.open().use('passphrase', passphrase)
  await home.open().unlock(passphrase)
  const path = join(home.folder, 'vault.json')
  const text = await readFile(path, 'utf8')
  const header = JSON.parse(text)
  const weaker = { ...header.key.derivation, N: 1024 }
  const changes: Record<string, [code: string, text: string]> = {
    cut: ['vault-damaged', text.slice(0, 40)],
    weaker: ['vault-damaged', JSON.stringify({ ...header, key: { ...header.key, derivation: weaker } })],
    elsewhere: ['vault-damaged', JSON.stringify({ ...header, key: { ...header.key, id: '../../other' } })],
    newer: ['file-newer', JSON.stringify({ ...header, version: 2 })],
  }
  for (const [what, [code, changed]] of Object.entries(changes)) {
    await writeFile(path, changed)
    expect([what, (await problemOfWork(home.open().set('a', 'x'))).code]).toEqual([what, code])
    expect([what, (await problemOfWork(home.open().unlock(passphrase))).code]).toEqual([what, code])
    expect((await home.open().facts()).state).toBe('locked')
    expect(await readFile(path, 'utf8')).toBe(changed)
  }
})

test('a vault under a passphrase opens with it, typed or from the environment, and with no other', async () => {
  const vault = home.open()
  expect(await problemOfWork(vault.use('passphrase'))).toMatchObject({ code: 'parameter-missing' })
  expect(await problemOfWork(vault.use('passphrase', 'short'))).toMatchObject({ code: 'parameter-invalid' })
  expect(await vault.use('passphrase', passphrase)).toMatchObject({ state: 'ready', store: 'passphrase' })
  await vault.set('acme', value)
  const next = home.open()
  expect(await problemOfWork(next.get('acme'))).toMatchObject({ code: 'vault-locked' })
  expect(await problemOfWork(next.unlock(`${passphrase}?`))).toMatchObject({ code: 'passphrase-wrong' })
  expect(await next.facts()).toMatchObject({ state: 'locked', store: 'passphrase' })
  expect(await next.unlock(passphrase)).toMatchObject({ state: 'ready' })
  expect(await next.get('acme')).toMatchObject({ value })
  expect(await next.lock()).toMatchObject({ state: 'locked' })
  expect(await problemOfWork(next.get('acme'))).toMatchObject({ code: 'vault-locked' })
  home.environment.GRANTLAB_VAULT_PASSPHRASE = passphrase
  expect(await home.open().get('acme')).toMatchObject({ value })
  expect(home.keychain.calls).toBe(0)
  expect(leaksIn(await home.allText(), passphrase)).toEqual([])
})

const stores: VaultStore[] = ['keychain', 'passphrase', 'memory']
const ways = stores.flatMap((from) => stores.filter((to) => to !== from).map((to) => [from, to] as const))

test.each(ways)('everything moves from %s to %s, and nothing stays behind', async (from, to) => {
  const vault = home.open()
  const id = randomUUID()
  await vault.use(from, passphrase)
  await vault.set('acme', value, binding)
  await vault.families.write(id, 'a family')
  const before = new Set([...(await home.recordFiles()), ...home.keychain.entries.keys()])
  await vault.use(to, passphrase)
  for (const one of [vault, ...(to === 'memory' ? [] : [home.open()])]) {
    if (to === 'passphrase') await one.unlock(passphrase)
    expect(await one.get('acme')).toMatchObject({ value, ...binding })
    expect((await one.families.read([id])).texts.get(id)).toBe('a family')
    expect((await one.facts()).store).toBe(to)
  }
  const after = [...(await home.recordFiles()), ...home.keychain.entries.keys()]
  expect(after.filter((name) => before.has(name))).toEqual([])
  expect(home.keychain.entries.size).toBe(to === 'keychain' ? 1 : 0)
  expect((await home.recordFiles()).length).toBe(to === 'memory' ? 0 : 2)
})

test('where no keychain is, moving there is refused and nothing changes', async () => {
  const vault = home.open()
  await vault.use('passphrase', passphrase)
  await vault.set('acme', value)
  home.keychain.state = 'absent'
  expect(await problemOfWork(vault.use('keychain'))).toMatchObject({ code: 'vault-locked' })
  expect(await vault.get('acme')).toMatchObject({ value })
})

test('what a move that was broken off left is tidied up by the next writer', async () => {
  await home.open().set('acme', value)
  const path = join(home.folder, 'vault.json')
  const header = JSON.parse(await readFile(path, 'utf8'))
  const unused = randomUUID()
  home.keychain.entries.set(`vault ${header.id} key ${unused}`, 'left behind')
  await writeFile(path, JSON.stringify({ ...header, unused: [unused] }))
  await home.open().set('other', value)
  expect(home.keychain.entries.size).toBe(1)
  expect(JSON.parse(await readFile(path, 'utf8')).unused).toEqual([])
  expect(await home.open().get('acme')).toMatchObject({ value })
})

test('everything can be removed, locked or not, and first be looked at', async () => {
  expect(await home.open().erase(false)).toMatchObject({ outcome: 'nothing-there' })
  await home.open().set('acme', value)
  expect(await home.open().erase(true)).toMatchObject({ outcome: 'would-be-removed' })
  expect(await home.open().get('acme')).toBeDefined()
  home.keychain.state = 'locked'
  expect(await home.open().erase(false)).toMatchObject({
    outcome: 'failed',
    detail: expect.stringContaining('service grantlab'),
  })
  home.keychain.state = 'open'
  const vault = home.open()
  await vault.set('acme', value)
  expect(await vault.erase(false)).toMatchObject({ outcome: 'removed' })
  expect(await vault.has('acme')).toBe(false)
  await vault.set('acme', 'anew')
  expect(await home.open().get('acme')).toMatchObject({ value: 'anew' })
})

test('a vault whose header cannot be read is removed, and what may stay in the keychain is said', async () => {
  await home.open().set('acme', value)
  await writeFile(join(home.folder, 'vault.json'), '{')
  expect(await home.open().erase(false)).toMatchObject({
    outcome: 'failed',
    detail: expect.stringContaining('header could not be read: remove the entries of service grantlab'),
  })
  expect(await home.open().has('acme')).toBe(false)
})

test('names of every kind have a record of their own, and none leaves the folder', async () => {
  const names = ['a', 'A', 'con', 'nul.', '...', '.a', 'constructor', '__proto__', 'x'.repeat(100)]
  for (const name of names) await home.open().set(name, `value of ${name}`)
  for (const name of names) expect(await home.open().get(name)).toMatchObject({ name, value: `value of ${name}` })
  for (const name of ['', '../a', 'a/b', 'a\u0000', 'ä'])
    expect(await problemOfWork(home.open().set(name, 'x'))).toMatchObject({ code: 'parameter-invalid' })
  await expect(home.open().families.write('../../evil', 'x')).rejects.toThrow('not the id')
  expect(await home.recordFiles()).toHaveLength(names.length)
})

test('a vault that was put back from elsewhere without its key is locked, not overwritten', async () => {
  await home.open().set('acme', value)
  await rename(home.folder, `${home.folder}-copy`)
  await home.open().set('acme', 'another vault')
  await rename(home.folder, `${home.folder}-second`)
  await rename(`${home.folder}-copy`, home.folder)
  expect([(await home.open().get('acme'))?.value, home.keychain.entries.size]).toEqual([value, 2])
})

test('a wrong passphrase in the environment is told as soon as somebody asks how the vault stands', async () => {
  await home.open().use('passphrase', passphrase)
  home.environment.GRANTLAB_VAULT_PASSPHRASE = 'another one'
  expect(await home.open().facts()).toMatchObject({ state: 'locked', detail: expect.stringContaining('_PASSPHRASE') })
  home.environment.GRANTLAB_VAULT_PASSPHRASE = passphrase
  expect(await home.open().facts()).toMatchObject({ state: 'ready' })
})
