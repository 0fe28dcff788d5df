import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { startHttpServer } from '../support/http-server.ts'
import { createTokenBench, sent, stepsOf, type TokenBench } from '../support/kept-tokens.ts'

let bench: TokenBench
beforeAll(async () => {
  bench = await createTokenBench()
  expect((await bench.signIn('alice')).problem).toBeUndefined()
})
afterAll(() => bench.close())

const call = (parameters: object, profile?: string | null) => bench.run('call', { ...parameters }, profile)

describe('userinfo', () => {
  it.each(['GET', 'POST'])('by %s answers the claims, of the same user as the ID token', async (method) => {
    const told = await bench.run('userinfo', { method })
    expect(told.problem).toBeUndefined()
    expect(told.result).toMatchObject({ sub: 'alice', name: 'Alice Example', email: 'alice@example.test' })
    expect(told.proofs).toContainEqual(expect.objectContaining({ name: 'sub.matches', holds: true }))
    expect(sent(told)).toEqual(['metadata 200', 'userinfo 200'])
    expect(told.exchanges.at(-1)?.request.method).toBe(method)
    expect(stepsOf(told)).toEqual(['discover succeeded', 'userinfo succeeded'])
  })

  it('takes the token of a user, not the newer one of the client itself', async () => {
    const client_id = 'confidential'
    const signedIn = await bench.run('authorization-code', { agent: 'form', user: 'bob', client_id, scope: 'openid' })
    expect(signedIn.problem).toBeUndefined()
    expect((await bench.clientToken()).problem).toBeUndefined()
    expect((await bench.run('userinfo', { client_id })).result).toEqual({ sub: 'bob' })
  })

  it('takes a token by hand, without client and profile', async () => {
    const { value } = await bench.engine.runCommand('token get', { profile: 'playground', user: 'alice' })
    const told = await bench.run('userinfo', { issuer: bench.issuer, access_token: value }, null)
    expect(told.result).toMatchObject({ sub: 'alice' })
    expect(JSON.stringify(told)).not.toContain(value)
  })
})

