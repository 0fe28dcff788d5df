import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { newPkce, signIn } from '../../src/playground/testing/flows.ts'
import { asPage, asRedirect } from '../../src/playground/testing/person.ts'
import { createEmulatorApp, redirectUri, type EmulatorApp } from '../support/telnyx-app.ts'
import { startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'

// What the authorization endpoint of the emulator takes, and where it sends what it does not.

let bench: EmulatorBench
let app: EmulatorApp
beforeAll(async () => {
  bench = await startEmulatorBench()
  app = createEmulatorApp(bench)
})
afterEach(() => bench.forget())
afterAll(() => bench.close())

it.each([
  [{ response_type: undefined }, 'invalid_request'],
  [{ response_type: 'token' }, 'unsupported_response_type'],
  [{ scope: 'messaging.read voice.read' }, 'invalid_scope'],
  [{ code_challenge: 'abc' }, 'invalid_request'],
  [{ code_challenge_method: 'plain' }, 'invalid_request'],
  [{ code_challenge_method: undefined }, 'invalid_request'],
  [{ code_challenge: undefined }, 'invalid_request'],
  [{ code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
])('with %j goes back with %s', async (changes, error) => {
  const { client_id } = await app.create({ require_pkce: true })
  const { searchParams } = asRedirect(await app.person().open(app.request(client_id, changes).url))
  expect(Object.fromEntries(searchParams)).toMatchObject({ error, state: 'the-state', kept: 'yes' })
})

it('of a client that may not sign in goes back with unauthorized_client', async () => {
  const { client_id } = await app.create({ allowed_grant_types: ['refresh_token'] })
  const { searchParams } = asRedirect(await app.person().open(app.request(client_id).url))
  expect(searchParams.get('error')).toBe('unauthorized_client')
})

it.each([
  'http://127.0.0.1:49152/cb',
  'http://127.0.0.1:49152/CB?kept=yes',
  'http://localhost:49152/cb?kept=yes',
  'https://127.0.0.1:49152/cb?kept=yes',
  'http://127.0.0.1.example:49152/cb?kept=yes',
  'http://x@127.0.0.1:49152/cb?kept=yes',
  'https://app.example:8443/cb',
  'https://app.example/cb/',
])('to %s goes nowhere', async (redirect_uri) => {
  const { client_id } = await app.create({
    redirect_uris: ['http://127.0.0.1/cb?kept=yes', 'https://app.example/cb'],
  })
  const page = asPage(await app.person().open(app.request(client_id, { redirect_uri }).url))
  expect(page.status).toBe(422)
  expect(page.headers.get('content-type')).toContain('text/html')
})

it('is held to its verifier and its redirect URI', async () => {
  const { client_id } = await app.create()
  for (const changes of [{ code_verifier: newPkce().verifier }, { redirect_uri: 'http://127.0.0.1:1/cb?kept=yes' }]) {
    const { url, verifier } = app.request(client_id)
    const code = (await signIn(app.person(), url)).searchParams.get('code')!
    const body = { client_id, code, code_verifier: verifier, redirect_uri: redirectUri, ...changes }
    await expect(bench.sdk().oauth.token({ grant_type: 'authorization_code', ...body })).rejects.toMatchObject({
      error: { error: 'invalid_grant' },
    })
  }
})
