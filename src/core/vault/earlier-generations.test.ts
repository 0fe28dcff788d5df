import { afterEach, beforeEach, expect, test } from 'vitest'
import { leaksIn } from '../../../tests/support/every-encoding.ts'
import { earlierBounds, earlierSizeOf, replacedAt, replacedRefreshToken } from './earlier-generations.ts'
import { createVaultHome } from './testing/vault-fixture.ts'
import { type KeptTokens, type TokenFamily, sizeOf } from './token-family.ts'
import type { TokenKey } from './token-key.ts'
import { createTokenStore } from './token-store.ts'

let home: Awaited<ReturnType<typeof createVaultHome>>
const clock = { time: 0, now: () => clock.time }
beforeEach(async () => {
  home = await createVaultHome()
  clock.time = Date.parse('2026-11-20T10:00:00Z')
})
afterEach(() => home.remove())

/** The tokens as another process sees them. */
const open = (bounds: { maximumCharacters?: number } = {}) =>
  createTokenStore({ clock, records: home.open().families, fingerprint: (value) => `of ${value}`, ...bounds })

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
const grant = 'authorization-code'

/** Keeps a grant and refreshes it with these answers, a second apart. */
async function keepAll(store: ReturnType<typeof open>, [first, ...others]: KeptTokens[]): Promise<TokenFamily> {
  let family = await store.keep(key, first!, grant)
  for (const tokens of others) {
    clock.time += 1000
    family = await store.refresh(family, async () => tokens)
  }
  return family
}
const answer = (count: number, more: KeptTokens = {}): KeptTokens => ({
  access_token: `at-${count}`,
  refresh_token: `rt-${count}`,
  runId: `run-${count}`,
  ...more,
})

test('earlier answers outlive the process, newest first, with what each brought itself and the run that did', async () => {
  const store = open()
  const { id } = await keepAll(store, [
    answer(1, { id_token: 'id-1' }),
    { access_token: 'at-2', runId: 'run-2' },
    answer(3),
  ])
  await store.settle()
  const family = (await open().get(id))!
  expect(family).toMatchObject({ generation: 3, tokens: { id_token: 'id-1', refresh_token: 'rt-3', runId: 'run-3' } })
  expect(family.earlier).toEqual([
    {
      generation: 2,
      tokens: { access_token: 'at-2', runId: 'run-2' },
      scope: 'openid',
      receivedAt: '2026-11-20T10:00:01.000Z',
    },
    { generation: 1, tokens: answer(1, { id_token: 'id-1' }), scope: 'openid', receivedAt: '2026-11-20T10:00:00.000Z' },
  ])
  const text = await home.allText()
  for (const clear of ['rt-1', 'at-2', 'id-1']) expect(leaksIn(text, clear)).toEqual([])
})

test('the newest are remembered, bounded by number and by characters', async () => {
  const store = open()
  const many = await keepAll(
    store,
    Array.from({ length: earlierBounds.generations + 6 }, (_, index) => answer(index)),
  )
  expect(many.earlier?.map(({ generation }) => generation)).toEqual(
    Array.from({ length: earlierBounds.generations }, (_, index) => many.generation - 1 - index),
  )
  const long = 'x'.repeat(earlierBounds.characters / 4)
  const large = await keepAll(
    store,
    Array.from({ length: 8 }, (_, index) => answer(index, { access_token: `${index}${long}` })),
  )
  expect(large.earlier?.map(({ generation }) => generation)).toEqual([7, 6, 5])
  expect(earlierSizeOf(large)).toBeLessThanOrEqual(earlierBounds.characters)
  expect(sizeOf(large)).toBe(earlierSizeOf(large) + long.length + 1 + 'rt-7'.length)
})

test('a value of an earlier answer can be revealed, until the grant is forgotten', async () => {
  const store = open()
  const { id } = await keepAll(store, [answer(1), answer(2)])
  await store.settle()
  const other = open()
  expect([await other.reveal('of rt-1'), await other.reveal('of at-1'), await other.reveal('of rt-2')]).toEqual([
    'rt-1',
    'at-1',
    'rt-2',
  ])
  expect((await other.list()).map(({ fingerprint }) => fingerprint)).toEqual(['of at-2', 'of rt-2'])
  await store.remove(id)
  expect(await other.reveal('of rt-1')).toBeUndefined()
})