describe('call', () => {
  const own = { client_id: 'public' }

  it('sends any method, headers and body, and asks no authorization server', async () => {
    const called = await call({
      ...own,
      url: `${bench.api('echo')}?a=b`,
      method: 'PATCH',
      request_headers: [['X-Trace', 'on']],
      body: '{"a": 1}',
    })
    expect(called.problem).toBeUndefined()
    expect(called.result).toMatchObject({
      status: 200,
      content_type: 'application/json',
      body: {
        method: 'PATCH',
        query: 'a=b',
        sub: 'alice',
        body: '{"a": 1}',
        headers: { 'x-trace': 'on', 'content-type': 'application/json' },
      },
    })
    expect(sent(called)).toEqual(['resource 200'])
    expect(called.exchanges[0]).toMatchObject({ party: 'resource-server', step: called.steps[0]?.id })
    expect(JSON.stringify(called)).not.toMatch(/eyJ[\w-]+\.eyJ/)
  })

  it('shows an answer without a body, too', async () => {
    const called = await call({ ...own, url: bench.api('hello'), method: 'HEAD' })
    expect(called.result).toEqual({ status: 200, content_type: 'application/json' })
  })

  it('without a token shows the challenge, and what to do', async () => {
    const called = await call({ url: bench.api('hello'), token: 'none' }, null)
    expect(called.problem).toMatchObject({ code: 'resource-refused', status: 401, exchange: '1' })
    const advice = called.problem?.whatToDo?.join('\n')
    expect(advice).toContain('(token access_token)')
    expect(advice).toContain(`${bench.issuer}/.well-known/oauth-protected-resource/api`)
    expect(called.proofs).toContainEqual(
      expect.objectContaining({
        name: 'challenge.given',
        holds: true,
        facts: expect.objectContaining({ realm: 'playground', scope: 'api:read' }) as object,
      }),
    )
    expect(findingsOf(called)).toEqual([])
    expect(sent(called)).toEqual(['resource 401'])
  })

  it('says which scope is missing, and refreshes nothing for it', async () => {
    const called = await call({ ...own, url: bench.api('notes'), method: 'POST', body: 'mine' })
    expect(called.problem).toMatchObject({
      code: 'resource-refused',
      status: 403,
      oauth: { error: 'insufficient_scope' },
    })
    expect(called.problem?.whatToDo?.[0]).toContain('api:write')
    expect(sent(called)).toEqual(['resource 403'])
  })

  it('sends the ID token when that is wanted, and refuses what is neither', async () => {
    const called = await call({ ...own, url: bench.api('hello'), token: 'id_token', auto_refresh: false })
    expect(called.problem).toMatchObject({ status: 401, oauth: { error: 'invalid_token' } })
    const wanted = { profile: 'playground', kind: 'id_token', user: 'alice' } as const
    const { value } = await bench.engine.runCommand('token get', wanted)
    const header = called.exchanges[0]?.request.headers.find(([name]) => name === 'Authorization')?.[1]
    expect(await bench.reveal(/#([0-9a-f]{32})/.exec(header ?? '')![1]!)).toBe(value)
  })

  it.each([
    ['a method in lower case', { method: 'delete' }],
    ['CONNECT', { method: 'CONNECT' }],
    ['two tokens', { request_headers: [['authorization', 'Basic abc']] }],
    ['two content types', { request_headers: [['Content-Type', 'a/b']], content_type: 'c/d', body: 'x' }],
    ['a line break in a header', { request_headers: [['X-A', 'b\r\nX-C: d']] }],
  ])('sends nothing for %s', async (_name, parameters) => {
    const called = await call({ ...own, url: bench.api('hello'), ...parameters })
    expect(called.problem?.code).toBe('parameter-invalid')
    expect(called.exchanges).toEqual([])
  })

  it('takes no kept token when nothing says whose', async () => {
    const called = await call({ url: bench.api('hello') }, null)
    expect(called.problem?.code).toBe('token-missing')
    expect(called.exchanges).toEqual([])
  })
})

describe('an API of another kind', () => {
  const token = 'by-hand-token-0123456789'

  it('that sends elsewhere: the token does not go there', async () => {
    const other = await startHttpServer((_request, response) => response.end('{}'))
    const api = await startHttpServer((_request, response) => {
      response.writeHead(302, { location: `${other.origin}/collect` }).end()
    })
    const called = await call({ url: `${api.origin}/x`, access_token: token }, null)
    expect(called.problem?.code).toBe('redirect-to-other-origin')
    expect(other.requests).toEqual([])
    expect(api.requests[0]?.headers.authorization).toBe(`Bearer ${token}`)
    await Promise.all([api.close(), other.close()])
  })

  it.each([
    ['no challenge', {}, 'absent'],
    ['one that cannot be read', { 'www-authenticate': 'Bearer error="' }, 'malformed'],
    ['one that names no metadata', { 'www-authenticate': 'Bearer error="invalid_token"' }, 'absent'],
  ])('with %s: a finding says so', async (_name, headers, value) => {
    const api = await startHttpServer((_request, response) => {
      response.writeHead(401, headers).end()
    })
    const called = await call({ url: api.origin, access_token: token }, null)
    expect(called.problem).toMatchObject({ code: 'resource-refused', status: 401 })
    expect(findingsOf(called)).toMatchObject([
      { rule: 'resource.challenge-missing', evidence: [{ value, exchange: '1' }] },
    ])
    await api.close()
  })

  it('whose words are those of a stranger: they are bounded and hold no token', async () => {
    const words = `${token} ${'x'.repeat(5_000)}`
    const api = await startHttpServer((_request, response) => {
      response.writeHead(403, { 'www-authenticate': `Bearer error="insufficient_scope", scope="${words}"` }).end()
    })
    const called = await call({ url: api.origin, access_token: token }, null)
    expect(called.problem?.code).toBe('resource-refused')
    expect(JSON.stringify({ ...called, exchanges: [] })).not.toContain(token)
    expect(JSON.stringify(called.problem).length).toBeLessThan(2_000)
    await api.close()
  })

  it('that answers more than 5 MiB is cut off there', async () => {
    const api = await startHttpServer((_request, response) => response.end('x'.repeat(6 * 1024 * 1024)))
    const called = await call({ url: api.origin, access_token: token }, null)
    expect(called.exchanges[0]?.response?.body).toMatchObject({ bytes: 5 * 1024 * 1024, truncated: true })
    await api.close()
  })
})

describe('two users', () => {
  beforeEach(async () => {
    await bench.clear()
  })

  it('are told apart, and asked for when nothing says which', async () => {
    for (const user of ['alice', 'bob']) await bench.signIn(user)
    for (const user of ['alice', 'bob'])
      expect((await bench.run('userinfo', { user })).result).toMatchObject({ sub: user })
    const asked = await bench.run('userinfo')
    expect(asked.problem).toMatchObject({
      code: 'token-missing',
      detail: expect.stringContaining('bob, alice') as string,
    })
    expect(sent(asked)).toEqual(['metadata 200'])
  })
})
