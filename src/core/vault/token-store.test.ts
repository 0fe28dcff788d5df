import { expect, test } from 'vitest'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import type { TokenKey } from './token-key.ts'
import { type TokenStoreOptions, createTokenStore } from './token-store.ts'

const start = Date.parse('2026-11-20T10:00:00Z')

function createStore(options: Partial<TokenStoreOptions> = {}) {
  const clock = { time: start, now: () => clock.time }
  return { clock, store: createTokenStore({ clock, ...options }) }
}

const key: TokenKey = {
  profile: 'acme',
  issuer: 'https://a.test',
  client_id: 'app',
  redirect_uri: 'http://127.0.0.1:8765/callback',
  scope: 'openid offline_access',
  resource: ['https://api.test'],
  user: 'alice',
  keyBinding: '',
}
const wanted = { profile: 'acme', issuer: 'https://a.test', client_id: 'app', keyBinding: '' }
const tokens = { access_token: 'at-1', id_token: 'id-1', refresh_token: 'rt-1', token_type: 'Bearer' }
const grant = 'authorization-code'
const inOneHour = new Date(start + 3_600_000).toISOString()

test('tokens are found under exactly what they were got for, scope and resource as sets', async () => {
  const { store } = createStore()
  const family = await store.keep({ ...key, resource: ['https://b.test', 'https://a.test'] }, tokens, grant)
  expect(family).toMatchObject({ generation: 1, tokens })
  const same = { ...key, scope: ' offline_access  openid openid', resource: ['https://a.test', 'https://b.test'] }
  expect(await store.find(same)).toBe(family)
  const others: Partial<TokenKey>[] = [
    { profile: 'acme2' },
    { profile: null },
    { issuer: 'https://a.test/' },
    { client_id: 'App' },
    { redirect_uri: 'http://127.0.0.1:8765/callback2' },
    { redirect_uri: '' },
    { scope: 'openid' },
    { scope: 'openid offline_access email' },
    { resource: ['https://a.test'] },
    { resource: [] },
    { user: 'bob' },
    { user: '' },
    { keyBinding: 'thumbprint' },
  ]
  for (const other of others) expect(await store.find({ ...same, ...other })).toBeUndefined()
})

test('a refresh without a new refresh token keeps the old one; the access token is the answer\u2019s alone', async () => {
  const { store } = createStore()
  const family = await store.keep(key, { ...tokens, scope: 'openid', expiresAt: inOneHour }, grant)
  const next = await store.refresh(family, async () => ({ access_token: 'at-2' }))
  expect(next).toMatchObject({ id: family.id, generation: 2 })
  expect(next.tokens).toEqual({ access_token: 'at-2', id_token: 'id-1', refresh_token: 'rt-1' })
  expect(await store.find(key)).toBe(next)
  const rotated = await store.refresh(next, async () => ({ access_token: 'at-3', refresh_token: 'rt-2' }))
  expect(await store.findRefresh(wanted)).toBe(rotated)
  expect(rotated.tokens.refresh_token).toBe('rt-2')
})

test('a narrowed refresh gives no token for the whole scope, and the next refresh may have all again', async () => {
  const { store } = createStore()
  const whole = await store.keep(key, tokens, grant)
  const narrow = await store.refresh(whole, async () => ({ access_token: 'narrow' }), { scope: 'openid' })
  expect(await store.find(key)).toBeUndefined()
  expect((await store.find({ ...key, scope: 'openid' }))?.tokens.access_token).toBe('narrow')
  expect((await store.findRefresh({ ...wanted, scope: 'offline_access openid' })).id).toBe(whole.id)
  await store.refresh(narrow, async () => ({ access_token: 'whole' }))
  expect((await store.find(key))?.tokens.access_token).toBe('whole')
})

test('of several refreshes of one answer one is made, and whoever waited takes what it brought', async () => {
  const { store } = createStore()
  const family = await store.keep(key, tokens, grant)
  let made = 0
  const refresh = () =>
    store.refresh(family, async (current) => {
      made++
      await new Promise(setImmediate)
      return { access_token: `at-${current.generation + 1}`, refresh_token: `rt-${current.generation + 1}` }
    })
  const [first, ...others] = await Promise.all([refresh(), refresh(), refresh()])
  expect([made, first?.tokens.refresh_token]).toEqual([1, 'rt-2'])
  for (const other of others) expect(other).toEqual(first)
})

