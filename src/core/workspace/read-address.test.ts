import { expect, test } from 'vitest'
import { readAddress } from './read-address.ts'
import { problemOfWork } from './testing/workspace-fixture.ts'

const issuerOf = (text: string) => readAddress(text).values.issuer

test.each([
  ['https://login.acme.test', 'https://login.acme.test'],
  ['https://login.acme.test/', 'https://login.acme.test/'],
  ['HTTPS://Login.Acme.test/realms/dev', 'https://login.acme.test/realms/dev'],
  ['https://login.acme.test/realms/dev/', 'https://login.acme.test/realms/dev/'],
  ['https://login.acme.test/realms/dev?x=1#top', 'https://login.acme.test/realms/dev'],
  ['https://login.acme.test?x=/y', 'https://login.acme.test'],
  ['http://127.0.0.1:7420', 'http://127.0.0.1:7420'],
  ['login.acme.test', 'https://login.acme.test'],
  ['login.acme.test:8443/tenant', 'https://login.acme.test:8443/tenant'],
  ['//login.acme.test/x', 'https://login.acme.test/x'],
  ['localhost:8080/realms/dev', 'http://localhost:8080/realms/dev'],
  ['127.0.0.1:7420', 'http://127.0.0.1:7420'],
  ['[::1]:7420', 'http://[::1]:7420'],
  ['keycloak:8080', 'https://keycloak:8080'],
  ['müller.example', 'https://xn--mller-kva.example'],
  ['  "https://login.acme.test"\n', 'https://login.acme.test'],
  ['<https://login.acme.test>', 'https://login.acme.test'],
  ['“https://login.acme.test”', 'https://login.acme.test'],
  ['https://login.acme\n  .test/a', 'https://login.acme.test/a'],
])('%j is the issuer %s', (text, issuer) => {
  expect(readAddress(text).values).toEqual({ issuer })
})

test.each([
  ['https://a.test/.well-known/openid-configuration', 'https://a.test'],
  ['https://a.test/realms/dev/.well-known/openid-configuration', 'https://a.test/realms/dev'],
  ['https://a.test/.well-known/openid-configuration/tenant', 'https://a.test/tenant'],
  ['https://a.test/.well-known/oauth-authorization-server', 'https://a.test'],
  ['https://a.test/.well-known/oauth-authorization-server/realms/dev?v=1', 'https://a.test/realms/dev'],
  ['https://a.test/realms/dev/.well-known/oauth-authorization-server', 'https://a.test/realms/dev'],
  ['a.test/.well-known/openid-configuration', 'https://a.test'],
])('the metadata address %s is of issuer %s', (text, issuer) => {
  expect(readAddress(text)).toEqual({ values: { issuer }, read: 'Read as the address of metadata.' })
})

test.each([
  ['https://a.test/authorize', 'https://a.test'],
  ['https://a.test/oauth/authorize', 'https://a.test'],
  ['https://a.test/oauth2/authorize', 'https://a.test'],
  ['https://a.test/oauth2/auth', 'https://a.test'],
  ['https://a.test/realms/dev/protocol/openid-connect/auth', 'https://a.test/realms/dev'],
  ['https://a.test/realms/dev/protocol/openid-connect/token', 'https://a.test/realms/dev'],
  ['https://login.microsoftonline.com/tid/oauth2/v2.0/authorize', 'https://login.microsoftonline.com/tid/v2.0'],
  ['https://dev.okta.com/oauth2/default/v1/authorize', 'https://dev.okta.com/oauth2/default'],
  ['https://dev.okta.com/oauth2/v1/authorize', 'https://dev.okta.com'],
  ['https://accounts.google.com/o/oauth2/v2/auth', 'https://accounts.google.com'],
  ['https://a.test/connect/authorize', 'https://a.test'],
  ['https://auth.pingone.eu/env/as/authorize', 'https://auth.pingone.eu/env/as'],
  ['https://github.com/login/oauth/authorize', 'https://github.com'],
  ['https://a.test/auth/', 'https://a.test'],
])('the endpoint %s suggests the issuer %s', (text, issuer) => {
  expect(issuerOf(text)).toBe(issuer)
  expect(issuerOf(`${text}?client_id=x`)).toBe(issuer)
})

