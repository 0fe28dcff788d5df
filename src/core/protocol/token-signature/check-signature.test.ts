import { generateKeyPairSync } from 'node:crypto'
import { base64url, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTestCa } from '../../../../tests/support/test-ca.ts'
import type { SignatureFacts } from '../../../contract/bench/judged-facts.ts'
import type { Json, JsonObject } from '../../../contract/json.ts'
import { checkSignature } from './check-signature.ts'
import { keysOf } from './candidate-key.ts'
import { readGivenKeys } from './given-keys.ts'
import { readToken } from './read-token.ts'
import type { KeySource } from './signature-task.ts'

type Pair = Awaited<ReturnType<typeof generateKeyPair>>

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const pairs = new Map<string, Pair>()
const claims = { iss: 'https://as.test', sub: 'alice', aud: 'client', exp: 4_000_000_000 }
const secret = 'a shared secret of more than sixty-four letters, as HS512 wants it to be'

beforeAll(async () => {
  for (const alg of algorithms) pairs.set(alg, await generateKeyPair(alg, { extractable: true }))
})

const publicJwk = async (alg: string) => (await exportJWK(pairs.get(alg)!.publicKey)) as JsonObject

const sign = (alg: string, header: JsonObject = {}, key = pairs.get(alg)!.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg, ...header }).sign(key)

const mac = (alg: string, key: string | Uint8Array) =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(typeof key === 'string' ? new TextEncoder().encode(key) : key)

const given = (...keys: Json[]): KeySource => ({ keys: keysOf({ keys }), from: 'given', lines: [] })
const published = (keys: Json[], more: Partial<KeySource> = {}): KeySource => ({
  keys: keysOf({ keys }),
  from: 'https://as.test/jwks',
  lines: [],
  ...more,
})

interface Task {
  source?: KeySource
  secret?: string
}

const check = (token: string, { source, ...rest }: Task): Promise<SignatureFacts> =>
  checkSignature({
    token: readToken(token),
    use: 'id_token',
    source: source ?? { lacking: 'No keys.', words: 'no keys' },
    ...rest,
  })

const lineOf = ({ checks }: SignatureFacts, id: string) => checks.find((one) => one.id === id)

describe('a genuine signature', () => {
  it.each(algorithms)('%s verifies', async (alg) => {
    const facts = await check(await sign(alg, { kid: 'one' }), {
      source: given({ ...(await publicJwk(alg)), kid: 'one' }),
    })
    expect(facts).toMatchObject({ state: 'genuine', kid: 'one' })
    expect(lineOf(facts, 'idtoken.signature')?.holds).toBe(true)
  })

  it.each(['HS256', 'HS384', 'HS512'])('%s verifies with its secret, also in base64, or as a JWK', async (alg) => {
    const token = await mac(alg, secret)
    expect((await check(token, { secret })).state).toBe('genuine')
    const bytes = new TextEncoder().encode(secret)
    expect((await check(token, { secret: Buffer.from(bytes).toString('base64') })).state).toBe('genuine')
    expect((await check(token, { source: given({ kty: 'oct', k: base64url.encode(bytes) }) })).state).toBe('genuine')
    expect((await check(token, { secret: `${secret}.` })).state).toBe('forged')
  })

  it('without a kid is found among all keys that fit', async () => {
    const keys = await Promise.all(['ES256', 'RS256', 'PS256', 'EdDSA'].map(publicJwk))
    const facts = await check(await sign('PS256'), {
      source: published(keys.map((key, index) => ({ ...key, kid: `k${index}` }))),
    })
    expect(facts).toMatchObject({ state: 'genuine', kid: 'k2' })
  })

  it.each(['spki', 'pkcs8', 'pkcs1', 'certificate'] as const)('verifies with PEM: %s', async (form) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const certificate = createTestCa().issue()
    const { createPrivateKey } = await import('node:crypto')
    const pems = {
      spki: publicKey.export({ type: 'spki', format: 'pem' }),
      pkcs1: publicKey.export({ type: 'pkcs1', format: 'pem' }),
      pkcs8: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      certificate: certificate.alone,
    }
    const key = form === 'certificate' ? createPrivateKey(certificate.key) : privateKey
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'any' }).sign(key)
    const read = readGivenKeys(`\n ${String(pems[form])}\n`)
    expect((await check(token, { source: { ...read, from: 'given' } })).state).toBe('genuine')
    expect(read.lines.map(({ rule }) => rule)).toEqual(form === 'pkcs8' ? ['private-key-given'] : [])
  })

  it('verifies with the public part of a private JWK, and warns', async () => {
    const jwk = { ...(await exportJWK(pairs.get('ES256')!.privateKey)), key_ops: ['sign'] }
    const read = readGivenKeys(JSON.stringify(jwk))
    const facts = await check(await sign('ES256'), { source: { ...read, from: 'given' } })
    expect(facts.state).toBe('genuine')
    expect(lineOf(facts, 'jwt.private-key-given')).toMatchObject({ holds: false, isAdvice: true })
    expect(JSON.stringify([read.keys, facts])).not.toContain(jwk.d)
  })

  it('asks once more for a kid that is unknown, and only once', async () => {
    let asked = 0
    const fresh = { ...(await publicJwk('RS256')), kid: 'new' }
    const again = async () => (asked++, keysOf({ keys: [fresh] }))
    const source = published([{ ...(await publicJwk('RS384')), kid: 'old' }], { again })
    expect((await check(await sign('RS256', { kid: 'new' }), { source })).state).toBe('genuine')
    expect(asked).toBe(1)
    const facts = await check(await sign('RS256', { kid: 'abc' }), { source })
    expect(facts).toMatchObject({ state: 'not-verified', words: 'no key had the kid abc' })
    expect(asked).toBe(2)
    expect(lineOf(facts, 'idtoken.kid-unknown')?.holds).toBeNull()
  })
})

