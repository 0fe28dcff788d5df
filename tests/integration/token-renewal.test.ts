import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTokenBench, decisionsOn, minuteMs, sent, stepsOf, type TokenBench } from '../support/kept-tokens.ts'

let bench: TokenBench
beforeAll(async () => {
  bench = await createTokenBench()
})
afterAll(() => bench.close())
beforeEach(async () => {
  bench.time.aheadMs = 0
  await bench.clear()
})

const hello = (parameters: object = {}) => bench.run('call', { url: bench.api('hello'), ...parameters })
const generations = async () => [...new Set((await bench.kept()).map(({ generation }) => generation))]
const renewal = ['metadata 200', 'token 200', 'jwks 200']

describe('a token that ends within a minute', () => {
  it('is renewed first, once, and the run says why', async () => {
    await bench.signIn('alice')
    bench.time.aheadMs = 9.5 * minuteMs
    const called = await hello()
    expect(called.problem).toBeUndefined()
    expect(sent(called)).toEqual([...renewal, 'resource 200'])
    expect(stepsOf(called)).toEqual(['discover succeeded', 'refresh succeeded', 'call succeeded'])
    expect(decisionsOn(called, 'renewal')).toMatchObject([
      { choice: 'refresh token', reason: expect.stringMatching(/^The access_token ends in (30|29|28) s\.$/) as string },
    ])
    expect(await generations()).toEqual([2])
    expect(sent(await hello())).toEqual(['resource 200'])
  })

  it('is renewed by userinfo as well, after it ended', async () => {
    await bench.signIn('alice')
    bench.time.aheadMs = 30 * minuteMs
    const told = await bench.run('userinfo')
    expect(told.result).toMatchObject({ sub: 'alice' })
    expect(sent(told)).toEqual([...renewal, 'userinfo 200'])
    expect(stepsOf(told)).toEqual(['discover succeeded', 'refresh succeeded', 'userinfo succeeded'])
  })

  it('is sent as it is when nothing may be refreshed', async () => {
    await bench.signIn('alice')
    bench.time.aheadMs = 30 * minuteMs
    expect(sent(await hello({ auto_refresh: false }))).toEqual(['resource 200'])
  })

  it('is renewed once for many that want it at the same time', async () => {
    await bench.signIn('alice')
    bench.time.aheadMs = 9.5 * minuteMs
    const all = await Promise.all([hello(), hello(), bench.run('userinfo')])
    expect(all.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined])
    expect(all.flatMap(sent).filter((one) => one.startsWith('token'))).toEqual(['token 200'])
    expect(await generations()).toEqual([2])
  })

  it('of a client alone is asked for again, with the same scope and for the same API', async () => {
    const resource = [`${bench.issuer}/api`]
    const client = { client_id: 'confidential', scope: 'api:read api:write' }
    await bench.run('client-credentials', { ...client, resource })
    bench.time.aheadMs = 10 * minuteMs
    const called = await hello({ client_id: 'confidential' })
    expect(called.problem).toBeUndefined()
    expect(sent(called)).toEqual(['metadata 200', 'token 200', 'resource 200'])
    expect(decisionsOn(called, 'renewal')).toMatchObject([{ choice: 'client credentials' }])
    expect(called.tokens[0]?.claims).toMatchObject({ aud: resource[0], scope: 'api:read api:write' })
    expect(await generations()).toEqual([2])
  })

  it('of another client than the profile names is not renewed in its name', async () => {
    await bench.clientToken()
    bench.time.aheadMs = 10 * minuteMs
    const called = await hello()
    expect(called.problem).toMatchObject({
      code: 'token-missing',
      detail: expect.stringContaining('confidential') as string,
    })
    expect(called.exchanges).toEqual([])
  })

  it('without a refresh token is used to its end, and then only a sign-in helps', async () => {
    await bench.signIn('alice', 'openid api:read')
    bench.time.aheadMs = 9.5 * minuteMs
    expect(sent(await hello())).toEqual(['resource 200'])
    bench.time.aheadMs = 10 * minuteMs
    const called = await hello()
    expect(called.problem).toMatchObject({
      code: 'token-missing',
      detail: expect.stringContaining('ended at') as string,
    })
    expect(called.problem?.whatToDo?.[0]).toMatch(/^Sign in again/)
    expect(called.exchanges).toEqual([])
  })
})

