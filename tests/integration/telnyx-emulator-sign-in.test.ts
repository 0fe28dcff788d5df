import type { Telnyx } from 'telnyx'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ExchangeObserver } from '../../src/core/http/exchange.ts'
import { createHttpTransport } from '../../src/core/http/transport.ts'
import { form } from '../../src/core/user-agents/form.ts'
import { formFor, signIn } from '../../src/playground/testing/flows.ts'
import { asPage, asRedirect } from '../../src/playground/testing/person.ts'
import { appScopes, createEmulatorApp, redirectUri, type EmulatorApp } from '../support/telnyx-app.ts'
import { startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'

// From a client that the SDK makes, through the consent page, to tokens that die with their grant or their client.

let bench: EmulatorBench
let sdk: Telnyx
let app: EmulatorApp
beforeAll(async () => {
  bench = await startEmulatorBench()
  sdk = bench.sdk()
  app = createEmulatorApp(bench)
})
afterEach(() => bench.forget())
afterAll(() => bench.close())

const refresh = (client_id: string, refresh_token: string) =>
  sdk.oauth.token({ grant_type: 'refresh_token', client_id, refresh_token })

const invalidGrant = { status: 400, error: { error: 'invalid_grant' } }

describe('the whole way', () => {
  it('a client signs in, its grant is listed and used, and everything dies with the grant', async () => {
    const { client_id } = await app.create()
    const tokens = await app.obtainTokens(client_id)
    const { access_token: access, refresh_token: first } = tokens
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 1800, scope: appScopes.join(' ') })
    const [grant, ...others] = await app.grantsOf(client_id)
    expect(others).toEqual([])
    expect(grant).toMatchObject({ scopes: appScopes, last_used_at: expect.stringMatching(/^\d{4}-.*Z$/) as string })
    expect(await sdk.oauth.introspect({ token: access })).toMatchObject({ active: true, client_id })
    const renewed = await refresh(client_id, first!)
    expect(renewed.refresh_token).not.toBe(first)
    expect((await sdk.oauthGrants.delete(grant!.id)).data).toMatchObject({ id: grant!.id })
    expect(await app.grantsOf(client_id)).toEqual([])
    for (const token of [access, renewed.access_token, renewed.refresh_token!]) {
      expect(await sdk.oauth.introspect({ token })).toEqual({ active: false })
    }
    await expect(refresh(client_id, renewed.refresh_token!)).rejects.toMatchObject(invalidGrant)
  })

  it('a code dies with its grant too', async () => {
    const { client_id } = await app.create()
    const { url, verifier } = app.request(client_id)
    const redirect = await signIn(app.person(), url)
    const [grant] = await app.grantsOf(client_id)
    await sdk.oauthGrants.delete(grant!.id)
    await expect(app.redeem(client_id, { redirect, verifier })).rejects.toMatchObject(invalidGrant)
  })

  it('a code works once; a second use ends its grant, as a used refresh token does', async () => {
    const { client_id } = await app.create()
    const { url, verifier } = app.request(client_id)
    const redirect = await signIn(app.person(), url)
    const { access_token: token } = await app.redeem(client_id, { redirect, verifier })
    await expect(app.redeem(client_id, { redirect, verifier })).rejects.toMatchObject(invalidGrant)
    expect(await sdk.oauth.introspect({ token })).toEqual({ active: false })
    expect(await app.grantsOf(client_id)).toEqual([])
    const { refresh_token: used } = await app.obtainTokens(client_id)
    await refresh(client_id, used!)
    await expect(refresh(client_id, used!)).rejects.toMatchObject(invalidGrant)
    expect(await app.grantsOf(client_id)).toEqual([])
  })

  it('deleting a client ends its grants and tokens, those of its own too', async () => {
    const grants = ['authorization_code', 'refresh_token', 'client_credentials']
    const client = await app.create({ client_type: 'confidential', allowed_grant_types: grants })
    const { client_id } = client
    const ask = { grant_type: 'client_credentials', client_id, client_secret: client.client_secret! } as const
    const own = await sdk.oauth.token(ask)
    const { url, verifier } = app.request(client_id)
    const code = (await signIn(app.person(), url)).searchParams.get('code')!
    const users = await sdk.oauth.token({
      ...ask,
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    })
    const tokens = [own.access_token, users.access_token, users.refresh_token!]
    for (const token of tokens) expect(await sdk.oauth.introspect({ token })).toMatchObject({ active: true })
    await sdk.oauthClients.delete(client_id)
    for (const token of tokens) expect(await sdk.oauth.introspect({ token })).toEqual({ active: false })
    expect(await app.grantsOf(client_id)).toEqual([])
    await expect(sdk.oauth.token(ask)).rejects.toMatchObject({ status: 401, error: { error: 'invalid_client' } })
  })

  it('whoever has the key decides in the place of the page', async () => {
    const { client_id } = await app.create()
    const { url, verifier } = app.request(client_id)
    const page = asPage(await app.person().open(url))
    const consent_token = new URL(page.url).searchParams.get('consent_token')!
    const { redirect_uri } = await sdk.oauth.grants({ allowed: true, consent_token })
    expect(redirect_uri.startsWith(`${redirectUri}&code=`)).toBe(true)
    const tokens = await app.redeem(client_id, { redirect: new URL(redirect_uri), verifier })
    expect(await sdk.oauth.introspect({ token: tokens.access_token })).toMatchObject({ active: true })
    expect(asPage(await app.person().open(page.url)).status).toBe(422)
  })

  it("Grantlab's form agent goes through it", async () => {
    const { url } = app.request(bench.info.client_id, { redirect_uri: 'http://127.0.0.1:49153/callback' })
    const clock = { now: () => Date.now(), monotonic: () => performance.now() }
    const transport = createHttpTransport({ environment: {}, clock })
    const redirect = await form.authorize({
      address: url,
      redirectUri: 'http://127.0.0.1:49153/callback',
      user: { username: 'bob', password: 'bob-password' },
      signal: new AbortController().signal,
      note: () => undefined,
      fetch: (address, { purpose: _purpose, ...init }) => transport.fetch(address, { ...init, observer: unobserved }),
    })
    transport.close()
    expect(Object.fromEntries(redirect!.parameters)).toEqual({ code: expect.any(String) as string, state: 'the-state' })
  })
})