test('a refresh is made all the same by who saw the newest answer, wants another scope, or would get a stale token', async () => {
  const { store, clock } = createStore()
  const first = await store.keep(key, tokens, grant)
  const expiresAt = new Date(start + 3_600_000).toISOString()
  const refresh = (seen: { id: string; generation: number }, scope?: string) =>
    store.refresh(seen, async () => ({ access_token: 'at', refresh_token: 'rt', expiresAt }), { scope })
  const second = await refresh(first)
  expect((await refresh(first)).generation).toBe(2)
  expect((await refresh(second)).generation).toBe(3)
  expect((await refresh(first, 'openid')).generation).toBe(4)
  expect((await refresh(first, 'openid')).generation).toBe(4)
  clock.time = Date.parse(expiresAt) - 30_000
  expect((await refresh(first, 'openid')).generation).toBe(5)
})

test('a failed refresh changes nothing and lets the next one go; a wait can be cancelled', async () => {
  const { store } = createStore()
  const family = await store.keep(key, tokens, grant)
  const first = Promise.withResolvers<never>()
  const failing = store.refresh(family, () => first.promise)
  const abort = new AbortController()
  const cancelled = store.refresh(family, async () => ({ access_token: 'never' }), { signal: abort.signal })
  const last = store.refresh(family, async () => ({ access_token: 'at-2' }))
  abort.abort(new Error('stop'))
  await expect(cancelled).rejects.toThrow('stop')
  expect(await store.find(key)).toBe(family)
  first.reject(new Error('refused'))
  await expect(failing).rejects.toThrow('refused')
  expect((await last).generation).toBe(2)
  await store.clear()
  expect(await problemOfWork(store.refresh(family, async () => ({})))).toMatchObject({ code: 'token-missing' })
})

test('a refused refresh token is remembered, unless a newer answer came meanwhile', async () => {
  const { store } = createStore()
  const first = await store.keep(key, tokens, grant)
  const second = await store.refresh(first, async () => ({ access_token: 'at-2', refresh_token: 'rt-2' }))
  await store.markDead(first)
  expect((await store.get(first.id))?.dead).toBeUndefined()
  await store.markDead(second)
  expect((await store.get(first.id))?.dead).toBe(true)
  const third = await store.refresh(second, async () => ({ access_token: 'at-3', refresh_token: 'rt-3' }))
  expect(third.dead).toBeUndefined()
})

test('families are forgotten one by one, by profile and user, or all; another profile name takes them along', async () => {
  const { store } = createStore()
  const alice = await store.keep(key, tokens, grant)
  await store.keep({ ...key, user: 'bob' }, tokens, grant)
  await store.keep({ ...key, profile: 'second' }, tokens, grant)
  await store.renameProfile('acme', 'renamed')
  expect(await store.clear({ profile: 'acme' })).toBe(0)
  expect(await store.clear({ profile: 'renamed', user: 'bob' })).toBe(1)
  expect([await store.remove(alice.id), await store.remove(alice.id)]).toEqual([true, false])
  expect(await store.clear()).toBe(1)
  expect(await store.list()).toEqual([])
})

test('the refresh token of another profile, issuer, client, key, user, resource or scope is never chosen', async () => {
  const { store } = createStore()
  await store.keep(key, tokens, grant)
  for (const other of [
    { profile: null },
    { issuer: 'https://b.test' },
    { client_id: 'other' },
    { keyBinding: 'k' },
    { user: 'bob' },
    { resource: [] },
    { redirect_uri: 'x:/' },
    { scope: 'openid email' },
  ]) {
    const found = await problemOfWork(store.findRefresh({ ...wanted, ...other }))
    expect(found.code).toBe('token-missing')
  }
  await store.keep({ ...key, profile: 'second' }, { access_token: 'no refresh token' }, grant)
  expect((await problemOfWork(store.findRefresh({ ...wanted, profile: 'second' }))).code).toBe('token-missing')
})

