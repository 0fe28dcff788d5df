import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import type { StartRun } from '../../src/contract/engine.ts'
import { rowsOf } from '../../src/contract/run.ts'
import { startHttpServer } from '../support/http-server.ts'
import { jsonAnswer, startScriptedServer } from '../support/scripted-server.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let test: TestEngine
let playground: TestPlayground
beforeAll(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ playground: playground.port })
})
afterAll(async () => {
  await test.close()
  await playground.close()
})

const profile = 'telnyx-emulator'
const start = (operation: string, parameters: ParameterValues = {}, more: Partial<StartRun> = {}) =>
  test.run({ operation, profile, parameters, ...more })
const run = async (operation: string, parameters: ParameterValues = {}) => (await start(operation, parameters)).run

/** Sends a browser to sign in; answers the address of the consent page. */
async function consentPage(redirectUri = 'http://127.0.0.1/callback'): Promise<string> {
  const { issuer, client_id } = playground.playground.info.telnyx
  const query = new URLSearchParams({
    response_type: 'code',
    client_id,
    redirect_uri: redirectUri,
    scope: 'messaging.read',
    state: 'a-state',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  const response = await fetch(`${issuer}/v2/oauth/authorize?${query}`, { redirect: 'manual' })
  return new URL(response.headers.get('location')!, issuer).href
}

describe('the profile of the emulator', () => {
  it('is listed after the playground', async () => {
    const listed = await test.engine.runCommand('profiles list', {})
    expect(listed.filter(({ builtIn }) => builtIn).map(({ name }) => name)).toEqual(['playground', profile])
  })

  it('lists clients with its key', async () => {
    const listed = await run('clients list')
    expect(listed.outcome).toBe('succeeded')
    expect(rowsOf(listed).length).toBeGreaterThanOrEqual(2)
    const { api_key } = playground.playground.info.telnyx
    expect(JSON.stringify(listed)).not.toContain(api_key)
  })

  it('cannot be written over, and gives a copy', async () => {
    await expect(test.engine.runCommand('profiles delete', { name: profile })).rejects.toMatchObject({
      problem: { code: 'parameter-invalid' },
    })
    const copy = await test.engine.runCommand('profiles duplicate', { name: profile, to: 'my-telnyx' })
    expect(copy.values).toMatchObject({ vendor: 'telnyx', api_key: { secret: 'playground_telnyx_api_key' } })
  })

  it('signs in with the confidential client when that one is named', async () => {
    const { machine_client_id: client_id } = playground.playground.info.telnyx
    const { problem, tokens } = await run('client-credentials', { client_id, scope: 'messaging.read' })
    expect(problem).toBeUndefined()
    expect(tokens.map(({ kind }) => kind)).toContain('access_token')
  })
})

describe('signing in', () => {
  it('goes through the management API, without a browser or a password', async () => {
    const { run: signedIn, events } = await start('authorization-code', { agent: 'consent', scope: 'messaging.read' })
    expect(signedIn.problem).toBeUndefined()
    expect(signedIn.tokens.map(({ kind }) => kind)).toEqual(['access_token', 'refresh_token'])
    const lanes = signedIn.exchanges.map(({ purpose, actor }) => `${purpose} ${actor}`)
    const after = lanes.filter((lane) => lane !== 'metadata grantlab')
    expect(after).toEqual(['authorization browser', 'consent-decision grantlab', 'token grantlab'])
    expect(JSON.stringify(events)).not.toMatch(/consent_token=[\w-]{20}/)
  })

  it('can be refused through the management API', async () => {
    const { problem } = await run('authorization-code', { agent: 'consent', consent: 'deny' })
    expect(problem).toMatchObject({ code: 'authorization-refused', oauth: { error: 'access_denied' } })
  })

  it('goes through the portal as a test user', async () => {
    const { problem, tokens } = await run('authorization-code', { agent: 'form' })
    expect(problem).toBeUndefined()
    expect(tokens.length).toBeGreaterThan(0)
  })

  it('is not offered by a vendor that decides no consent', async () => {
    const { problem } = await run('authorization-code', { agent: 'consent', vendor: 'rfc7592' })
    expect(problem).toMatchObject({ code: 'not-offered' })
  })

  it('works with a client that was made here, until it is deleted', async () => {
    const made = await run('clients create', {
      client_name: 'Signs in',
      preset: 'public-native',
      scope: 'messaging.read',
    })
    expect(made.problem).toBeUndefined()
    const { client_id } = made.registered[0]!.client
    const signIn = () => run('authorization-code', { agent: 'consent', client_id, scope: 'messaging.read' })
    expect((await signIn()).problem).toBeUndefined()
    const grants = rowsOf(await run('grants list')).flatMap((row) => (row.kind === 'grant' ? row.grant : []))
    const own = grants.find((grant) => grant.client_id === client_id)
    expect(own).toMatchObject({ client_name: 'Signs in', scopes: ['messaging.read'] })

    expect((await run('grants get', { grant_id: own!.id })).result).toMatchObject({ id: own!.id, client_id })
    const revoked = await run('grants revoke', { grant_ids: [own!.id, own!.id, 'never-was'] })
    expect(revoked.targets.map(({ target, outcome }) => [target, outcome])).toEqual([
      [own!.id, 'done'],
      ['never-was', 'absent'],
    ])
    await run('clients delete', { client_ids: [client_id] })
    expect((await signIn()).problem).toMatchObject({ code: 'response-unexpected', status: 404 })
  })
})

describe('grants', () => {
  it('are listed without names when they are not asked for', async () => {
    await run('authorization-code', { agent: 'consent' })
    const listed = await run('grants list', { names: false })
    expect(listed.exchanges.every(({ purpose }) => purpose === 'grants-list')).toBe(true)
    expect(rowsOf(listed).length).toBeGreaterThan(0)
  })
})

describe('a consent that waits', () => {
  it('tells who asks for what', async () => {
    const { run: read, events } = await start('consent get', { consent_token: await consentPage() })
    expect(read.result).toMatchObject({
      client_id: playground.playground.info.telnyx.client_id,
      redirect_uri: 'http://127.0.0.1/callback',
      scopes: [{ id: 'messaging.read' }],
    })
    expect(JSON.stringify(events)).not.toMatch(/consent_token=[\w-]{20}/)
  })

  it('is approved, and the answer goes to who waits on this machine', async () => {
    const seen: string[] = []
    const listener = await startHttpServer((request, response) => {
      seen.push(request.url ?? '')
      response.end('thank you')
    })
    const page = await consentPage(`${listener.origin}/callback`)
    const { run: approved, events } = await start('consent approve', { consent_token: page })
    expect(approved.result).toMatchObject({ allowed: true, followed: true })
    expect(seen).toHaveLength(1)
    const code = new URL(seen[0]!, listener.origin).searchParams.get('code')!
    expect(code.length).toBeGreaterThan(10)
    // SECURITY: the code is nobody else's.
    expect(JSON.stringify(events)).not.toContain(code)
    const { problem } = await run('consent approve', { consent_token: page })
    expect(problem).toMatchObject({ code: 'management-refused', status: 422 })
    await listener.close()
  })

  it('is refused', async () => {
    const page = await consentPage()
    const { problem, result } = await run('consent deny', { consent_token: page, follow: false })
    expect(problem).toBeUndefined()
    expect(result).toMatchObject({ allowed: false, followed: false })
    expect((result as { redirect_uri: string }).redirect_uri).toContain('error=access_denied')
  })

  it('does not send a code to another machine', async () => {
    const token = 'a-consent-token-0123456789'
    const server = await startScriptedServer(() =>
      jsonAnswer(200, { redirect_uri: 'http://app.example.test/callback?code=MARKED-code-0123456789' }),
    )
    const parameters = { issuer: server.issuer, vendor: 'telnyx', api_key: 'KEY-0123456789', consent_token: token }
    const { run: decided, events } = await test.run({ operation: 'consent approve', parameters })
    expect(decided.result).toMatchObject({ followed: false })
    expect(decided.exchanges).toHaveLength(1)
    for (const secret of ['MARKED-code-0123456789', token]) expect(JSON.stringify(events)).not.toContain(secret)
    await server.close()
  })
})

describe('the API key', () => {
  it('is looked up for a sign-in only when the management API takes part in it', async () => {
    const api_key = { secret: 'kept_nowhere' }
    expect((await run('authorization-code', { agent: 'form', api_key })).problem).toBeUndefined()
    for (const needs of [{ agent: 'consent' }, { agent: 'form', preflight: 'ask' }]) {
      await expect(run('authorization-code', { ...needs, api_key })).rejects.toMatchObject({
        problem: { code: 'secret-missing' },
      })
    }
  })

  it('is bound to its API, and follows no profile that names another', async () => {
    const [own, other] = [
      await startScriptedServer(() => jsonAnswer(200, { data: [], meta: { page_number: 1, total_pages: 1 } })),
      await startScriptedServer(() => jsonAnswer(200, { data: [] })),
    ]
    await test.engine.runCommand('secret set', { name: 'my_api_key', value: 'MARKED-key-0123456789' })
    const save = (api_base: string, replace: boolean) =>
      test.engine.runCommand('profiles save', {
        name: 'bound',
        replace,
        values: { issuer: own.issuer, vendor: 'telnyx', api_base, api_key: { secret: 'my_api_key' } },
      })
    await save(`${own.issuer}/v2`, false)
    const listing = () => test.run({ operation: 'clients list', profile: 'bound', parameters: {} })
    expect((await listing()).run.problem).toBeUndefined()
    expect(own.seen).toMatchObject([{ authorization: 'Bearer MARKED-key-0123456789' }])
    await save(`${other.issuer}/v2`, true)
    await expect(listing()).rejects.toMatchObject({ problem: { code: 'secret-not-bound' } })
    expect(other.seen).toEqual([])
    await own.close()
    await other.close()
  })
})
