import { writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { leaksIn } from '../../../tests/support/every-encoding.ts'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import { createVaultHome } from './testing/vault-fixture.ts'
import type { TokenKey } from './token-key.ts'
import { createTokenStore } from './token-store.ts'

let home: Awaited<ReturnType<typeof createVaultHome>>
beforeEach(async () => {
  home = await createVaultHome()
})
afterEach(() => home.remove())

const start = Date.parse('2026-11-20T10:00:00Z')
const clock = { time: start, now: () => clock.time }
afterEach(() => {
  clock.time = start
})

/** The tokens as another process sees them. */
function open(bounds: { maximumFamilies?: number } = {}) {
  const vault = home.open()
  return { vault, store: createTokenStore({ clock, records: vault.families, ...bounds }) }
}

const key: TokenKey = {
  workspace: '/team',
  profile: 'acme',
  issuer: 'https://a.test',
  client_id: 'app',
  redirect_uri: '',
  scope: 'openid',
  resource: [],
  user: 'alice',
  keyBinding: '',
}
const tokens = { access_token: 'at-1 "ä"', refresh_token: 'rt-1', token_type: 'Bearer' }
const grant = 'authorization-code'

test('families outlive the process, newest first, and stand in no file in clear', async () => {
  const { store } = open()
  const first = await store.keep(key, tokens, grant)
  clock.time += 1000
  await store.keep({ ...key, user: 'bob' }, { ...tokens, access_token: 'at-2' }, grant)
  await store.settle()
  const next = open().store
  expect(await next.get(first.id)).toEqual(first)
  expect((await next.list()).map(({ user }) => user)).toEqual(['bob', 'bob', 'alice', 'alice'])
  const text = await home.allText()
  for (const clear of [tokens.access_token, 'rt-1', 'alice', 'https://a.test']) expect(leaksIn(text, clear)).toEqual([])
})

test('what another process keeps, refreshes, renames and forgets is seen', async () => {
  const [one, other] = [open().store, open().store]
  const family = await one.keep(key, tokens, grant)
  await one.settle()
  expect((await other.find(key))?.id).toBe(family.id)
  await one.refresh(family, async () => ({ access_token: 'at-2', refresh_token: 'rt-2' }))
  expect((await other.find(key))?.tokens.refresh_token).toBe('rt-2')
  await other.renameProfile({ workspace: '/team', from: 'acme', to: 'renamed' })
  expect((await one.find({ ...key, profile: 'renamed' }))?.generation).toBe(2)
  expect(await one.remove(family.id)).toBe(true)
  expect(await other.list()).toEqual([])
  expect(await problemOfWork(other.refresh(family, async () => tokens))).toMatchObject({ code: 'token-missing' })
  expect(await home.recordFiles()).toEqual([])
})

test('the first 8 characters of an id name a family as the whole id does', async () => {
  const { store } = open()
  const family = await store.keep(key, tokens, grant)
  expect((await store.get(family.id.slice(0, 8)))?.id).toBe(family.id)
  expect(await store.get(family.id.slice(0, 7))).toBeUndefined()
  expect([await store.remove('00000000'), await store.remove(family.id.slice(0, 8))]).toEqual([false, true])
})

test('a family that is forgotten while it is refreshed does not come back', async () => {
  const [one, other] = [open().store, open().store]
  const family = await one.keep(key, tokens, grant)
  await one.settle()
  const refreshed = await one.refresh(family, async () => {
    await other.clear()
    return { access_token: 'at-2', refresh_token: 'rt-2' }
  })
  expect(refreshed.tokens.refresh_token).toBe('rt-2')
  expect([await one.list(), await other.list(), await home.recordFiles()]).toEqual([[], [], []])
})

test('of two stores that refresh one answer, one does', async () => {
  const stores = [open().store, open().store]
  const family = await stores[0]!.keep(key, tokens, grant)
  await stores[0]!.settle()
  let made = 0
  const work = async () => ({ access_token: 'at', refresh_token: `rt-${++made + 1}` })
  const found = await Promise.all(stores.map((store) => store.refresh(family, work)))
  expect([made, ...found.map((one) => one.tokens.refresh_token)]).toEqual([1, 'rt-2', 'rt-2'])
})

test('locking takes tokens out of reach, and unlocking brings them back', async () => {
  const { vault, store } = open()
  const family = await store.keep(key, tokens, grant)
  await store.settle()
  await store.list()
  await vault.lock()
  for (const work of [
    () => store.list(),
    () => store.findUsable({ workspace: '/team', profile: 'acme' }),
    () => store.clear({ profile: 'acme' }),
  ]) {
    expect(await problemOfWork(work())).toMatchObject({ code: 'vault-locked' })
  }
  expect(await problemOfWork(store.refresh(family, async () => tokens))).toMatchObject({ code: 'vault-locked' })
  await vault.unlock()
  expect((await store.find(key))?.id).toBe(family.id)
})

test('a locked keychain fails no run: what it brings can be used, and is sealed later', async () => {
  await home.open().set('something', 'sealed')
  home.keychain.state = 'locked'
  const { vault, store } = open()
  const family = await store.keep(key, tokens, grant)
  expect((await store.settle())?.problem).toMatchObject({ code: 'vault-locked' })
  const next = await store.refresh(family, async () => ({ access_token: 'at-2', refresh_token: 'rt-2' }))
  expect((await store.find(key))?.generation).toBe(next.generation)
  expect(await open().store.list()).toEqual([])
  home.keychain.state = 'open'
  await vault.unlock()
  expect(await store.settle()).toBeUndefined()
  expect((await open().store.find(key))?.tokens.refresh_token).toBe('rt-2')
})

test('what has been of no use for a month leaves, and what a refresh may revive stays', async () => {
  const { store } = open()
  const expiresAt = new Date(start + 3_600_000).toISOString()
  await store.keep({ ...key, user: '' }, { access_token: 'at', expiresAt }, 'client-credentials')
  await store.keep(key, { ...tokens, expiresAt }, grant)
  await store.settle()
  clock.time += 86_400_000
  expect(await open().store.list()).toHaveLength(3)
  clock.time += 31 * 86_400_000
  expect((await open().store.list()).map(({ user }) => user)).toEqual(['alice', 'alice'])
  expect(await home.recordFiles()).toHaveLength(1)
})

test('records are bounded: what a newer one hides leaves the disk, too', async () => {
  for (let count = 0; count < 6; count++) {
    const { store } = open({ maximumFamilies: 4 })
    clock.time += 1000
    await store.keep(key, { access_token: `at-${count}` }, grant)
    await store.settle()
  }
  expect((await home.recordFiles()).length).toBeLessThanOrEqual(4)
  expect((await open().store.find(key))?.tokens.access_token).toBe('at-5')
})

test('a damaged record takes no other with it, and goes when everything is forgotten', async () => {
  const { store } = open()
  await store.keep(key, tokens, grant)
  await store.keep({ ...key, user: 'bob' }, tokens, grant)
  await store.settle()
  const [path = ''] = await home.recordFiles()
  await writeFile(path, 'cut')
  const next = open().store
  expect(await next.list()).toHaveLength(2)
  expect(await next.clear()).toBe(2)
  expect(await home.recordFiles()).toEqual([])
})