test('of several fitting refresh tokens the newest is chosen, one of exactly the scope first, and users are never mixed', async () => {
  const { store } = createStore()
  const narrow = await store.keep({ ...key, scope: 'openid' }, tokens, grant)
  const wide = await store.keep(key, { ...tokens, refresh_token: 'rt-wide' }, grant)
  expect(await store.findRefresh(wanted)).toBe(wide)
  expect(await store.findRefresh({ ...wanted, scope: 'openid' })).toBe(narrow)
  const bob = await store.keep({ ...key, user: 'bob' }, tokens, grant)
  const found = await problemOfWork(store.findRefresh(wanted))
  expect(found.detail).toContain('bob, alice')
  expect(await store.findRefresh({ ...wanted, user: 'bob' })).toBe(bob)
  const nobody = await store.keep({ ...key, user: '' }, tokens, grant)
  expect(await store.findRefresh(wanted)).toBe(nobody)
})

test('a list shows no value, and a value is told by its fingerprint only', async () => {
  const { store } = createStore()
  await store.keep(key, { ...tokens, scope: 'openid', expiresAt: inOneHour }, grant)
  await store.keep({ ...key, profile: null }, { access_token: 'at-other' }, grant)
  const list = await store.list()
  expect(list.map(({ kind, profile, expiresAt }) => [kind, profile, expiresAt])).toEqual([
    ['access_token', null, undefined],
    ['access_token', 'acme', inOneHour],
    ['id_token', 'acme', undefined],
    ['refresh_token', 'acme', undefined],
  ])
  expect(list[1]).toMatchObject({ issuer: 'https://a.test', client_id: 'app', scope: 'openid', user: 'alice' })
  expect(list[3]).toMatchObject({ scope: 'openid offline_access' })
  expect(JSON.stringify(list)).not.toMatch(/at-|rt-|id-1/)
  expect(await store.list('acme')).toHaveLength(3)
  expect(await store.reveal(list[3]!.fingerprint)).toBe('rt-1')
  expect(await store.reveal('0'.repeat(32))).toBeUndefined()
  const given = createStore({ fingerprint: async (value) => `f-${value}` }).store
  await given.keep(key, { access_token: 'at' }, grant)
  expect((await given.list())[0]?.fingerprint).toBe('f-at')
})

test('a full store forgets expired families, then hidden ones, and never one that is still found', async () => {
  const { store, clock } = createStore({ maximumFamilies: 4 })
  const soon = new Date(start + 1000).toISOString()
  const expiring = await store.keep({ ...key, user: 'expiring' }, { access_token: 'x', expiresAt: soon }, grant)
  const renewable = await store.keep(
    { ...key, user: 'renewable' },
    { access_token: 'x', refresh_token: 'r', expiresAt: soon },
    grant,
  )
  await store.keep({ ...key, user: 'again' }, { access_token: 'old' }, grant)
  await store.keep({ ...key, user: 'again' }, { access_token: 'new' }, grant)
  await store.keep({ ...key, user: 'fifth' }, tokens, grant)
  expect(await store.find(expiring.key)).toBe(expiring)
  expect(await store.list()).toHaveLength(1 + 2 + 1 + 3)
  clock.time += 2000
  await store.keep({ ...key, user: 'sixth' }, tokens, grant)
  expect(await store.find(expiring.key)).toBeUndefined()
  expect(await store.find(renewable.key)).toBe(renewable)
  expect((await store.find({ ...key, user: 'again' }))?.tokens.access_token).toBe('new')
  const found = await problemOfWork(store.keep({ ...key, user: 'seventh' }, tokens, grant))
  expect(found.code).toBe('internal')
  expect(await store.find({ ...key, user: 'sixth' })).toBeDefined()
  // The same sign-in again hides the one before, so there is room for it.
  expect((await store.keep({ ...key, user: 'sixth' }, tokens, grant)).generation).toBe(1)
})

test('characters are bounded too, and a hidden refresh token stays while nothing stands in for it', async () => {
  const { store } = createStore({ maximumCharacters: 1000 })
  const first = await store.keep(key, { refresh_token: 'r'.repeat(400) }, grant)
  await store.keep(key, { access_token: 'a'.repeat(400) }, grant)
  expect(
    (await problemOfWork(store.keep({ ...key, user: 'bob' }, { access_token: 'b'.repeat(300) }, grant))).code,
  ).toBe('internal')
  expect(await store.findRefresh(wanted)).toBe(first)
})
