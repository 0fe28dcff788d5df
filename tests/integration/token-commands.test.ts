import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTokenBench, minuteMs, type TokenBench } from '../support/kept-tokens.ts'

let bench: TokenBench
beforeAll(async () => {
  bench = await createTokenBench()
})
afterAll(() => bench.close())
beforeEach(async () => {
  bench.time.aheadMs = 0
  await bench.clear()
})

const profile = 'playground'
const get = (more: Record<string, string | number> = {}) => bench.engine.runCommand('token get', { profile, ...more })
const refusal = (detail: RegExp) => ({
  problem: { code: 'token-missing', detail: expect.stringMatching(detail) as string },
})

it('token get answers a kept token of each kind, without a run', async () => {
  await bench.signIn('alice')
  for (const kind of ['access_token', 'id_token', 'refresh_token']) {
    const token = await get({ kind })
    expect(token).toMatchObject({ kind, profile, user: 'alice', scope: expect.stringContaining('api:read') as string })
    expect(token).not.toHaveProperty('runId')
    const [listed] = (await bench.kept()).filter((one) => one.kind === kind)
    expect(token.value).toBe(await bench.reveal(listed!.fingerprint))
    if (kind === 'access_token') expect(token.expiresAt).toBe(listed?.expiresAt)
  }
})

it('token get renews one that ends too early, in a run that can be looked at', async () => {
  await bench.signIn('alice')
  const before = await get()
  const later = await get({ minimum_seconds: 590 + 60 })
  expect(later.value).not.toBe(before.value)
  const events = []
  for await (const event of bench.engine.runEvents({ runId: later.runId! })) events.push(event)
  expect(events[0]).toMatchObject({ type: 'run.started', operation: 'refresh', profile })
  bench.time.aheadMs = 9.5 * minuteMs
  const both = await Promise.all([get(), get()])
  expect(both[0].value).toBe(both[1].value)
  expect(Date.parse(both[0].expiresAt!)).toBeGreaterThan(Date.now() + 15 * minuteMs)
})

it('token get asks for a client again, and takes the client that got it', async () => {
  await bench.clientToken()
  bench.time.aheadMs = 10 * minuteMs
  expect(await get()).toMatchObject({ user: '', scope: 'api:read', runId: expect.any(String) as string })
})

it('token get says what is missing', async () => {
  await expect(get()).rejects.toMatchObject(refusal(/No access_token is kept for profile playground/))
  await expect(get({ profile: 'no-such' })).rejects.toMatchObject({ problem: { code: 'profile-not-found' } })
  await bench.signIn('alice', 'openid')
  await expect(get({ kind: 'refresh_token' })).rejects.toMatchObject(refusal(/No refresh_token/))
  await expect(get({ minimum_seconds: 900 })).rejects.toMatchObject(refusal(/ends in .*there is no refresh token/))
  await bench.signIn('bob')
  await expect(get()).rejects.toMatchObject(refusal(/several users/))
  expect((await get({ user: 'bob' })).user).toBe('bob')
  await bench.revoke('refresh_token')
  await expect(get({ user: 'bob', minimum_seconds: 900 })).rejects.toMatchObject({
    problem: { code: 'token-request-refused', oauth: { error: 'invalid_grant' } },
  })
  await expect(get({ user: 'bob', minimum_seconds: 900 })).rejects.toMatchObject(refusal(/refused its refresh token/))
})

it('tokens are forgotten one grant, one user or one profile at a time', async () => {
  for (const user of ['alice', 'bob', 'bob']) await bench.signIn(user, 'openid')
  const [newest] = await bench.kept()
  const run = bench.engine.runCommand
  expect(await run('tokens delete', { family: newest!.family })).toEqual({ deleted: 1 })
  expect(await run('tokens delete', { family: newest!.family })).toEqual({ deleted: 0 })
  expect(await run('tokens clear', { profile: 'other' })).toEqual({ deleted: 0 })
  expect(await run('tokens clear', { profile, user: 'alice' })).toEqual({ deleted: 1 })
  expect([...new Set((await bench.kept()).map(({ user }) => user))]).toEqual(['bob'])
  expect(await run('tokens clear', {})).toEqual({ deleted: 1 })
  expect(await bench.kept()).toEqual([])
})
