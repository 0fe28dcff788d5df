import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { base64url, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import { exitCodeOf } from '../../src/contract/problem.ts'
import { reportOf } from '../../src/contract/report.ts'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { createTestCa, type TestCertificate } from '../support/test-ca.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'

type Pair = Awaited<ReturnType<typeof generateKeyPair>>

let test: TestEngine
let pair: Pair
const servers: TestServer[] = []

beforeAll(async () => {
  test = await createTestEngine()
  pair = await generateKeyPair('RS256', { extractable: true })
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})
afterAll(() => test.close())

const jwkOf = async ({ publicKey }: Pair, kid = 'one') => ({ ...(await exportJWK(publicKey)), kid })

/** An issuer whose key set is what `keys` answers at each request. */
async function issue(
  keys: () => object | Promise<object>,
  { tls, date }: { tls?: TestCertificate; date?: string } = {},
) {
  const server = await startHttpServer(async (request, response) => {
    const metadata = { issuer: server.origin, jwks_uri: `${server.origin}/jwks` }
    const known: Record<string, () => object | Promise<object>> = {
      '/.well-known/openid-configuration': () => metadata,
      '/jwks': keys,
    }
    const answer = known[request.url ?? '']
    response.writeHead(answer ? 200 : 404, {
      'content-type': 'application/json',
      'cache-control': 'max-age=60',
      ...(date ? { date } : {}),
    })
    response.end(JSON.stringify((await answer?.()) ?? {}))
  }, tls)
  servers.push(server)
  return server
}

const soundIssuer = async (more = {}) => {
  const keys = [await jwkOf(pair)]
  return issue(() => ({ keys }), more)
}

async function sign(iss: string, claims: JWTPayload = {}, { key = pair, header = {} } = {}) {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ iss, sub: 'alice', aud: 'client', iat: now, exp: now + 600, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
    .sign(key.privateKey)
}

async function verify(parameters: ParameterValues) {
  const { run, events } = await test.run({ operation: 'token verify', parameters })
  return { run, events, verdict: run.verdicts[0]?.verdict, exit: exitCodeOf(run.problem) }
}

describe('a token verified by its issuer', () => {
  it('is valid, over HTTP', async () => {
    const { origin } = await soundIssuer()
    const { run, verdict, exit } = await verify({ token: await sign(origin), issuer: origin, audience: 'client' })
    expect(run.problem).toBeUndefined()
    expect(exit).toBe(0)
    expect(verdict).toMatchObject({
      verdict: 'valid',
      headline: 'Genuine and current',
      kid: 'one',
      keysFrom: `${origin}/jwks`,
    })
    expect(run.result).toMatchObject({ verdict: 'valid', signature: 'genuine', time: 'current', claims: 'fit' })
    expect(findingsOf(run).filter(({ rule }) => /^(?:jwt|at|idtoken)\./.test(rule))).toEqual([])
  })

  it('is valid, over TLS with a private authority', async () => {
    const ca = createTestCa()
    const { origin } = await soundIssuer({ tls: ca.issue() })
    const file = join(test.folder, 'ca.pem')
    await writeFile(file, ca.certificate)
    const token = await sign(origin)
    expect((await verify({ token, issuer: origin, ca_file: file })).verdict?.verdict).toBe('valid')
    const distrusted = await verify({ token, issuer: origin })
    expect(distrusted).toMatchObject({ exit: 4, verdict: { verdict: 'not-verified' } })
    expect(distrusted.run.problem?.code).toBe('tls-untrusted')
  })

  it('by an address of keys alone asks nothing else', async () => {
    const { origin, requests } = await soundIssuer()
    const token = await sign(origin)
    expect((await verify({ token, jwks_uri: `${origin}/jwks` })).verdict?.verdict).toBe('valid')
    expect((await verify({ token, jwks: `${origin}/jwks` })).verdict?.verdict).toBe('valid')
    expect(requests.map(({ url }) => url)).toEqual(['/jwks', '/jwks'])
  })

  it('is found after the keys were rotated, by asking once more', async () => {
    const next = await generateKeyPair('RS256', { extractable: true })
    const answers = [[await jwkOf(pair, 'old')], [await jwkOf(pair, 'old'), await jwkOf(next, 'new')]]
    const { origin, requests } = await issue(() => ({ keys: answers.shift() ?? [] }))
    const token = await sign(origin, {}, { key: next, header: { kid: 'new' } })
    expect((await verify({ token, issuer: origin })).verdict).toMatchObject({ verdict: 'valid', kid: 'new' })
    expect(requests.filter(({ url }) => url === '/jwks')).toHaveLength(2)
  })

  it('of an unknown kid is not verified, after one more look', async () => {
    const { origin, requests } = await soundIssuer()
    const { verdict, exit, run } = await verify({
      token: await sign(origin, {}, { header: { kid: 'abc' } }),
      issuer: origin,
    })
    expect(verdict).toMatchObject({ verdict: 'not-verified', headline: 'Not verified: no key had the kid abc' })
    expect([exit, run.problem?.code]).toEqual([4, 'token-not-verified'])
    expect(requests.filter(({ url }) => url === '/jwks')).toHaveLength(2)
  })

  it('tells how far the clocks are apart', async () => {
    const date = new Date(Date.now() + 120_000).toUTCString()
    const { origin } = await soundIssuer({ date })
    const { verdict, run } = await verify({ token: await sign(origin), issuer: origin })
    expect(verdict?.checks.find(({ id }) => id === 'jwt.clock-skew')).toMatchObject({ holds: false, isAdvice: true })
    expect(verdict?.verdict).toBe('valid')
    expect(findingsOf(run).map(({ rule }) => rule)).toContain('jwt.clock-skew')
  })
})

describe('a token that does not hold', () => {
  it('was signed by another', async () => {
    const { origin } = await soundIssuer()
    const other = await generateKeyPair('RS256')
    const { verdict, exit, run } = await verify({ token: await sign(origin, {}, { key: other }), issuer: origin })
    expect(verdict).toMatchObject({ verdict: 'invalid', signature: { state: 'forged' } })
    expect([exit, run.problem?.code]).toEqual([1, 'token-invalid'])
  })

  it('keeps signature, time and audience apart, as of any time', async () => {
    const { origin } = await soundIssuer()
    const [iat, exp] = [Date.UTC(2026, 0, 1, 12) / 1000, Date.UTC(2026, 0, 1, 13) / 1000]
    const parameters = { token: await sign(origin, { iat, exp }), issuer: origin, audience: 'client' }
    const headline = async (more: ParameterValues) => (await verify({ ...parameters, ...more })).verdict?.headline
    expect(await headline({ at: '2026-01-01T12:30:00Z' })).toBe('Genuine and current')
    expect(await headline({ at: '2026-01-01T16:12:00Z' })).toBe('Genuine, expired 3 h 12 m ago')
    expect(await headline({ at: String(exp - 1), audience: 'other' })).toBe(
      'Genuine and current, but for another audience',
    )
    expect((await verify({ ...parameters, at: 'yesterday' })).run.problem?.code).toBe('parameter-invalid')
  })

  it('came along with another access token or code', async () => {
    const { origin } = await soundIssuer()
    const hash = (text: string) => createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')
    const token = await sign(origin, { at_hash: hash('the-access-token'), c_hash: hash('the-code'), nonce: 'n' })
    const right = {
      token,
      issuer: origin,
      client_id: 'client',
      access_token: 'the-access-token',
      code: 'the-code',
      nonce: 'n',
    }
    expect((await verify(right)).verdict?.verdict).toBe('valid')
    for (const [more, id] of [
      [{ access_token: 'another' }, 'idtoken.at-hash'],
      [{ code: 'another' }, 'idtoken.c-hash'],
      [{ nonce: 'another' }, 'idtoken.nonce'],
      [{ client_id: 'another' }, 'idtoken.aud'],
    ] as const) {
      const { verdict, exit } = await verify({ ...right, ...more })
      expect(
        verdict?.checks.filter(({ holds, isAdvice }) => holds === false && !isAdvice).map((one) => one.id),
      ).toEqual([id])
      expect(exit).toBe(1)
    }
  })

  it('is judged by its tenant where the issuer is a template', async () => {
    const keys = [await jwkOf(pair)]
    const server = await startHttpServer((request, response) => {
      const isKeys = request.url === '/jwks'
      const metadata = { issuer: `${server.origin}/{tenantid}/v2.0`, jwks_uri: `${server.origin}/jwks` }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(isKeys ? { keys } : metadata))
    })
    servers.push(server)
    const issuer = `${server.origin}/common/v2.0`
    const of = async (tenant: string) => sign(`${server.origin}/${tenant}/v2.0`, { tid: 't1' })
    expect((await verify({ token: await of('t1'), issuer })).verdict?.verdict).toBe('valid')
    expect((await verify({ token: await of('t2'), issuer })).verdict).toMatchObject({
      verdict: 'invalid',
      claims: { state: 'differ' },
    })
  })
})