describe('a token that is refused with 401', () => {
  it('is renewed once, and the request sent again', async () => {
    await bench.signIn('alice')
    await bench.revoke('access_token')
    const called = await hello({ method: 'GET' })
    expect(called.problem).toBeUndefined()
    expect(sent(called)).toEqual(['resource 401', ...renewal, 'resource 200'])
    expect(stepsOf(called)).toEqual(['call succeeded', '> discover succeeded', '> refresh succeeded'])
    expect(decisionsOn(called, 'renewal')).toMatchObject([{ reason: 'The answer was 401 invalid_token.' }])
    await bench.revoke('access_token')
    expect(sent(await bench.run('userinfo'))).toEqual([
      'metadata 200',
      'userinfo 401',
      'token 200',
      'jwks 200',
      'userinfo 200',
    ])
  })

  it('stays refused when nothing may be refreshed, or it was given by hand', async () => {
    await bench.signIn('alice')
    const { value } = await bench.engine.runCommand('token get', { profile: 'playground' })
    await bench.revoke('access_token')
    for (const parameters of [{ auto_refresh: false }, { access_token: value }]) {
      const called = await hello(parameters)
      expect(called.problem).toMatchObject({ code: 'resource-refused', oauth: { error: 'invalid_token' } })
      expect(sent(called)).toEqual(['resource 401'])
    }
  })

  it('of a grant that is gone: the refresh token is dead, and is not sent again', async () => {
    await bench.signIn('alice')
    await bench.revoke('refresh_token')
    const called = await hello()
    expect(called.problem).toMatchObject({ code: 'token-request-refused', oauth: { error: 'invalid_grant' } })
    expect(called.problem?.whatToDo).toEqual([expect.stringMatching(/^Sign in again/)])
    expect(called.problem?.detail).toMatch(/[^.]\. It is not sent again by itself\.$/)
    expect(sent(called)).toEqual(['resource 401', 'metadata 200', 'token 400'])
    expect((await bench.kept()).every(({ dead }) => dead)).toBe(true)
    const again = await hello()
    expect(sent(again)).toEqual(['resource 401'])
    expect(again.problem?.whatToDo?.[0]).toMatch(/^Sign in again/)
    bench.time.aheadMs = 10 * minuteMs
    const later = await hello()
    expect(later.problem).toMatchObject({ code: 'token-missing', detail: expect.stringContaining('refused') as string })
    expect(later.exchanges).toEqual([])
    bench.time.aheadMs = 0
    await bench.signIn('alice')
    expect(sent(await hello())).toEqual(['resource 200'])
  })
})

describe('an explicit refresh', () => {
  it('of a kept grant by its name renews that one, also of a client alone', async () => {
    await bench.signIn('alice')
    await bench.signIn('bob')
    const families = await bench.kept()
    const ofAlice = families.find(({ user }) => user === 'alice')!.family
    const renewed = await bench.run('refresh', { family: ofAlice })
    expect(renewed.problem).toBeUndefined()
    const now = await bench.kept()
    expect(now.filter(({ generation }) => generation === 2).map(({ user }) => user)).toEqual(Array(3).fill('alice'))
    await bench.clear()
    await bench.clientToken()
    const [own] = await bench.kept()
    const again = await bench.run('refresh', { family: own!.family, client_id: 'confidential' })
    expect(sent(again)).toEqual(['metadata 200', 'token 200'])
  })

  it('sends nothing while the token is good for as long as is wanted', async () => {
    await bench.signIn('alice')
    const family = (await bench.kept())[0]!.family
    const run = await bench.run('refresh', { family, minimum_seconds: 300 })
    expect(run.outcome).toBe('succeeded')
    expect(sent(run)).toEqual(['metadata 200'])
    expect(sent(await bench.run('refresh', { family, minimum_seconds: 900 }))).toEqual(renewal)
  })

  it('sends no token of another client or profile, and none that is gone', async () => {
    await bench.clientToken()
    const [own] = await bench.kept()
    for (const family of [own!.family, 'gone']) {
      const run = await bench.run('refresh', { family })
      expect(run.problem?.code).toBe('token-missing')
      expect(sent(run)).toEqual(['metadata 200'])
    }
  })
})
