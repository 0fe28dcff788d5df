import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClientRecord } from '../../src/contract/client-record.ts'
import type { ParameterValues } from '../../src/contract/description.ts'
import type { Registration } from '../../src/contract/registration.ts'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { runOf, type Run } from '../../src/contract/run.ts'
import { createRegistrationStore } from '../../src/core/registrations/create-registration-store.ts'
import { decisionsOn, sent, stepsOf } from '../support/kept-tokens.ts'
import { startMetadataServer, type Answer } from '../support/metadata-server.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let test: TestEngine
let playground: TestPlayground
const closing: (() => unknown)[] = []
beforeEach(async () => {
  test = await createTestEngine()
  playground = await createTestPlayground()
  closing.push(playground.close, test.close)
})
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const remember = (client: Partial<ClientRecord>, change: Partial<Registration> = {}) => {
  const client_id = client.client_id ?? 'public'
  return createRegistrationStore(test.ports.dataFolder).save({
    id: 'a1b2c3d4',
    isOwn: false,
    vendor: 'rfc7592',
    issuer: playground.issuer,
    profile: null,
    client_id,
    title: client_id,
    registeredAt: '2026-01-01T00:00:00.000Z',
    state: 'registered',
    client: { client_id, further: {}, ...client },
    profiles: [],
    ...change,
  })
}
const fitting = {
  token_endpoint_auth_method: 'none',
  redirect_uris: ['http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile email offline_access api:read',
}
const signIn = (more: ParameterValues = {}) =>
  test.run({ operation: 'authorization-code', parameters: playground.signIn(more) })
const preflightRules = (run: Run) =>
  findingsOf(run).flatMap(({ rule, severity }) => (rule.startsWith('preflight.') ? [`${rule} ${severity}`] : []))

describe('a sign-in', () => {
  it('is compared with what was last seen, and nothing is asked', async () => {
    await remember(fitting)
    const { run } = await signIn()
    expect(run.outcome).toBe('succeeded')
    expect(stepsOf(run).slice(0, 3)).toEqual(['discover succeeded', 'preflight succeeded', 'prepare succeeded'])
    expect(sent(run)).toEqual(['metadata 200', 'token 200', 'jwks 200'])
    expect(run.known).toMatchObject([{ source: 'remembered', readAt: '2026-01-01T00:00:00.000Z' }])
    expect(preflightRules(run)).toEqual([])
  })

  it('says before the browser opens what will fail, and goes on', async () => {
    await remember({ ...fitting, redirect_uris: ['https://app.test/callback'], scope: 'openid' })
    const { run, events } = await signIn({ scope: 'openid email' })
    expect(preflightRules(run)).toEqual(['preflight.redirect-uri error', 'preflight.scope error'])
    expect(run.outcome).toBe('succeeded')
    const opened = events.findIndex(({ type }) => type === 'message.recorded')
    const before = runOf(run.id, events.slice(0, opened))
    expect(preflightRules(before)).toEqual(preflightRules(run))
  })

  it('is not compared when nothing is known, or nobody wants it', async () => {
    expect(stepsOf((await signIn()).run)).not.toContain('preflight succeeded')
    await remember({ ...fitting, scope: '' })
    const { run } = await signIn({ preflight: 'off' })
    expect(run.known).toEqual([])
    expect(stepsOf(run)).not.toContain('preflight succeeded')
  })

  it('needs no API key for that, even where the profile names one', async () => {
    await remember(fitting)
    const { run } = await signIn({ vendor: 'telnyx', api_key: { secret: 'not_there' } })
    expect(run.outcome).toBe('succeeded')
    expect(run.known).toHaveLength(1)
    const asked = signIn({ vendor: 'telnyx', api_key: { secret: 'not_there' }, preflight: 'ask' })
    await expect(asked).rejects.toMatchObject({ problem: { code: 'secret-missing' } })
  })

  it('finds nothing under another issuer or client', async () => {
    await remember({ ...fitting, client_id: 'other' })
    expect((await signIn()).run.known).toEqual([])
  })
})

describe('a client of the inventory', () => {
  const runAs = async (change: Partial<Registration>) => {
    const client = { client_id: 'confidential', grant_types: ['client_credentials'], scope: 'api:read' }
    await remember(client, change)
    const { client_id } = client
    const secret = { client_secret: playground.secretOf(client_id), scope: 'api:read' }
    const parameters = { issuer: playground.issuer, client_id, ...secret }
    return (await test.run({ operation: 'client-credentials', parameters })).run
  }

  it('may have a secret that has ended', async () => {
    const run = await runAs({ clientSecretExpiresAt: '2026-01-02T00:00:00.000Z' })
    expect(run.outcome).toBe('succeeded')
    expect(preflightRules(run)).toEqual(['preflight.client-auth error'])
  })

  it('that is gone is not said to fit', async () => {
    const run = await runAs({ state: 'gone' })
    expect(run.known).toEqual([])
    expect(decisionsOn(run, 'registration')[0]).toMatchObject({
      choice: 'the client is gone',
      reason: expect.stringContaining('this run will fail'),
    })
  })
})

it('a refresh is compared, too', async () => {
  expect((await signIn()).run.outcome).toBe('succeeded')
  await remember({ ...fitting, grant_types: ['authorization_code'] })
  const { run } = await test.run({
    operation: 'refresh',
    parameters: { issuer: playground.issuer, client_id: 'public' },
  })
  expect(run.outcome).toBe('succeeded')
  expect(preflightRules(run)).toEqual(['preflight.grant-type error'])
})

describe('a server that is asked first', () => {
  const ask = async (answer: Answer, more: ParameterValues = {}) => {
    const api = await startMetadataServer({ '/v2/oauth_clients/public': answer })
    closing.push(api.close)
    const vendor = { vendor: 'telnyx', api_base: `${api.origin}/v2`, api_key: 'KEY-0123456789abc' }
    const { run } = await signIn({ preflight: 'ask', ...vendor, ...more })
    expect(JSON.stringify(run)).not.toContain('KEY-0123456789abc')
    return { run, api }
  }
  const record = {
    client_id: 'public',
    client_type: 'public',
    allowed_grant_types: ['authorization_code'],
    allowed_scopes: ['openid'],
    redirect_uris: ['http://127.0.0.1:1/callback'],
    require_pkce: true,
  }

  it('is asked with the API key, and its answer counts', async () => {
    await remember(fitting)
    const { run, api } = await ask({ data: record })
    expect(api.requests[0]?.headers.authorization).toBe('Bearer KEY-0123456789abc')
    expect(run.known).toMatchObject([{ source: 'read', vendor: 'telnyx', client: { scope: 'openid' } }])
    expect(new Set(preflightRules(run))).toEqual(new Set(['preflight.scope error']))
    expect(run.outcome).toBe('succeeded')
  })

  it.each<[string, Answer]>([
    ['refuses', (_request, response) => void response.writeHead(401).end('{"errors":[{"code":"10009"}]}')],
    ['answers HTML', '<html>'],
  ])('that %s stops nothing: what was last seen counts', async (_name, answer) => {
    await remember(fitting)
    const { run } = await ask(answer)
    expect(run.outcome).toBe('succeeded')
    expect(decisionsOn(run, 'registration').map(({ choice }) => choice)).toEqual(['not read', 'as it was last seen'])
    expect(run.known).toMatchObject([{ source: 'remembered' }])
  })

  it('that has no way to tell stops nothing either', async () => {
    const { run } = await signIn({ preflight: 'ask' })
    expect(run.outcome).toBe('succeeded')
    expect(run.known).toEqual([])
    expect(decisionsOn(run, 'registration').map(({ choice }) => choice)).toEqual(['not read'])
    expect(stepsOf(run)).toContain('preflight succeeded')
  })

  it('is left with the run when that is cancelled', async () => {
    const api = await startMetadataServer({ '/v2/oauth_clients/public': () => {} })
    closing.push(api.close)
    const vendor = { vendor: 'telnyx', api_base: `${api.origin}/v2`, api_key: 'KEY-0123456789abc' }
    const { run } = await test.run(
      { operation: 'authorization-code', parameters: playground.signIn({ preflight: 'ask', ...vendor }) },
      (event, runId) => {
        if (event.type === 'exchange.started' && event.request.url.startsWith(api.origin)) {
          void test.engine.cancelRun({ runId })
        }
      },
    )
    expect(run.outcome).toBe('cancelled')
  })
})