describe('a forged token is refused', () => {
  it.each(['none', 'None', 'NONE', 'nOnE'])('alg %s', async (alg) => {
    const [, payload] = new UnsecuredJWT(claims).encode().split('.')
    const header = base64url.encode(JSON.stringify({ alg }))
    for (const signature of ['', 'AAAA']) {
      const facts = await check(`${header}.${payload}.${signature}`, {
        source: given(await publicJwk('RS256')),
        secret,
      })
      expect(facts).toMatchObject({ state: 'forged', isRefused: true, words: 'algorithm none' })
      expect(lineOf(facts, 'idtoken.alg-none')?.holds).toBe(false)
    }
  })

  it('key confusion: an HMAC with the public key as its secret', async () => {
    const jwk = await publicJwk('RS256')
    const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
      type: 'spki',
      format: 'pem',
    }) as string
    for (const key of [pem, JSON.stringify(jwk), String(jwk.n)]) {
      const token = await mac('HS256', key)
      for (const source of [given(jwk), published([jwk]), published([jwk], { algorithms: ['RS256'] })]) {
        const facts = await check(token, { source })
        expect(facts).toMatchObject({ state: 'forged', isRefused: true, words: 'key confusion' })
        expect(lineOf(facts, 'jwt.key-confusion')?.holds).toBe(false)
      }
    }
    expect(await check(await mac('HS256', pem), { secret: pem })).toMatchObject({
      state: 'forged',
      words: 'key confusion',
    })
    const asSecret = JSON.stringify(jwk)
    expect((await check(await mac('HS256', asSecret), { secret: asSecret })).words).toBe('key confusion')
  })

  it('is not taken for one where the server says that it shares a secret', async () => {
    const source = published([await publicJwk('RS256')], { algorithms: ['RS256', 'HS256'] })
    expect(await check(await mac('HS256', secret), { source })).toMatchObject({ state: 'not-verified' })
  })

  it('a published symmetric key verifies nothing', async () => {
    const k = base64url.encode(secret)
    expect((await check(await mac('HS256', secret), { source: published([{ kty: 'oct', k }]) })).state).toBe('forged')
  })

  it('an embedded key and certificate are never used, jku and x5u never asked', async () => {
    const own = await generateKeyPair('RS256', { extractable: true })
    const jwk = (await exportJWK(own.publicKey)) as JsonObject
    const header = { kid: 'one', jwk, x5c: ['MIIB'], jku: 'https://evil.test/jwks', x5u: 'https://evil.test/x5u' }
    const token = await sign('RS256', header, own.privateKey)
    const facts = await check(token, { source: given({ ...(await publicJwk('RS256')), kid: 'one' }) })
    expect(facts.state).toBe('forged')
    for (const id of ['jwt.embedded-jwk', 'jwt.embedded-x5c', 'jwt.foreign-jku', 'jwt.foreign-x5u']) {
      expect(lineOf(facts, id)).toMatchObject({ holds: false })
    }
    expect((await check(token, {})).state).toBe('not-verified')
  })

  it.each([
    ['crit', { crit: ['exp2'], exp2: 1 }, 'jwt.crit'],
    ['crit that is no list', { crit: 'x' }, 'jwt.crit'],
    ['b64', { b64: false, crit: ['b64'] }, 'jwt.b64'],
    ['b64 that is not critical', { b64: false }, 'jwt.b64'],
  ])('%s', async (_what, more, id) => {
    const [, payload, signature] = (await sign('RS256')).split('.')
    const header = base64url.encode(JSON.stringify({ alg: 'RS256', ...more }))
    const facts = await check(`${header}.${payload}.${signature}`, { source: given(await publicJwk('RS256')) })
    expect(facts).toMatchObject({ state: 'forged', isRefused: true })
    expect(lineOf(facts, id)?.holds).toBe(false)
  })

  it.each<[string, string, JsonObject]>([
    ['another algorithm than the key is for', 'PS256', { alg: 'RS256' }],
    ['a key for encryption', 'RS256', { use: 'enc' }],
    ['a key that may only encrypt', 'RS256', { key_ops: ['encrypt'] }],
  ])('%s', async (_what, alg, more) => {
    const facts = await check(await sign(alg, { kid: 'one' }), {
      source: published([{ ...(await publicJwk(alg)), kid: 'one', ...more }]),
    })
    expect(facts).toMatchObject({ state: 'forged', isRefused: true })
    expect(lineOf(facts, 'jwt.key-alg')?.holds).toBe(false)
  })

  it('an ES algorithm with a key on another curve, or of another type', async () => {
    for (const other of ['ES384', 'RS256', 'EdDSA']) {
      const source = published([{ ...(await publicJwk(other)), kid: 'one' }])
      expect(await check(await sign('ES256', { kid: 'one' }), { source })).toMatchObject({
        state: 'forged',
        isRefused: true,
      })
    }
  })

  it('an RSA key of less than 2048 bits is not used, and named', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const { createSign } = await import('node:crypto')
    const input = `${base64url.encode('{"alg":"RS256"}')}.${base64url.encode(JSON.stringify(claims))}`
    const token = `${input}.${createSign('sha256').update(input).sign(privateKey, 'base64url')}`
    const facts = await check(token, { source: given(publicKey.export({ format: 'jwk' }) as JsonObject) })
    expect(facts).toMatchObject({ state: 'not-verified', words: 'its RSA key is too short' })
    expect(lineOf(facts, 'jwt.weak-key')).toMatchObject({ holds: false, actual: '1024 bits' })
  })

  it('a signature in another spelling of the same bytes', async () => {
    const token = await sign('RS256')
    const source = given(await publicJwk('RS256'))
    expect((await check(token, { source })).state).toBe('genuine')
    const last = token.at(-1)!
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const twin = token.slice(0, -1) + alphabet[alphabet.indexOf(last) ^ 1]!
    expect(Buffer.from(twin.split('.')[2]!, 'base64url')).toEqual(Buffer.from(token.split('.')[2]!, 'base64url'))
    for (const other of [twin, `${token}=`, `${token}==`, token.replaceAll('-', '+')]) {
      if (other !== token) expect((await check(other, { source })).state).not.toBe('genuine')
    }
  })
})

