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
const inOneHour = new Date(start + 3_600_000).toISOString()

test('tokens are found under exactly what they were got for, scope and resource as sets', () => {
  const { store } = createStore()
  const family = store.keep({ ...key, resource: ['https://b.test', 'https://a.test'] }, tokens)
  expect(family).toMatchObject({ generation: 1, tokens })
  const same = { ...key, scope: ' offline_access  openid openid', resource: ['https://a.test', 'https://b.test'] }
  expect(store.find(same)).toBe(family)
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
  for (const other of others) expect(store.find({ ...same, ...other })).toBeUndefined()
})

test('a refresh without a new refresh token keeps the old one; the access token is the answer\u2019s alone', async () => {
  const { store } = createStore()
  const family = store.keep(key, { ...tokens, scope: 'openid', expiresAt: inOneHour })
  const next = await store.refresh(family.id, async () => ({ tokens: { access_token: 'at-2' } }))
  expect(next).toMatchObject({ id: family.id, generation: 2 })
  expect(next.tokens).toEqual({ access_token: 'at-2', id_token: 'id-1', refresh_token: 'rt-1' })
  expect(store.find(key)).toBe(next)
  const rotated = await store.refresh(family.id, async () => ({
    tokens: { access_token: 'at-3', refresh_token: 'rt-2' },
  }))
  expect(store.findRefresh(wanted)).toBe(rotated)
  expect(rotated.tokens.refresh_token).toBe('rt-2')
})

test('a narrowed refresh gives no token for the whole scope, and the next refresh may have all again', async () => {
  const { store } = createStore()
  const { id } = store.keep(key, tokens)
  await store.refresh(id, async () => ({ tokens: { access_token: 'narrow' }, scope: 'openid' }))
  expect(store.find(key)).toBeUndefined()
  expect(store.find({ ...key, scope: 'openid' })?.tokens.access_token).toBe('narrow')
  expect(store.findRefresh({ ...wanted, scope: 'offline_access openid' }).id).toBe(id)
  await store.refresh(id, async () => ({ tokens: { access_token: 'whole' } }))
  expect(store.find(key)?.tokens.access_token).toBe('whole')
})

test('refreshes of one family take turns, and whoever waited gets what the one before left', async () => {
  const { store } = createStore()
  const { id } = store.keep(key, tokens)
  const seen: (string | undefined)[] = []
  let running = 0
  const refresh = () =>
    store.refresh(id, async (current) => {
      expect(++running).toBe(1)
      seen.push(current.tokens.refresh_token)
      await new Promise(setImmediate)
      running--
      return { tokens: { refresh_token: `rt-${current.generation + 1}` } }
    })
  await Promise.all([refresh(), refresh(), refresh()])
  expect(seen).toEqual(['rt-1', 'rt-2', 'rt-3'])
})

test('a failed refresh changes nothing and lets the next one go; a wait can be cancelled', async () => {
  const { store } = createStore()
  const family = store.keep(key, tokens)
  const first = Promise.withResolvers<never>()
  const failing = store.refresh(family.id, () => first.promise)
  const abort = new AbortController()
  const cancelled = store.refresh(family.id, async () => ({ tokens: { access_token: 'never' } }), abort.signal)
  const last = store.refresh(family.id, async () => ({ tokens: { access_token: 'at-2' } }))
  abort.abort(new Error('stop'))
  await expect(cancelled).rejects.toThrow('stop')
  expect(store.find(key)).toBe(family)
  first.reject(new Error('refused'))
  await expect(failing).rejects.toThrow('refused')
  expect((await last).generation).toBe(2)
  store.clear()
  expect(await problemOfWork(store.refresh(family.id, async () => ({ tokens: {} })))).toMatchObject({
    code: 'token-missing',
  })
})

test('the refresh token of another profile, issuer, client, key, user, resource or scope is never chosen', async () => {
  const { store } = createStore()
  store.keep(key, tokens)
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
    const found = await problemOfWork(() => store.findRefresh({ ...wanted, ...other }))
    expect(found.code).toBe('token-missing')
  }
  store.keep({ ...key, profile: 'second' }, { access_token: 'no refresh token' })
  expect((await problemOfWork(() => store.findRefresh({ ...wanted, profile: 'second' }))).code).toBe('token-missing')
})

test('of several fitting refresh tokens the newest is chosen, one of exactly the scope first, and users are never mixed', async () => {
  const { store } = createStore()
  const narrow = store.keep({ ...key, scope: 'openid' }, tokens)
  const wide = store.keep(key, { ...tokens, refresh_token: 'rt-wide' })
  expect(store.findRefresh(wanted)).toBe(wide)
  expect(store.findRefresh({ ...wanted, scope: 'openid' })).toBe(narrow)
  const bob = store.keep({ ...key, user: 'bob' }, tokens)
  const found = await problemOfWork(() => store.findRefresh(wanted))
  expect(found.detail).toContain('bob, alice')
  expect(store.findRefresh({ ...wanted, user: 'bob' })).toBe(bob)
  const nobody = store.keep({ ...key, user: '' }, tokens)
  expect(store.findRefresh(wanted)).toBe(nobody)
})

test('a list shows no value, and a value is told by its fingerprint only', async () => {
  const { store } = createStore()
  store.keep(key, { ...tokens, scope: 'openid', expiresAt: inOneHour })
  store.keep({ ...key, profile: null }, { access_token: 'at-other' })
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
  given.keep(key, { access_token: 'at' })
  expect((await given.list())[0]?.fingerprint).toBe('f-at')
})

test('a full store forgets expired families, then hidden ones, and never one that is still found', async () => {
  const { store, clock } = createStore({ maximumFamilies: 4 })
  const soon = new Date(start + 1000).toISOString()
  const expiring = store.keep({ ...key, user: 'expiring' }, { access_token: 'x', expiresAt: soon })
  const renewable = store.keep(
    { ...key, user: 'renewable' },
    { access_token: 'x', refresh_token: 'r', expiresAt: soon },
  )
  store.keep({ ...key, user: 'again' }, { access_token: 'old' })
  store.keep({ ...key, user: 'again' }, { access_token: 'new' })
  store.keep({ ...key, user: 'fifth' }, tokens)
  expect(store.find(expiring.key)).toBe(expiring)
  expect(await store.list()).toHaveLength(1 + 2 + 1 + 3)
  clock.time += 2000
  store.keep({ ...key, user: 'sixth' }, tokens)
  expect(store.find(expiring.key)).toBeUndefined()
  expect(store.find(renewable.key)).toBe(renewable)
  expect(store.find({ ...key, user: 'again' })?.tokens.access_token).toBe('new')
  const found = await problemOfWork(() => store.keep({ ...key, user: 'seventh' }, tokens))
  expect(found.code).toBe('internal')
  expect(store.find({ ...key, user: 'sixth' })).toBeDefined()
  // The same sign-in again hides the one before, so there is room for it.
  expect(store.keep({ ...key, user: 'sixth' }, tokens).generation).toBe(1)
})

test('characters are bounded too, and a hidden refresh token stays while nothing stands in for it', async () => {
  const { store } = createStore({ maximumCharacters: 1000 })
  const first = store.keep(key, { refresh_token: 'r'.repeat(400) })
  store.keep(key, { access_token: 'a'.repeat(400) })
  expect((await problemOfWork(() => store.keep({ ...key, user: 'bob' }, { access_token: 'b'.repeat(300) }))).code).toBe(
    'internal',
  )
  expect(store.findRefresh(wanted)).toBe(first)
})