const unobserved: ExchangeObserver = { begin: async () => ({ answered: () => undefined, failed: () => undefined }) }

describe('the page', () => {
  it('shows who asks as text, may run nothing, and asks the password once for each browser', async () => {
    const { client_id } = await app.create()
    const alice = app.person()
    const signInPage = asPage(await alice.open(app.request(client_id).url))
    expect(signInPage.html).toContain('An &lt;app&gt;')
    expect(signInPage.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*form-action http:/)
    const fields = { username: 'alice', password: 'alice-password' }
    const consentPage = asPage(await alice.send(formFor(signInPage, 'sign-in'), fields))
    expect(consentPage.html).toContain('Read messaging')
    expect(consentPage.html).toContain('Alice Example')
    expect(formFor(asPage(await alice.open(app.request(client_id).url)), 'allow')).toBeTruthy()
  })

  it('a wrong password is asked again; cancelling and denying go back with access_denied', async () => {
    const { client_id } = await app.create()
    const alice = app.person()
    const signInPage = asPage(await alice.open(app.request(client_id).url))
    const wrong = asPage(await alice.send(formFor(signInPage, 'sign-in'), { username: 'alice', password: 'x' }))
    expect(wrong.status).toBe(400)
    expect(wrong.html).toContain('Wrong user name or password.')
    const cancelled = asRedirect(await alice.send(formFor(wrong, 'cancel')))
    const again = asPage(await alice.open(app.request(client_id).url))
    const fields = { username: 'alice', password: 'alice-password' }
    const denied = asRedirect(
      await alice.send(formFor(asPage(await alice.send(formFor(again, 'sign-in'), fields)), 'deny')),
    )
    for (const { searchParams } of [cancelled, denied]) {
      expect(Object.fromEntries(searchParams)).toMatchObject({
        kept: 'yes',
        error: 'access_denied',
        state: 'the-state',
      })
    }
    expect(await app.grantsOf(client_id)).toEqual([])
  })

  it('takes only Allow for a yes', async () => {
    const { client_id } = await app.create()
    const alice = app.person()
    const signInPage = asPage(await alice.open(app.request(client_id).url))
    const fields = { username: 'alice', password: 'alice-password' }
    const { action } = formFor(asPage(await alice.send(formFor(signInPage, 'sign-in'), fields)), 'allow')
    const { searchParams } = asRedirect(await alice.send({ action, fields: { decision: 'perhaps' } }))
    expect(searchParams.get('error')).toBe('access_denied')
  })

  it('its cookie is for that page alone, and no script reads it', async () => {
    const { client_id } = await app.create()
    const { action } = formFor(asPage(await app.person().open(app.request(client_id).url)), 'sign-in')
    const body = new URLSearchParams({ decision: 'sign-in', username: 'alice', password: 'alice-password' })
    const { headers } = await fetch(action, { method: 'POST', body, redirect: 'manual' })
    expect(headers.get('set-cookie')).toMatch(
      /^telnyx_emulator_\d+=[\w-]{43}; Path=\/portal; HttpOnly; SameSite=Lax; Max-Age=3600$/,
    )
  })

  it('nobody decides without having signed in on that page', async () => {
    const { client_id } = await app.create()
    const stranger = asPage(await app.person().open(app.request(client_id).url))
    const { action } = formFor(stranger, 'sign-in')
    const allow = { action, fields: { decision: 'allow' } }
    expect(asPage(await app.person().send(allow)).html).toContain('<h1>Sign in</h1>')
    const alice = app.person()
    const signInPage = asPage(await alice.open(app.request(client_id).url))
    const fields = { username: 'alice', password: 'alice-password' }
    await alice.send(formFor(signInPage, 'sign-in'), fields)
    // Another page knows the consent token of its own request, but not what alice's page has.
    expect(asPage(await alice.send(allow)).html).toContain('<h1>Allow access?</h1>')
    expect(asPage(await alice.send({ ...allow, action: `${action}&proof=x` })).status).toBe(200)
    expect(await app.grantsOf(client_id)).toEqual([])
  })
})

describe('an access token', () => {
  it('reads clients and grants with account_management.read, and does no more', async () => {
    const { client_id } = await app.create()
    const { access_token: access } = await app.obtainTokens(client_id)
    const own = bench.sdk({ apiKey: access })
    expect((await own.oauthGrants.list()).data.length).toBeGreaterThan(0)
    const refused: (() => Promise<unknown>)[] = [
      async () => own.oauthClients.delete(client_id),
      async () => own.oauth.retrieve('t'),
      async () => own.oauth.grants({ allowed: true, consent_token: 't' }),
    ]
    for (const call of refused) {
      await expect(call()).rejects.toMatchObject({ status: 403, error: { errors: [{ code: '10010' }] } })
    }
    const [grant] = await app.grantsOf(client_id)
    await sdk.oauthGrants.delete(grant!.id)
    await expect(own.oauthGrants.list()).rejects.toMatchObject({ status: 401 })
  })
})
