import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExchangeObserver, HttpTransport } from '../../src/core/http/exchange.ts'
import { createHttpTransport } from '../../src/core/http/transport.ts'
import { form } from '../../src/core/user-agents/form.ts'
import type { UserAgentTask } from '../../src/core/user-agents/user-agent.ts'
import { startPlayground, type Playground } from '../../src/playground/index.ts'

// The form agent over the real transport against the real pages of the playground.

const redirectUri = 'http://127.0.0.1:49153/any/path?kept=yes'
let folder: string
let playground: Playground
let transport: HttpTransport
let endpoint: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-form-agent-'))
  playground = await startPlayground({ dataFolder: folder, port: 0, inWorker: false })
  const metadata = await fetch(`${playground.info.issuer}/.well-known/openid-configuration`)
  endpoint = ((await metadata.json()) as { authorization_endpoint: string }).authorization_endpoint
  const clock = { now: () => Date.now(), monotonic: () => performance.now() }
  transport = createHttpTransport({ environment: {}, clock })
})
afterAll(async () => {
  transport.close()
  await playground.stop()
  await rm(folder, { recursive: true })
})

function addressWith(parameters: Record<string, string>): string {
  const url = new URL(endpoint)
  const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url')
  const usual = {
    client_id: 'public',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }
  url.search = new URLSearchParams({ ...usual, ...parameters }).toString()
  return url.href
}

async function signIn(parameters: Record<string, string> = {}, parts: Partial<UserAgentTask> = {}) {
  const seen: { purpose: string; method: string; path: string; body: string }[] = []
  const alice = playground.info.users.find(({ username }) => username === 'alice')
  const task: UserAgentTask = {
    address: addressWith(parameters),
    redirectUri,
    user: { username: 'alice', password: alice?.password ?? '' },
    signal: new AbortController().signal,
    note: () => undefined,
    fetch: (url, { purpose, ...init }) => {
      const observer: ExchangeObserver = {
        async begin(request) {
          const body = Buffer.from(request.body ?? []).toString()
          seen.push({ purpose, method: request.method, path: new URL(request.url).pathname, body })
          return { answered: () => undefined, failed: () => undefined }
        },
      }
      return transport.fetch(url, { ...init, observer })
    },
    ...parts,
  }
  const redirect = await form.authorize(task)
  return { redirect, seen, parameters: Object.fromEntries(redirect?.parameters ?? []) }
}

describe('the form agent at the playground', () => {
  it('signs in, allows, and stops at the redirect URI', async () => {
    const { redirect, seen, parameters } = await signIn()
    expect(redirect).toMatchObject({ method: 'GET', via: 'form' })
    expect(redirect?.url.startsWith(`${redirectUri}&`)).toBe(true)
    expect(parameters).toMatchObject({ kept: 'yes', state: 'the-state', iss: playground.info.issuer })
    expect(parameters.code).toBeTruthy()
    expect(seen[0]?.purpose).toBe('authorization')
    expect(seen.filter(({ method }) => method === 'POST').map(({ purpose }) => purpose)).toEqual(['sign-in', 'consent'])
    expect(
      seen
        .filter(({ method }) => method === 'GET')
        .slice(1)
        .every(({ purpose }) => purpose === 'redirect'),
    ).toBe(true)
  })

  it('signs in whom it is told to', async () => {
    const bob = playground.info.users.find(({ username }) => username === 'bob')
    const { seen } = await signIn({}, { user: { username: 'bob', password: bob?.password ?? '' } })
    expect(seen.find(({ purpose }) => purpose === 'sign-in')?.body).toContain('username=bob')
  })

  it('refuses consent', async () => {
    const { parameters } = await signIn({}, { consent: 'deny' })
    expect(parameters).toMatchObject({ error: 'access_denied', state: 'the-state' })
  })

  it('reads a form_post answer', async () => {
    const { redirect, parameters } = await signIn({ response_mode: 'form_post' })
    expect(redirect).toMatchObject({ method: 'POST', url: redirectUri })
    expect(parameters).toMatchObject({ state: 'the-state' })
    expect(parameters.code).toBeTruthy()
  })

  it('reads an error in a form_post answer', async () => {
    const { redirect, parameters } = await signIn({ response_mode: 'form_post', prompt: 'none' })
    expect(redirect?.method).toBe('POST')
    expect(parameters).toMatchObject({ error: 'login_required', state: 'the-state' })
  })

  it('reads an answer in the fragment', async () => {
    const { redirect, parameters } = await signIn({ response_mode: 'fragment' })
    expect(redirect?.url).toContain('#')
    expect(parameters).toMatchObject({ state: 'the-state' })
    expect(parameters.code).toBeTruthy()
  })

  it('says what the page says of a wrong password', async () => {
    await expect(signIn({}, { user: { username: 'alice', password: 'wrong' } })).rejects.toMatchObject({
      problem: { code: 'sign-in-failed', detail: expect.stringContaining('Wrong user name or password.') },
    })
  })

  it('says what the error page says of an unknown client and of an unregistered redirect URI', async () => {
    await expect(signIn({ client_id: 'nobody' })).rejects.toMatchObject({
      problem: { code: 'browser-error', status: 400, oauth: { error: 'invalid_client' } },
    })
    await expect(signIn({ redirect_uri: 'https://elsewhere.example/' })).rejects.toMatchObject({
      problem: { code: 'browser-error', status: 400, oauth: { error: expect.stringContaining('redirect_uri') } },
    })
  })

  it('ends when cancelled', async () => {
    const controller = new AbortController()
    const cancelling = signIn(
      {},
      {
        signal: controller.signal,
        fetch: async (url, { purpose: _purpose, ...init }) => {
          controller.abort()
          const observer = { begin: async () => ({ answered: () => undefined, failed: () => undefined }) }
          return transport.fetch(url, { ...init, observer })
        },
      },
    )
    await expect(cancelling).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  })
})
