import { describe, expect, it } from 'vitest'
import type { SecretBinding } from '../ports.ts'
import { problemOfRejection } from '../http/testing/recording-observer.ts'
import { createMemoryVault } from '../vault/memory-vault.ts'
import { everyEncoding } from '../../../tests/support/every-encoding.ts'
import { createSecretGuard, type BoundSecret, type GuardOptions } from './secret-guard.ts'

const issuer = 'https://as.test'
const evil = 'https://evil.test'
const value = 's3cr=t/of+the Ünit&test'

interface Setting extends Partial<Pick<GuardOptions, 'connection' | 'allowed'>> {
  binding?: Partial<SecretBinding>
  parameter?: string
  place?: string
  secret?: string
}

async function prepare(setting: Setting = {}) {
  const { parameter = 'client_secret', place = issuer, secret = value, allowed = false } = setting
  const binding: SecretBinding = { origins: [], connection: '', ...setting.binding }
  const vault = createMemoryVault()
  await vault.set('acme', secret, binding)
  const secrets: BoundSecret[] = [{ parameter, name: 'acme', value: secret, binding, place }]
  const connection = 'connection' in setting ? setting.connection : ''
  return {
    vault,
    bound: async () => {
      const { origins, connection: over, settled } = (await vault.get('acme'))!
      return { origins, connection: over, settled: settled === true }
    },
    open: () => createSecretGuard({ vault, secrets, connection, allowed }),
  }
}

const request = (url: string, body = '', headers: [string, string][] = []) => ({
  method: 'POST',
  url,
  headers,
  ...(body ? { body: Buffer.from(body) } : {}),
})
const sending = (url: string) => request(url, `client_secret=${encodeURIComponent(value)}`)

describe('at the start', () => {
  it.each<[string, Setting]>([
    ['another issuer', { binding: { origins: ['https://old.test'] } }],
    ['another port', { binding: { origins: ['https://as.test:8443'] } }],
    ['plain http', { binding: { origins: [issuer] }, place: 'http://as.test' }],
    ['another connection', { binding: { origins: [issuer], connection: 'a' }, connection: 'b' }],
    ['a usual connection that is none any more', { binding: { origins: [issuer] }, connection: 'b' }],
    ['the usual connection in place of its own', { binding: { origins: [issuer], connection: 'a' }, connection: '' }],
  ])('%s is refused, and the binding stays', async (_what, setting) => {
    const { open, bound } = await prepare(setting)
    const before = await bound()
    const problem = await problemOfRejection(open())
    expect(problem.code).toBe('secret-not-bound')
    expect(problem.detail).toContain('acme')
    expect(problem.detail).toContain(setting.place ?? issuer)
    expect(problem.whatToDo!.join(' ')).toContain('--allow-secrets')
    expect(JSON.stringify(problem)).not.toContain(value)
    expect(await bound()).toEqual(before)
  })

  it('a person allows it, and that is remembered beside what was there', async () => {
    const { open, bound } = await prepare({
      binding: { origins: ['https://old.test'] },
      connection: 'new',
      allowed: true,
    })
    await open()
    expect(await bound()).toEqual({ origins: ['https://old.test', issuer], connection: 'new', settled: false })
  })

  it.each<[string, Setting]>([
    ['a new one', {}],
    ['one of this issuer', { binding: { origins: ['https://other.test', issuer] } }],
    ['any connection without a profile', { binding: { origins: [issuer], connection: 'a' }, connection: undefined }],
  ])('%s passes, and nothing is written before it is used', async (_what, setting) => {
    const { open, bound } = await prepare(setting)
    const before = await bound()
    await open()
    expect(await bound()).toEqual(before)
  })
})