test('a record from before earlier answers were remembered is read, and goes on', async () => {
  const store = open()
  const { runId: _runId, ...tokens } = answer(1)
  const family = await store.keep(key, tokens, grant)
  await store.settle()
  expect(JSON.stringify(family)).not.toMatch(/earlier|said|runId/)
  const other = open()
  expect((await other.get(family.id))?.earlier).toBeUndefined()
  expect(await other.refresh(family, async () => answer(2))).toMatchObject({
    generation: 2,
    earlier: [{ generation: 1, tokens }],
  })
})

test('a replaced refresh token is told from the one in use, which an answer may have left as it was', async () => {
  const family = await keepAll(open(), [answer(1), { access_token: 'at-2' }, answer(3), { access_token: 'at-4' }])
  expect([1, 2, 3, 4, 5].map((generation) => replacedRefreshToken(family, generation)?.tokens.refresh_token)).toEqual([
    'rt-1',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(replacedAt(family, 1)).toBe('2026-11-20T10:00:02.000Z')
})

test('what the server says of a replaced token stands beside it, and the newer ones live on', async () => {
  const store = open()
  const { id } = await keepAll(store, [answer(1), answer(2), answer(3)])
  await store.markEarlier(id, 'rt-1', 'refused')
  await store.markEarlier(id, 'unknown', 'accepted')
  expect(await store.markRevoked('rt-2')).toEqual([])
  const at = new Date(clock.time).toISOString()
  const family = (await open().get(id))!
  expect(family.dead).toBeUndefined()
  expect(family.earlier?.map(({ said }) => said)).toEqual([
    { refresh_token: { word: 'revoked', at } },
    { refresh_token: { word: 'refused', at } },
  ])
})

test('what is revoked is told from what was refused, and stays told after a refresh', async () => {
  const store = open()
  const family = await keepAll(store, [answer(1)])
  expect(await store.holding('at-1')).toEqual([{ family, kind: 'access_token' }])
  expect((await store.markRevoked('at-1')).map(({ kind }) => kind)).toEqual(['access_token'])
  const at = new Date(clock.time).toISOString()
  expect(await store.get(family.id)).toMatchObject({
    tokens: { expiresAt: at },
    said: { access_token: { word: 'revoked', at } },
  })
  const next = await store.refresh(family, async () => answer(2))
  expect(next.said).toBeUndefined()
  expect(next.earlier).toMatchObject([{ said: { access_token: { word: 'revoked', at } } }])
  await store.markRevoked('rt-2')
  expect(await store.get(family.id)).toMatchObject({ dead: true, said: { refresh_token: { word: 'revoked', at } } })
})

test('nobody refreshes while a caller works with a family alone', async () => {
  const store = open()
  const family = await keepAll(store, [answer(1), answer(2)])
  const done = Promise.withResolvers<void>()
  const order: string[] = []
  const alone = store.alone(family.id, async (current) => {
    await done.promise
    order.push(`alone with ${current.generation}`)
  })
  const refreshed = store.refresh(family, async () => {
    order.push('refresh')
    return answer(3)
  })
  done.resolve()
  await Promise.all([alone, refreshed])
  expect(order).toEqual(['alone with 2', 'refresh'])
  await store.clear()
  await expect(store.alone(family.id, async () => undefined)).rejects.toMatchObject({
    problem: { code: 'token-missing' },
  })
})

test('where memory runs out earlier answers leave it first, the oldest family’s before others, and their records stay', async () => {
  const store = open({ maximumCharacters: 4_000 })
  const long = 'x'.repeat(400)
  const long3 = [1, 2, 3].map((count) => answer(count, { access_token: `${count}${long}` }))
  const first = await keepAll(store, long3)
  clock.time += 1000
  const second = await keepAll(store, long3)
  clock.time += 1000
  await store.keep(key, { access_token: 'y'.repeat(1_900) }, grant)
  expect(await store.list()).toHaveLength(5)
  expect(await store.reveal(`of 1${long}`)).toBe(`1${long}`)
  await store.settle()
  for (const { id } of [first, second]) expect((await open().get(id))?.earlier).toHaveLength(2)
})
