import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { ownExchangesOf, type Run } from '../../src/contract/run.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let test: TestEngine

beforeAll(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ playground: playground.port })
})
afterAll(async () => {
  await test.close()
  await playground.close()
})

const authorizationCode = async (more = {}) =>
  (await test.run({ operation: 'authorization-code', parameters: playground.signIn(more) })).run
const proofsOf = (run: Run) => Object.fromEntries(run.proofs.map(({ name, holds }) => [name, holds]))

describe('authorization-code', () => {
  it('signs in, verifies the ID token and shows all tokens', async () => {
    const run = await authorizationCode()
    expect(run.problem).toBeUndefined()
    expect(run.outcome).toBe('succeeded')
    expect(run.steps.map(({ name, outcome }) => [name, outcome])).toEqual(
      run.plan.filter(({ optional }) => !optional).map(({ id }) => [id, 'succeeded']),
    )
    expect(run.tokens.map(({ kind }) => kind)).toEqual(['access_token', 'id_token', 'refresh_token'])
    expect(run.tokens[1]?.claims).toMatchObject({ iss: playground.issuer, sub: 'alice', aud: 'public' })
    expect(proofsOf(run)).toMatchObject({
      'pkce.matches': true,
      'state.matches': true,
      'iss.matches': true,
      'nonce.matches': true,
      'signature.verified': true,
    })
    expect(ownExchangesOf(run).map(({ purpose }) => purpose)).toEqual(['metadata', 'token', 'jwks'])
    expect(findingsOf(run).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('times every request by phase', async () => {
    const run = await authorizationCode()
    for (const { timings } of run.exchanges) expect(timings?.totalMs).toBeGreaterThan(0)
    expect(run.exchanges[0]?.timings?.connectMs).toBeGreaterThanOrEqual(0)
  })

  it('takes a redirect URI with a query as it is, in both requests', async () => {
    const run = await authorizationCode({ redirect_uri: 'http://127.0.0.1:0/cb?tenant=a%20b' })
    expect(run.outcome).toBe('succeeded')
    const opened = run.timeline.find((entry) => entry.kind === 'message')
    const sent = opened?.message.parameters.find(([name]) => name === 'redirect_uri')?.[1]
    expect(sent).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/cb\?tenant=a%20b$/)
    const token = run.exchanges.find(({ purpose }) => purpose === 'token')
    expect(new URLSearchParams(token?.request.body?.inline).get('redirect_uri')).toBe(sent)
  })

  it.each(['plain', 'none'])('sends PKCE %s with a client that may', async (pkce) => {
    const run = await authorizationCode({
      pkce,
      client_id: 'confidential',
      client_secret: playground.secretOf('confidential'),
    })
    expect(run.problem).toBeUndefined()
    const rules = findingsOf(run).map(({ rule }) => rule)
    expect(rules.includes('authorize.no-pkce')).toBe(pkce === 'none')
  })

  it('works without openid and without state', async () => {
    const run = await authorizationCode({ scope: 'api:read', state: 'none' })
    expect(run.problem).toBeUndefined()
    expect(run.tokens.map(({ kind }) => kind)).toEqual(['access_token'])
  })

  it('sends extra parameters to both endpoints', async () => {
    const run = await authorizationCode({
      authorization_parameters: [['ui_locales', 'de']],
      token_parameters: [['x_test', '1']],
    })
    const opened = run.timeline.find((entry) => entry.kind === 'message')
    expect(opened?.message.parameters).toContainEqual(['ui_locales', 'de'])
    const token = run.exchanges.find(({ purpose }) => purpose === 'token')
    expect(new URLSearchParams(token?.request.body?.inline).get('x_test')).toBe('1')
  })
})

describe('client-credentials', () => {
  it.each([
    ['confidential', 'auto'],
    ['confidential', 'client_secret_basic'],
    ['confidential', 'client_secret_basic_raw'],
    ['confidential-post', 'client_secret_post'],
  ])('gets a token for %s by %s', async (client_id, client_auth) => {
    const { run } = await test.run({
      operation: 'client-credentials',
      parameters: {
        issuer: playground.issuer,
        client_id,
        client_secret: playground.secretOf(client_id),
        client_auth,
        scope: 'api:read',
      },
    })
    expect(run.problem).toBeUndefined()
    expect(run.tokens).toHaveLength(1)
    expect(run.tokens[0]?.expiresAt).toBeDefined()
  })
})

describe('refresh', () => {
  it('takes the kept refresh token, and the new one the next time', async () => {
    await authorizationCode()
    const refresh = () =>
      test.run({ operation: 'refresh', parameters: { issuer: playground.issuer, client_id: 'public', user: 'alice' } })
    const first = await refresh()
    expect(first.run.problem).toBeUndefined()
    const second = await refresh()
    expect(second.run.problem).toBeUndefined()
    const rotated = (run: Run) => run.tokens.find(({ kind }) => kind === 'refresh_token')?.fingerprint
    expect(rotated(first.run)).not.toBe(rotated(second.run))
  })

  it('says so when no refresh token is kept', async () => {
    const { run } = await test.run({
      operation: 'refresh',
      parameters: { issuer: playground.issuer, client_id: 'somebody-else' },
    })
    expect(run.problem?.code).toBe('token-missing')
  })
})

describe('refresh with a profile', () => {
  it('asks for nothing less than was granted', async () => {
    const scope = 'openid offline_access api:read api:write'
    await test.run({ operation: 'authorization-code', profile: 'playground', parameters: { agent: 'form', scope } })
    const { run } = await test.run({ operation: 'refresh', profile: 'playground', parameters: { user: 'alice' } })
    expect(run.problem).toBeUndefined()
    expect(run.tokens.find(({ kind }) => kind === 'access_token')?.scope?.split(' ')).toContain('api:write')
  })
})

describe('profile playground', () => {
  it('signs in as its first test user, and as another when named', async () => {
    for (const [user, sub] of [
      [undefined, 'alice'],
      ['bob', 'bob'],
    ] as const) {
      const { run } = await test.run({
        operation: 'authorization-code',
        profile: 'playground',
        parameters: { agent: 'form', ...(user ? { user } : {}) },
      })
      expect(run.problem).toBeUndefined()
      expect(run.tokens.find(({ kind }) => kind === 'id_token')?.claims?.sub).toBe(sub)
    }
  })
})

describe('discover', () => {
  it('answers the metadata', async () => {
    const { run } = await test.run({ operation: 'discover', parameters: { issuer: playground.issuer } })
    expect(run.result).toMatchObject({ issuer: playground.issuer })
    expect(run.metadata[0]?.document.token_endpoint).toContain('/token')
  })
})
