import { expect, test } from 'vitest'
import type { TokenKey } from './token-key.ts'
import { createTokenStore } from './token-store.ts'

const start = Date.parse('2026-11-20T10:00:00Z')
const inOneHour = new Date(start + 3_600_000).toISOString()

function createStore() {
  const clock = { time: start, now: () => clock.time }
  return { clock, store: createTokenStore({ clock }) }
}

const key: TokenKey = {
  workspace: '/team',
  profile: 'acme',
  issuer: 'https://a.test',
  client_id: 'app',
  redirect_uri: 'http://127.0.0.1:8765/callback',
  scope: 'openid offline_access',
  resource: [],
  user: 'alice',
  keyBinding: '',
}
const tokens = { access_token: 'at-1', id_token: 'id-1', refresh_token: 'rt-1', token_type: 'Bearer' }
const grant = 'authorization-code'

test('a revoked access token has ended, a revoked refresh token is dead, and the rest of the family stays', async () => {
  const { store, clock } = createStore()
  const family = await store.keep(key, { ...tokens, expiresAt: inOneHour }, grant)
  const other = await store.keep(
    { ...key, user: 'bob' },
    { access_token: 'at-other', refresh_token: 'rt-other' },
    grant,
  )
  expect(await store.holding('rt-1')).toEqual([{ family, kind: 'refresh_token' }])
  expect(await store.holding('unknown')).toEqual([])
  clock.time += 1000
  expect(await store.markRevoked('at-1')).toEqual([{ family, kind: 'access_token' }])
  const ended = new Date(clock.time).toISOString()
  const now = await store.get(family.id)
  expect(now).toMatchObject({ generation: 1, tokens: { ...tokens, expiresAt: ended } })
  expect(now?.dead).toBeUndefined()
  clock.time += 1000
  await store.markRevoked('at-1')
  expect((await store.get(family.id))?.tokens.expiresAt).toBe(ended)
  await store.markRevoked('rt-1')
  expect(await store.get(family.id)).toMatchObject({ dead: true, tokens })
  expect(await store.get(other.id)).toBe(other)
  expect(await store.markRevoked('unknown')).toEqual([])
})

test('what is revoked after a refresh does not take the new tokens with it', async () => {
  const { store } = createStore()
  const family = await store.keep(key, tokens, grant)
  const next = await store.refresh(family, async () => ({ access_token: 'at-2', refresh_token: 'rt-2' }))
  expect(await store.markRevoked('rt-1')).toEqual([])
  const { earlier, ...newest } = next
  const now = await store.get(family.id)
  expect(now).toMatchObject(newest)
  expect(now?.dead).toBeUndefined()
  expect(now?.earlier).toMatchObject([{ ...earlier![0]!, said: { refresh_token: { word: 'revoked' } } }])
})