describe('nothing is asked that nobody named', () => {
  it('without keys it says whom it would ask', async () => {
    const { origin, requests } = await soundIssuer()
    const { verdict, exit, run } = await verify({ token: await sign(origin) })
    expect(verdict).toMatchObject({ verdict: 'not-verified', reason: `No keys were given; ask ${origin} for them?` })
    expect([exit, run.problem?.code]).toEqual([4, 'keys-unavailable'])
    expect(requests).toEqual([])
  })

  it('an address inside of the network is asked for a second time', async () => {
    const { origin, requests } = await soundIssuer()
    const token = await sign(origin)
    const refused = await verify({ token, ask_issuer: true })
    expect(refused).toMatchObject({ exit: 4, verdict: { verdict: 'not-verified' } })
    expect(refused.run.problem?.detail).toContain(origin)
    expect(requests).toEqual([])
    expect((await verify({ token, ask_issuer: true, allow_private: true })).verdict?.verdict).toBe('valid')
  })

  it('the address of keys in metadata is looked at as well', async () => {
    const inside = await soundIssuer()
    const { requirePublic } = await import('../../src/core/protocol/token-signature/issuer-keys.ts')
    await expect(requirePublic(new URL(`${inside.origin}/jwks`))).rejects.toMatchObject({
      problem: { code: 'keys-unavailable' },
    })
    expect(inside.requests).toEqual([])
  })

  it('jku and x5u are never fetched, and keys given by hand need no server', async () => {
    const { origin, requests } = await soundIssuer()
    const header = { jku: `${origin}/jwks`, x5u: `${origin}/x5u` }
    const token = await sign(origin, {}, { header })
    const jwks = JSON.stringify({ keys: [await jwkOf(pair)] })
    const { verdict } = await verify({ token, jwks, issuer: origin })
    expect(verdict?.verdict).toBe('valid')
    expect(verdict?.checks.find(({ id }) => id === 'jwt.foreign-jku')).toMatchObject({ holds: false, isAdvice: true })
    expect(requests).toEqual([])
  })

  it('for a token that no key could verify', async () => {
    const { origin, requests } = await soundIssuer()
    const header = base64url.encode(JSON.stringify({ alg: 'none' }))
    const payload = base64url.encode(JSON.stringify({ iss: origin }))
    for (const [token, verdict, exit] of [
      [`${header}.${payload}.`, 'invalid', 1],
      ['an-opaque-token', 'not-verified', 4],
    ] as const) {
      expect(await verify({ token, issuer: origin })).toMatchObject({ verdict: { verdict }, exit })
    }
    expect(requests).toEqual([])
  })
})

