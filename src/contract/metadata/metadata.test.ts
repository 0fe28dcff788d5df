import { expect, test } from 'vitest'
import type { Json } from '../json.ts'
import { soundDocument } from '../rules/testing/metadata-cases.ts'
import { isIssuerTemplate, isLoopbackHost, readHttpAddress } from './address.ts'
import { authorizationServerFields } from './authorization-server-fields.ts'
import { capabilitiesOf, endpointsOf } from './capabilities.ts'
import { differencesOf } from './differences.ts'
import { fieldRowsOf } from './field-rows.ts'
import { faultOfType } from './field-type.ts'
import { protectedResourceFields } from './protected-resource-fields.ts'

test('every field is told once, in a sentence, with its section', () => {
  for (const groups of [authorizationServerFields, protectedResourceFields]) {
    const fields = groups.flatMap((group) => group.fields)
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length)
    for (const { meaning, section } of fields) {
      expect(meaning).toMatch(/^[A-Z].*\.$/)
      expect(section).toMatch(/^(?:RFC \d+ §|OpenID |JARM |draft-)/)
    }
  }
})

const capability = (document: Record<string, Json>, id: string) => capabilitiesOf(document).find((one) => one.id === id)

test('capabilities are what the metadata says, or what its silence means', () => {
  expect(capability(soundDocument, 'pkce')).toMatchObject({ offered: 'yes', values: ['S256'] })
  expect(capability({}, 'pkce')).toMatchObject({ offered: 'not-said', values: [] })
  expect(capability({ code_challenge_methods_supported: ['plain'] }, 'pkce')?.because).toContain('without S256')
  expect(capability({}, 'grants')).toMatchObject({ offered: 'yes', values: ['authorization_code', 'implicit'] })
  expect(capability({}, 'client-auth')).toMatchObject({ values: ['client_secret_basic'] })
  expect(capability({ grant_types_supported: [] }, 'grants')).toMatchObject({ offered: 'no' })
  expect(capability(soundDocument, 'iss')).toMatchObject({ offered: 'yes' })
  expect(capability({}, 'iss')?.because).toContain('false by default')
  const par = {
    pushed_authorization_request_endpoint: 'https://as.test/par',
    require_pushed_authorization_requests: true,
  }
  expect(capability(par, 'par')).toMatchObject({ offered: 'yes', values: ['required'] })
  expect(capability({ token_endpoint_auth_methods_supported: ['self_signed_tls_client_auth'] }, 'mtls')).toMatchObject({
    offered: 'yes',
  })
  expect(capability({}, 'mtls')).toMatchObject({ offered: 'no' })
})

test('endpoints to copy are http addresses only', () => {
  const document = {
    token_endpoint: 'https://as.test/token',
    jwks_uri: 'javascript:alert(1)',
    userinfo_endpoint: 5,
    other: 'https://x.test',
  }
  expect(endpointsOf(document)).toEqual([{ name: 'token_endpoint', address: 'https://as.test/token' }])
})

test('fields come in groups, with what is absent and what nobody knows', () => {
  const rows = fieldRowsOf({ ...soundDocument, x_vendor: { a: 1 }, token_endpoint: 5 })
  const all = rows.flatMap((group) => group.rows)
  expect(rows.at(-1)).toMatchObject({ title: 'Not in any specification', rows: [{ name: 'x_vendor' }] })
  expect(all.find(({ name }) => name === 'token_endpoint')?.fault).toContain('must be a text')
  expect(all.find(({ name }) => name === 'response_modes_supported')).toMatchObject({
    value: undefined,
    known: { absent: 'query and fragment' },
  })
  expect(all.some(({ name }) => name === 'dpop_signing_alg_values_supported')).toBe(true)
  expect(all.some(({ name }) => name === 'userinfo_endpoint')).toBe(false)
  const resource = fieldRowsOf({ resource: 'https://api.test' }, 'protected-resource').flatMap((group) => group.rows)
  expect(resource[0]).toMatchObject({ name: 'resource', value: 'https://api.test' })
})

test('a difference is a field, and the order of a list is none', () => {
  const before = { a: 1, list: ['x', 'y'], inner: { b: true, 'c/d~': 'old' }, gone: null }
  const after = { a: 1, list: ['y', 'x', 'x'], inner: { b: true, 'c/d~': 'new' }, added: ['z'] }
  expect(differencesOf(before, after)).toEqual([
    { kind: 'changed', pointer: '/inner/c~1d~0', before: 'old', after: 'new' },
    { kind: 'removed', pointer: '/gone', before: 'null', after: 'absent' },
    { kind: 'added', pointer: '/added', before: 'absent', after: '["z"]' },
  ])
  expect(differencesOf(before, structuredClone(before))).toEqual([])
  expect(differencesOf([1], { a: 1 })).toHaveLength(1)
  expect(differencesOf({ a: [1, 2] }, { a: [2, 1] })).toHaveLength(1)
})

test.each([
  ['https://a.test/x', true],
  ['http://a.test', false],
  ['http://127.8.0.1:80', true],
  ['http://[::1]/', true],
  ['http://x.localhost', true],
  ['http://127.0.0.1.evil.test', false],
])('%s is secure: %s', (address, isSecure) => {
  expect(readHttpAddress(address)?.isSecure).toBe(isSecure)
})

test.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', '/relative', '', 5, null, ' '])(
  '%s is no http address',
  (value) => {
    expect(readHttpAddress(value)).toBeUndefined()
    expect(faultOfType({ name: 'token_endpoint', type: 'endpoint' }, value as Json)).toBeTruthy()
  },
)

test('templates and loopback names are told from others', () => {
  expect(isIssuerTemplate('https://login.example/{tenantid}/v2.0')).toBe(true)
  expect(isIssuerTemplate('https://login.example/v2.0')).toBe(false)
  expect(isLoopbackHost('localhost.evil.test')).toBe(false)
})
