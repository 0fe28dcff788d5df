import { describe, expect, it } from 'vitest'
import type { ClientRecord } from '../client-record.ts'
import type { ParameterValues } from '../description.ts'
import type { JsonObject } from '../json.ts'
import { alignAddresses, alignTexts } from './align-texts.ts'
import { preflightOf } from './preflight.ts'
import type { PreflightSubject } from './preflight-check.ts'
import { wantedOf } from './wanted.ts'

const at = '2026-06-01T00:00:00.000Z'
const client = (change: Partial<ClientRecord> = {}): ClientRecord => ({ client_id: 'me', further: {}, ...change })
interface Asked {
  known?: Partial<ClientRecord>
  operation?: string
  server?: JsonObject
}
const verdicts = (subject: PreflightSubject, parameters: ParameterValues, asked: Asked) => {
  const { known, operation = 'authorization-code', server } = asked
  return preflightOf(wantedOf(parameters, operation, at), client(known), server)
    .filter((check) => check.subject === subject)
    .map(({ verdict }) => verdict)
}

describe('texts beside each other', () => {
  it.each([
    ['abcd', 'abXd', ['ab', 'c', 'X', 'd']],
    ['aa', 'aaa', ['aa', '', 'a', '']],
    ['', 'x', ['', '', 'x', '']],
    ['same', 'same', ['same', '', '', '']],
    ['a\u{1F600}', 'a\u{1F601}', ['a', '\u{1F600}', '\u{1F601}', '']],
  ])('%s and %s', (wanted, registered, expected) => {
    const aligned = alignTexts(wanted, registered)
    expect([aligned.before, aligned.wanted, aligned.registered, aligned.after]).toEqual(expected)
  })

  it.each([
    'http://127.0.0.1:8765/callback?a=b#c',
    'http://[::1]:80/',
    'com.example.app:/oauth',
    'https://user:pass@host.test/a:b?c/d',
    'not an address at all',
    '',
    'https://host.test\n/x',
  ])('the parts of %j are the whole address', (address) => {
    for (const [wanted, registered] of [
      [address, 'https://other.test:1/x'],
      ['https://other.test:1/x', address],
    ] as const) {
      const parts = alignAddresses(wanted, registered)
      expect(parts.map((one) => one.before + one.wanted + one.after).join('')).toBe(wanted)
      expect(parts.map((one) => one.before + one.registered + one.after).join('')).toBe(registered)
    }
  })

  it('are aligned by scheme, host, port, path and query', () => {
    const parts = alignAddresses('http://127.0.0.1:8765/callback', 'http://localhost:8766/callback/')
    expect(parts.map(({ part, wanted, registered }) => [part, wanted, registered])).toEqual([
      ['scheme', '', ''],
      ['host', '127.0.0.1', 'localhost'],
      ['port', '5', '6'],
      ['path', '', '/'],
      ['query', '', ''],
    ])
  })
})

describe('a redirect URI', () => {
  const loopback = 'http://127.0.0.1:8765/callback'
  it.each([
    ['the same', loopback, [loopback], 'fits'],
    ['another port of a loopback IP', loopback, ['http://127.0.0.1/callback'], 'fits'],
    ['any port of a loopback IP', 'http://[::1]:0/cb', ['http://[::1]:9/cb'], 'fits'],
    ['another port of localhost', 'http://localhost:1/cb', ['http://localhost:2/cb'], 'may-fail'],
    ['another port elsewhere', 'https://app.test:1/cb', ['https://app.test/cb'], 'fails'],
    [
      'a host that looks like the loopback IP',
      'http://127.0.0.1.evil.test:1/',
      ['http://127.0.0.1.evil.test:2/'],
      'fails',
    ],
    ['https on the loopback IP', 'https://127.0.0.1:1/cb', ['https://127.0.0.1:2/cb'], 'fails'],
    ['localhost and the IP', loopback, ['http://localhost:8765/callback'], 'fails'],
    ['another port and path', loopback, ['http://127.0.0.1:1/cb'], 'fails'],
    ['a slash at the end', 'https://app.test/cb', ['https://app.test/cb/'], 'fails'],
    ['the same written otherwise', 'https://APP.test/cb', ['https://app.test:443/cb'], 'may-fail'],
    ['none registered', loopback, [], 'fails'],
    ['nothing known', loopback, undefined, 'not-known'],
  ])('%s', (...[, redirect_uri, redirect_uris, verdict]) => {
    const known = redirect_uris ? { redirect_uris } : {}
    expect(verdicts('redirect-uri', { redirect_uri }, { known })).toEqual([verdict])
  })

  it('of a web client must have the registered port', () => {
    const known = { redirect_uris: ['http://127.0.0.1/callback'], further: { application_type: 'web' } }
    expect(verdicts('redirect-uri', { redirect_uri: loopback }, { known })).toEqual(['may-fail'])
  })

  it('stands beside the nearest one', () => {
    const redirect_uris = ['https://app.test/other', 'http://localhost:8765/callback', 'com.app:/callback']
    const [check] = preflightOf(wantedOf({ redirect_uri: loopback }, 'authorization-code'), client({ redirect_uris }))
    expect(check?.explanation).toBe('It is not registered. The nearest one has another host.')
    expect(check?.alignment?.map((one) => one.before + one.registered + one.after).join('')).toBe(redirect_uris[1])
  })

  it('is not asked of other grants', () => {
    const known = { redirect_uris: [] }
    expect(verdicts('redirect-uri', { redirect_uri: loopback }, { known, operation: 'refresh' })).toEqual([])
  })
})