describe('keys that could not be had', () => {
  it.each<[string, (origin: string) => ParameterValues, number]>([
    ['metadata is missing', (origin) => ({ issuer: `${origin}/nowhere` }), 4],
    ['the key set is missing', (origin) => ({ jwks_uri: `${origin}/nowhere` }), 4],
    ['nothing listens', () => ({ jwks_uri: 'http://127.0.0.1:9/' }), 4],
  ])('%s', async (_what, parameters, exit) => {
    const { origin } = await soundIssuer()
    const found = await verify({ token: await sign(origin), ...parameters(origin) })
    expect(found).toMatchObject({ exit, verdict: { verdict: 'not-verified' } })
    expect(found.verdict?.headline).toContain('Not verified: the keys could not be had')
  })
})

it('records no secret: neither the token nor what came along', async () => {
  const secret = 'a shared secret that is long enough for HS256'
  const token = await new SignJWT({ iss: 'https://as.test' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))
  const { events, run, verdict } = await verify({
    token,
    secret,
    access_token: 'the-access-token',
    code: 'the-code-0123',
  })
  const text = JSON.stringify([events, reportOf(run)])
  for (const value of [token, token.split('.')[2], secret, 'the-access-token', 'the-code-0123'])
    expect(text).not.toContain(value)
  expect(verdict?.signature.state).toBe('genuine')
  const { value } = await test.engine.reveal({ fingerprint: run.verdicts[0]!.fingerprint })
  expect(value).toBe(token)
})