describe('while running', () => {
  it('the first use binds to the issuer and its endpoints as they are now', async () => {
    const { open, bound } = await prepare({ connection: 'c' })
    const guard = await open()
    await guard.admit(request(`${issuer}/.well-known/openid-configuration`), 'grantlab')
    expect((await bound()).origins).toEqual([])
    guard.meet(
      {
        token_endpoint: 'https://login.test/token',
        mtls_endpoint_aliases: { token_endpoint: 'https://mtls.test/token' },
        op_policy_uri: 'https://elsewhere.test/',
        userinfo_endpoint: 'no address',
      },
      issuer,
    )
    await guard.admit(sending('https://login.test/token'), 'grantlab')
    expect(await bound()).toEqual({
      origins: [issuer, 'https://login.test', 'https://mtls.test'],
      connection: 'c',
      settled: true,
    })
  })

  it('an endpoint that is named later gets nothing', async () => {
    const { open, bound } = await prepare({ binding: { origins: [issuer], settled: true } })
    const guard = await open()
    guard.meet({ token_endpoint: `${evil}/token` }, issuer)
    const problem = await problemOfRejection(guard.admit(sending(`${evil}/token`), 'grantlab'))
    expect(problem).toMatchObject({ code: 'secret-not-bound', detail: expect.stringContaining(evil) })
    expect((await bound()).origins).toEqual([issuer])
    await guard.admit(sending(`${issuer}/token`), 'grantlab')
  })

  it('an endpoint that is named later is allowed by a person, and remembered', async () => {
    const { open, bound } = await prepare({ binding: { origins: [issuer], settled: true }, allowed: true })
    const guard = await open()
    guard.meet({ token_endpoint: `${evil}/token` }, issuer)
    await guard.admit(sending(`${evil}/token`), 'grantlab')
    expect(await bound()).toEqual({ origins: [issuer, evil], connection: '', settled: true })
  })

  it('the metadata of another issuer adds nothing', async () => {
    const { open } = await prepare()
    const guard = await open()
    guard.meet({ token_endpoint: `${evil}/token` }, evil)
    expect((await problemOfRejection(guard.admit(sending(`${evil}/token`), 'grantlab'))).code).toBe('secret-not-bound')
  })

  it('is found in every encoding, in address, headers and body', async () => {
    const { open } = await prepare({ binding: { origins: [issuer], settled: true } })
    const guard = await open()
    for (const text of Object.values(everyEncoding(value))) {
      const places = [
        request(`${evil}/`, `x=${text}`),
        request(`${evil}/`, '', [['X-Any', text]]),
        request(`${evil}/?x=${encodeURIComponent(text)}`),
        request(`${evil}/${encodeURIComponent(text)}`),
      ]
      for (const one of places) {
        expect((await problemOfRejection(guard.admit(one, 'grantlab'))).code, text).toBe('secret-not-bound')
      }
    }
    await guard.admit(request(`${evil}/jwks?harmless=1`, 'nothing', [['X-Any', 'thing']]), 'grantlab')
  })

  it('short values and the names of fields are found as well', async () => {
    for (const secret of ['abc1', 'password']) {
      const { open } = await prepare({ binding: { origins: [issuer], settled: true }, secret })
      const guard = await open()
      const basic = Buffer.from(`me:${secret}`).toString('base64')
      for (const one of [
        request(`${evil}/`, `p=${secret}`),
        request(`${evil}/`, '', [['Authorization', `Basic ${basic}`]]),
      ]) {
        expect((await problemOfRejection(guard.admit(one, 'grantlab'))).code).toBe('secret-not-bound')
      }
    }
  })
})

describe('a test user’s password', () => {
  const typed = request('https://idp.test/login', `password=${encodeURIComponent(value)}`)

  it('belongs to where the first sign-in that went well asked for it', async () => {
    const { open, bound } = await prepare({ parameter: 'password' })
    const failed = await open()
    await failed.admit(typed, 'browser')
    expect((await bound()).origins).toEqual([])
    const guard = await open()
    guard.meet({ authorization_endpoint: `${issuer}/authorize` }, issuer)
    await guard.admit(typed, 'browser')
    await guard.settle()
    expect(await bound()).toEqual({ origins: [issuer, 'https://idp.test'], connection: '', settled: true })
  })

  it('is typed into no other page after that', async () => {
    const { open } = await prepare({ parameter: 'password', binding: { origins: [issuer], settled: true } })
    expect((await problemOfRejection((await open()).admit(typed, 'browser'))).code).toBe('secret-not-bound')
  })

  it('a run without a sign-in binds nothing', async () => {
    const { open, bound } = await prepare({ parameter: 'password' })
    await (await open()).settle()
    expect((await bound()).settled).toBe(false)
  })
})

describe('what no request shows', () => {
  it.each(['client_key', 'client_key_passphrase', 'proxy_password'])(
    '%s is bound by the first request',
    async (parameter) => {
      const { open, bound } = await prepare({ parameter, connection: 'c' })
      await (await open()).admit(request(`${issuer}/any`), 'grantlab')
      expect(await bound()).toEqual({ origins: [issuer], connection: 'c', settled: true })
    },
  )

  it('the proxy’s own header is for the proxy', async () => {
    const { open } = await prepare({ parameter: 'proxy_password', place: 'http://proxy.test:3128' })
    const basic = Buffer.from(`me:${value}`).toString('base64')
    await (await open()).admit(request(`${issuer}/`, '', [['Proxy-Authorization', `Basic ${basic}`]]), 'grantlab')
  })
})

describe('a kept token', () => {
  it('goes back to where it came from only', async () => {
    const guard = await (await prepare()).open()
    guard.keepTo('refresh-token-1', { origins: [issuer] }, 'The kept refresh token')
    await guard.admit(request(`${issuer}/token`, 'refresh_token=refresh-token-1'), 'grantlab')
    const problem = await problemOfRejection(
      guard.admit(request(`${evil}/token`, 'refresh_token=refresh-token-1'), 'grantlab'),
    )
    expect(problem).toMatchObject({
      code: 'secret-not-bound',
      detail: expect.stringContaining('The kept refresh token'),
    })
  })

  it('is not sent over a connection that the file changed', async () => {
    const { open } = await prepare({ connection: 'now' })
    const guard = await open()
    expect(() => guard.keepTo('token-1-of-it', { connection: 'then' }, 'The kept access_token')).toThrow(
      /another connection/,
    )
    guard.keepTo('token-1-of-it', { connection: 'now' }, 'The kept access_token')
    guard.keepTo('token-1-of-it', {}, 'The kept access_token')
    const allowing = await (await prepare({ connection: 'now', allowed: true })).open()
    allowing.keepTo('token-1-of-it', { connection: 'then', origins: [issuer] }, 'The kept access_token')
    await allowing.admit(request(`${evil}/`, 'token-1-of-it'), 'grantlab')
  })
})
