import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTHeaderParameters, type JWTPayload } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../src/contract/run.ts'
import { exitCodeOf } from '../../src/contract/problem.ts'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

type Key = Awaited<ReturnType<typeof generateKeyPair>>

/** What a server does differently from a right one. */
interface Wrong {
  claims?: JWTPayload | ((origin: string) => JWTPayload)
  header?: Partial<JWTHeaderParameters>
  signWith?: Key
  keys?: object[]
  /** the whole token, whatever it is made of */
  idToken?: (claims: JWTPayload) => string
  metadata?: object | ((origin: string) => object)
  /** below the origin, in the addresses of issuer and metadata */
  path?: string
}

let test: TestEngine
let key: Key
let other: Key
let server: TestServer | undefined

beforeAll(async () => {
  test = await createTestEngine()
  key = await generateKeyPair('RS256', { extractable: true })
  other = await generateKeyPair('RS256', { extractable: true })
})
afterEach(() => server?.close())
afterAll(() => test.close())

const publicKey = async ({ publicKey: made }: Key, kid: string) => ({ ...(await exportJWK(made)), kid, alg: 'RS256' })

/** What a test says once the server has its address. */
function of<T>(told: T | ((origin: string) => T) | undefined, origin: string): T | undefined {
  return typeof told === 'function' ? (told as (origin: string) => T)(origin) : told
}

/** A server that signs in whoever comes and answers an ID token as told. */
async function serve(wrong: Wrong): Promise<string> {
  const keys = wrong.keys ?? [await publicKey(key, 'one')]
  const { path = '' } = wrong
  let nonce = ''
  const tokenAnswer = async (issuer: string) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: issuer,
      sub: 'alice',
      aud: 'client',
      iat: now,
      exp: now + 600,
      nonce,
      ...of(wrong.claims, issuer),
    }
    const signed = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one', ...wrong.header })
    const id_token = wrong.idToken?.(claims) ?? (await signed.sign((wrong.signWith ?? key).privateKey))
    return { access_token: 'access-token-0123456789', token_type: 'Bearer', expires_in: 600, id_token }
  }
  const started = await startHttpServer(async (request, response) => {
    const issuer = started.origin
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    if (pathname === '/authorize') {
      nonce = searchParams.get('nonce') ?? ''
      const back = new URL(searchParams.get('redirect_uri')!)
      back.search = new URLSearchParams({ code: 'code-0123456789', state: searchParams.get('state')! }).toString()
      response.writeHead(303, { location: back.href }).end()
      return
    }
    const endpoints = { authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` }
    const answers: Record<string, () => unknown> = {
      [`${path}/.well-known/openid-configuration`]: () => ({
        issuer: issuer + path,
        ...endpoints,
        jwks_uri: `${issuer}/jwks`,
        ...of(wrong.metadata, issuer),
      }),
      '/token': () => tokenAnswer(issuer),
      '/jwks': () => ({ keys }),
    }
    const answer = answers[pathname]
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(JSON.stringify((await answer?.()) ?? {}))
  })
  server = started
  return started.origin + path
}

async function signIn(wrong: Wrong): Promise<Run> {
  const issuer = await serve(wrong)
  const parameters = { issuer, client_id: 'client', scope: 'openid', agent: 'form' }
  return (await test.run({ operation: 'authorization-code', parameters })).run
}

function expectRefusedAtValidate(run: Run): void {
  expect(run.problem?.code).toBe('id-token-invalid')
  expect(run.steps.at(-1)).toMatchObject({ name: 'validate', outcome: 'failed' })
  expect(run.tokens.map(({ kind }) => kind)).toEqual(['access_token', 'id_token'])
  expect(run.exchanges.find(({ id }) => id === run.problem?.exchange)?.purpose).toBe('token')
  expect(exitCodeOf(run.problem)).toBe(1)
}

describe('an ID token', () => {
  it('that is right passes, its signature verified', async () => {
    const run = await signIn({})
    expect(run.problem).toBeUndefined()
    expect(run.proofs.find(({ name }) => name === 'signature.verified')?.holds).toBe(true)
  })

  it.each<[string, Wrong]>([
    ['nonce', { claims: { nonce: 'another' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['audience', { claims: { aud: 'another-client' } }],
    ['issuer', { claims: { iss: 'https://another.test' } }],
    ['expired', { claims: { exp: 1_000_000_000 } }],
    ['no subject', { claims: { sub: undefined } }],
    ['no expiry', { claims: { exp: undefined } }],
    ['authorized party', { claims: { aud: ['client', 'another'], azp: 'another' } }],
    ['alg none', { idToken: (claims) => new UnsecuredJWT(claims).encode() }],
    ['unknown key id', { header: { kid: 'nobody' } }],
    ['no key at all', { keys: [] }],
    ['not a token', { idToken: () => 'this-is-not-a-token' }],
    ['broken parts', { idToken: () => 'eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.c2lnbmF0dXJl' }],
  ])('is refused where it is validated, tokens still shown: %s', async (_name, wrong) => {
    expectRefusedAtValidate(await signIn(wrong))
  })

  it('with a signature of another key is refused, and the proof says so', async () => {
    const run = await signIn({ signWith: other })
    expectRefusedAtValidate(run)
    expect(run.proofs.find(({ name }) => name === 'signature.verified')?.holds).toBe(false)
  })

  it('without a key id passes with one key and is refused with two', async () => {
    expect((await signIn({ header: { kid: undefined } })).problem).toBeUndefined()
    await server?.close()
    const keys = [await publicKey(key, 'one'), await publicKey(other, 'two')]
    expectRefusedAtValidate(await signIn({ header: { kid: undefined }, keys }))
  })

  it('without jwks_uri in the metadata is refused where it is validated', async () => {
    const run = await signIn({ metadata: { jwks_uri: undefined } })
    expect(run.problem?.code).toBe('endpoint-missing')
    expect(run.steps.at(-1)).toMatchObject({ name: 'validate', outcome: 'failed' })
  })
})

describe('an issuer for many tenants', () => {
  const tenants = (iss: string, tid: string): Wrong => ({
    path: '/common/v2.0',
    metadata: (origin) => ({ issuer: `${origin}/{tenantid}/v2.0` }),
    claims: (origin) => ({ iss: iss.replace('ORIGIN', origin), tid }),
  })

  it('lets a whole sign-in pass, and says so', async () => {
    const run = await signIn(tenants('ORIGIN/t1/v2.0', 't1'))
    expect(run.problem).toBeUndefined()
    expect(run.proofs.find(({ name }) => name === 'signature.verified')?.holds).toBe(true)
    expect(findingsOf(run).map(({ rule }) => rule)).toContain('metadata.issuer-template')
  })

  it.each([
    ['another tenant than its own', 'ORIGIN/t2/v2.0', 't1'],
    ['another server', 'https://evil.test/t1/v2.0', 't1'],
    ['the template itself', 'ORIGIN/{tenantid}/v2.0', 't1'],
  ])('refuses an ID token of %s', async (_what, iss, tid) => {
    expectRefusedAtValidate(await signIn(tenants(iss, tid)))
  })
})