describe('scopes', () => {
  it('are looked at one by one', () => {
    expect(verdicts('scope', { scope: 'a b  a c' }, { known: { scope: 'a c' } })).toEqual(['fits', 'fails', 'fits'])
    expect(verdicts('scope', { scope: 'a' }, { known: { scope: '' } })).toEqual(['fails'])
    expect(verdicts('scope', { scope: 'a b' }, { known: {} })).toEqual(['not-known'])
    expect(verdicts('scope', {}, { known: { scope: 'a' } })).toEqual([])
  })
})

describe('a grant type', () => {
  it.each([
    ['authorization-code', undefined, 'fits'],
    ['client-credentials', undefined, 'may-fail'],
    ['refresh', ['authorization_code'], 'fails'],
    ['refresh', ['authorization_code', 'refresh_token'], 'fits'],
  ])('%s with %j', (operation, grant_types, verdict) => {
    expect(verdicts('grant-type', {}, { known: grant_types ? { grant_types } : {}, operation })).toEqual([verdict])
  })

  it('of something else than a grant is none', () => {
    expect(preflightOf(wantedOf({}, 'userinfo'), client({ grant_types: [] }))).toEqual([])
  })
})

describe('client authentication', () => {
  const secret = { client_secret: '●●●● #0123' }
  it.each<[string, ParameterValues, Partial<ClientRecord>, string]>([
    ['basic by default', secret, {}, 'fits'],
    ['basic, not encoded', { ...secret, client_auth: 'client_secret_basic_raw' }, {}, 'fits'],
    ['post where nothing is said', { ...secret, client_auth: 'client_secret_post' }, {}, 'may-fail'],
    ['post registered, basic sent', secret, { token_endpoint_auth_method: 'client_secret_post' }, 'fails'],
    ['public, no secret', {}, { client_type: 'public' }, 'fits'],
    ['public, a secret sent', secret, { client_type: 'public' }, 'may-fail'],
    ['none registered, a secret sent', secret, { token_endpoint_auth_method: 'none' }, 'may-fail'],
    ['confidential, no secret', {}, { client_type: 'confidential' }, 'fails'],
    ['basic registered, no secret', {}, { token_endpoint_auth_method: 'client_secret_basic' }, 'fails'],
    ['nothing said, no secret', {}, {}, 'may-fail'],
    ['a secret that has ended', secret, { client_secret_expires_at: '2026-05-31T23:59:59.000Z' }, 'fails'],
    ['a secret that is still good', secret, { client_secret_expires_at: '2026-06-02T00:00:00.000Z' }, 'fits'],
    [
      'no secret sent, an old one known',
      {},
      { client_type: 'public', client_secret_expires_at: '2000-01-01T00:00:00.000Z' },
      'fits',
    ],
  ])('%s', (...[, parameters, known, verdict]) => {
    expect(verdicts('client-auth', parameters, { known })).toEqual([verdict])
  })

  it('is chosen as the run would choose it from the metadata', () => {
    const server = { token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_post'] }
    const known = { token_endpoint_auth_method: 'client_secret_post' }
    expect(verdicts('client-auth', secret, { known, server })).toEqual(['fits'])
  })

  it('never holds the secret', () => {
    const checks = preflightOf(wantedOf({ client_secret: 'MARKED' }, 'client-credentials', at), client())
    expect(JSON.stringify([checks, wantedOf({ client_secret: 'MARKED' }, 'refresh')])).not.toContain('MARKED')
  })
})

describe('PKCE', () => {
  it.each<[string, Partial<ClientRecord>, string]>([
    ['none', { require_pkce: true }, 'fails'],
    ['none', { require_pkce: false }, 'fits'],
    ['none', { client_type: 'public' }, 'may-fail'],
    ['none', {}, 'not-known'],
    ['S256', { require_pkce: true }, 'fits'],
  ])('%s with %j', (pkce, known, verdict) => {
    expect(verdicts('pkce', { pkce }, { known })).toEqual([verdict])
  })
})

it.each([null, 5, true, 'x', [], [5, null], {}])('nothing fails over a record whose members are all %j', (value) => {
  const members = ['redirect_uris', 'scope', 'grant_types', 'token_endpoint_auth_method', 'client_secret_expires_at']
  const record = { ...client(), ...Object.fromEntries([...members, 'require_pkce'].map((name) => [name, value])) }
  const parameters = { redirect_uri: 'http://127.0.0.1/cb', scope: 'a', client_secret: 'b', pkce: 'none' }
  for (const operation of ['authorization-code', 'refresh']) {
    const checks = preflightOf(wantedOf(parameters, operation, at), record, {
      token_endpoint_auth_methods_supported: value,
    })
    for (const { registered } of checks) expect(registered.every((one) => typeof one === 'string')).toBe(true)
  }
})
