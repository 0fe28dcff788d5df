import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import { findingsOf } from '../../src/contract/rules/index.ts'
import type { Run } from '../../src/contract/run.ts'
import { createTokenBench, decisionsOn, sent, stepsOf, type TokenBench } from '../support/kept-tokens.ts'
import { startMetadataServer, type Answer } from '../support/metadata-server.ts'

let bench: TokenBench
const closing: (() => unknown)[] = []
beforeAll(async () => {
  bench = await createTokenBench()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => bench.close())

const rulesOf = (run: Run) => findingsOf(run).map(({ rule }) => rule)
const call = () => bench.run('call', { url: bench.api('hello'), client_id: 'public' })

describe('revoke at the playground', () => {
  beforeEach(async () => {
    await bench.clear()
    expect((await bench.signIn('alice')).problem).toBeUndefined()
  })

  it('an access token: it is no longer used, and its refresh token still is', async () => {
    const before = (await bench.kept()).find(({ kind }) => kind === 'access_token')!
    const run = await bench.run('revoke')
    expect(run.result).toEqual({ revoked: true, status: 200, kind: 'access_token' })
    expect(sent(run)).toEqual(['metadata 200', 'revocation 200'])
    expect(run.exchanges.at(-1)?.request.body?.inline).toContain('token_type_hint=access_token')
    expect(decisionsOn(run, 'kept tokens').map(({ choice }) => choice)).toEqual(['the access token is no longer used'])
    expect(rulesOf(run)).toEqual([])
    const called = await call()
    expect(sent(called)).toEqual(['metadata 200', 'token 200', 'jwks 200', 'resource 200'])
    const after = (await bench.kept()).find(({ kind }) => kind === 'access_token')!
    expect([after.generation, after.fingerprint === before.fingerprint]).toEqual([2, false])
    expect(JSON.stringify(run)).not.toMatch(/eyJ[\w-]+\.eyJ/)
  })

  it('a refresh token: the grant is refreshed no more', async () => {
    const run = await bench.run('revoke', { kind: 'refresh_token' })
    expect(run.result).toMatchObject({ kind: 'refresh_token' })
    expect(decisionsOn(run, 'kept tokens').map(({ choice }) => choice)).toEqual(['no longer refreshed'])
    expect((await bench.kept()).every(({ dead }) => dead)).toBe(true)
    bench.time.aheadMs = 24 * 3_600_000
    const called = await call()
    bench.time.aheadMs = 0
    expect(called.problem).toMatchObject({ code: 'token-missing' })
    expect(sent(called)).toEqual([])
  })

  it('a token by hand that is a kept one counts as that', async () => {
    const { value: token } = await bench.engine.runCommand('token get', { profile: 'playground' })
    const run = await bench.run('revoke', { token })
    expect(run.result).toMatchObject({ kind: 'access_token' })
    expect(decisionsOn(run, 'kept tokens')).toHaveLength(1)
    const unknown = await bench.run('revoke', { token: 'nobody-knows-it' })
    expect(unknown.result).toEqual({ revoked: true, status: 200, kind: null })
    expect(unknown.exchanges.at(-1)?.request.body?.inline).not.toContain('token_type_hint')
    expect(decisionsOn(unknown, 'kept tokens')).toEqual([])
  })

  it.each(['access_token', 'refresh_token'])('asks afterwards whether the %s is still active', async (kind) => {
    const run = await bench.run('revoke', { kind, check: true })
    expect(run.result).toMatchObject({ revoked: true, active: false })
    expect(stepsOf(run)).toEqual(['discover succeeded', 'revoke succeeded', 'introspect succeeded'])
    expect(run.proofs).toContainEqual(expect.objectContaining({ name: 'revocation.effective', holds: true }))
    expect(rulesOf(run)).toEqual([])
  })

  it('is not tried with the token of another client', async () => {
    const client_id = 'confidential'
    const run = await bench.run('revoke', { client_id })
    expect(run.problem).toMatchObject({ code: 'token-missing', whatToDo: ['Name that client (client_id public).'] })
    expect(sent(run)).toEqual(['metadata 200'])
  })

  it('is refused for a token by hand of another client, and the kept one stays in use', async () => {
    const { value: token } = await bench.engine.runCommand('token get', { profile: 'playground' })
    const client = { client_id: 'confidential', client_secret: bench.playground.secretOf('confidential') }
    const run = await bench.run('revoke', { token, ...client })
    expect(run.problem).toMatchObject({ code: 'revocation-refused', status: 400 })
    expect(sent(await call())).toEqual(['resource 200'])
  })
})

describe('revoke at other servers', () => {
  const revoke = async (answers: Record<string, Answer>, more: ParameterValues = {}) => {
    const server = await startMetadataServer({
      '/.well-known/openid-configuration': {
        issuer: 'ISSUER',
        revocation_endpoint: 'ISSUER/revoke',
        introspection_endpoint: 'ISSUER/introspect',
      },
      ...answers,
    })
    closing.push(server.close)
    const parameters = { issuer: server.origin, client_id: 'me', token: 'some-token', ...more }
    return bench.run('revoke', parameters, null)
  }
  const answering =
    (status: number, body = '', headers: Record<string, string> = {}): Answer =>
    (_request, response) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)

  it('takes any 2xx, and notices that it is not 200', async () => {
    const run = await revoke({ '/revoke': answering(204) })
    expect(run.result).toMatchObject({ revoked: true, status: 204 })
    expect(rulesOf(run)).toContain('revoke.non-200')
  })

  it('notices a token that lives on', async () => {
    const run = await revoke({ '/revoke': answering(200), '/introspect': { active: true } }, { check: true })
    expect(run.result).toMatchObject({ active: true })
    expect(rulesOf(run)).toContain('revoke.still-active')
  })

  it.each<[string, Answer]>([
    ['refuses', answering(401)],
    ['is HTML', '<html>'],
  ])('does not fail when the introspection endpoint %s', async (_name, answer) => {
    const run = await revoke({ '/revoke': answering(200), '/introspect': answer }, { check: true })
    expect(run.outcome).toBe('succeeded')
    expect(run.result).toMatchObject({ revoked: true, active: null })
    expect(decisionsOn(run, 'check').map(({ choice }) => choice)).toEqual(['not known'])
  })

  it.each<[string, Answer, object]>([
    [
      'a kind of token it does not revoke',
      answering(400, '{"error":"unsupported_token_type"}'),
      { whatToDo: [expect.stringContaining('good until it ends'), expect.stringContaining('refresh_token')] },
    ],
    [
      '503',
      answering(503, '', { 'retry-after': '30' }),
      { status: 503, whatToDo: ['The token is still good: try again in 30 s.'] },
    ],
    [
      'an unreadable wait',
      answering(503, '', { 'retry-after': 'x' }),
      { whatToDo: ['The token is still good: try again later.'] },
    ],
    ['an error with 200', answering(200, '{"error":"invalid_request"}'), { status: 200 }],
    ['a redirect', answering(302, '', { location: '/login' }), { status: 302 }],
    [
      'the errors of an API',
      answering(422, '{"errors":[{"code":"10027","title":"Bad","detail":"no","source":{"pointer":"/token"}}]}'),
      { detail: expect.stringContaining('Bad (10027): no') as string, fields: [{ name: 'token', detail: 'no' }] },
    ],
  ])('names the refusal: %s', async (_name, answer, problem) => {
    const run = await revoke({ '/revoke': answer })
    expect(run.problem).toMatchObject({ code: 'revocation-refused', ...problem })
    expect(run.steps.at(-1)?.outcome).toBe('failed')
  })

  it('asks for the name of a production profile first, and introspect does not', async () => {
    const server = await startMetadataServer({
      '/.well-known/openid-configuration': { issuer: 'ISSUER', introspection_endpoint: 'ISSUER/introspect' },
      '/introspect': { active: false },
    })
    closing.push(server.close)
    const values = { issuer: server.origin, client_id: 'me' }
    await bench.engine.runCommand('profiles save', { name: 'live', values, production: true })
    const start = (operation: string) =>
      bench.engine.startRun({ operation, profile: 'live', parameters: { token: 'some-token' } })
    await expect(start('revoke')).rejects.toMatchObject({ problem: { code: 'confirmation-needed' } })
    expect(server.requests).toEqual([])
    expect((await bench.run('introspect', { token: 'some-token' }, 'live')).result).toEqual({ active: false })
  })

  it('says when there is no such endpoint', async () => {
    const run = await revoke({ '/.well-known/openid-configuration': { issuer: 'ISSUER' } })
    expect(run.problem).toMatchObject({ code: 'endpoint-missing' })
  })
})