test('a sign-in address gives the client and what is asked for, nothing of the one sign-in', () => {
  const { values, read } = readAddress(
    'https://login.acme.test/realms/dev/protocol/openid-connect/auth?response_type=code&client_id=app%201' +
      '&redirect_uri=http%3A%2F%2F127.0.0.1%3A8765%2Fcallback&scope=openid+profile%20email&code_challenge_method=S256' +
      '&code_challenge=CHALLENGE&state=STATE&nonce=NONCE&prompt=login&max_age=300&login_hint=alice&acr_values=a%20b' +
      '&resource=https%3A%2F%2Fapi.test&resource=https%3A%2F%2Fb.test&audience=aud&kc_idp_hint=google' +
      '&client_secret=SECRET&id_token_hint=HINT&session_code=SESSION#frag',
  )
  expect(values).toEqual({
    issuer: 'https://login.acme.test/realms/dev',
    client_id: 'app 1',
    redirect_uri: 'http://127.0.0.1:8765/callback',
    scope: 'openid profile email',
    pkce: 'S256',
    prompt: 'login',
    max_age: 300,
    login_hint: 'alice',
    acr_values: 'a b',
    resource: ['https://api.test', 'https://b.test'],
    audience: 'aud',
    authorization_parameters: [['kc_idp_hint', 'google']],
  })
  expect(JSON.stringify({ values, read })).not.toMatch(/STATE|NONCE|CHALLENGE|SECRET|HINT|SESSION/)
})

test.each([
  ['code_challenge=x', { pkce: 'plain' }],
  ['code_challenge_method=S512&code_challenge=x', {}],
  ['redirect_uri=postmessage&max_age=soon&scope=', {}],
  [`scope=${'x'.repeat(3000)}`, {}],
])('of a sign-in address with %s only what fits is taken', (query, values) => {
  expect(readAddress(`https://a.test/authorize?client_id=c&${query}`).values).toEqual({
    issuer: 'https://a.test',
    client_id: 'c',
    ...values,
  })
})

test('an authorization request that a sign-in page returns to is found, on the same origin only', () => {
  const inner = encodeURIComponent('/connect/authorize/callback?client_id=c&scope=openid&state=s')
  expect(readAddress(`https://a.test/Account/Login?ReturnUrl=${inner}`).values).toEqual({
    issuer: 'https://a.test',
    client_id: 'c',
    scope: 'openid',
  })
  const foreign = encodeURIComponent('https://b.test/authorize?client_id=c')
  expect(readAddress(`https://a.test/login?next=${foreign}`).values).toEqual({ issuer: 'https://a.test/login' })
})

test('an address copied out of HTML is read', () => {
  expect(readAddress('https://a.test/authorize?client_id=c&amp;scope=openid').values.scope).toBe('openid')
})

test.each([
  ['', /nothing in it/],
  ['   ', /nothing in it/],
  ['hello', /neither an address nor a host name/],
  ['two words.test', /space/],
  ['javascript:alert(1)', /begins with javascript:/],
  ['ftp://a.test', /begins with ftp:\/\//],
  ['file:///etc/passwd', /begins with file:/],
  ['com.acme.app://callback', /begins with com\.acme\.app:\/\//],
  ['s3cr3t:VALUE', /neither/],
  ['eyJhbGciOi.eyJzdWIi.s3cr3t', /neither/],
  ['https://me:s3cr3t@a.test', /user name or password/],
  ['me:s3cr3t@a.test', /neither/],
  ['https://', /no address can be/],
  ['https://a.test:99999', /no address can be/],
  ['http://127.0.0.1:8765/callback?code=s3cr3t&state=x', /answer to a sign-in/],
  [`https://a.test/${'x'.repeat(40_000)}`, /more than 32768/],
])('%j is refused in a sentence that does not quote it', async (text, detail) => {
  const found = await problemOfWork(() => readAddress(text))
  expect(found).toMatchObject({ code: 'parameter-invalid', detail: expect.stringMatching(detail) as string })
  expect(JSON.stringify(found)).not.toMatch(/s3cr3t/)
})