describe('what cannot be checked is not-verified, never more', () => {
  it.each([
    ['an opaque token', 'abcdef0123456789', 'it is opaque'],
    ['an encrypted one', `${base64url.encode('{"alg":"dir","enc":"A128GCM"}')}..a.b.c`, 'it is encrypted'],
    ['a broken one', 'eyJhbGciOiJ.eyJ.x', 'it cannot be read'],
    ['an unknown algorithm', `${base64url.encode('{"alg":"XX1"}')}.e30.AAAA`, 'XX1 cannot be checked here'],
  ])('%s', async (_what, token, words) => {
    expect(await check(token, { source: given(await publicJwk('RS256')) })).toMatchObject({
      state: 'not-verified',
      words,
    })
  })

  it('an access token of Microsoft Graph, whatever its signature', async () => {
    const source = published([{ ...(await publicJwk('RS256')), kid: 'one' }])
    const other = await generateKeyPair('RS256')
    const token = await sign('RS256', { kid: 'one', nonce: 'abc' }, other.privateKey)
    const facts = await check(token, { source })
    expect(facts).toMatchObject({ state: 'not-verified', isForOthers: true })
    expect(facts.reason).toContain('Microsoft Graph')
    // None of the refusals can be got round by a nonce.
    const none = `${base64url.encode('{"alg":"none","nonce":"abc"}')}.e30.`
    expect((await check(none, { source })).state).toBe('forged')
  })

  it('a text is read with what stands around it', () => {
    const token = `${base64url.encode('{"alg":"RS256"}')}.e30.AAAA`
    for (const text of [
      `Bearer ${token}`,
      `Authorization: bearer ${token}\r\n`,
      `"${token}"`,
      `\n${token} `,
      `DPoP ${token}`,
    ]) {
      expect(readToken(text)).toMatchObject({ value: token, form: 'jws' })
    }
  })

  it.each([
    '',
    '{"kty":"constructor"}',
    '{}',
    '[]',
    '{"keys":[]}',
    'hello',
    '{"kty":"RSA"}',
    '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
    '{"kty":"RSA","n":5,"e":"AQAB"}',
  ])('keys that are none are refused without being quoted: %j', (text) => {
    expect(() => readGivenKeys(text)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'parameter-invalid' }) }),
    )
  })
})
