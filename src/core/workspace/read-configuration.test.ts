import { expect, test } from 'vitest'
import { configurationEntries } from './configuration-entries.ts'
import { readConfiguration } from './read-configuration.ts'

const read = (text: string) => {
  const entries = configurationEntries(text)
  return entries && readConfiguration(entries)
}

test.each<[string, string, object]>([
  [
    'an .env file',
    `# sign-in
export OIDC_ISSUER="https://login.example.test/realms/a"
NEXT_PUBLIC_OIDC_CLIENT_ID=web-app
OIDC_CLIENT_SECRET='s3cr3t'
OIDC_REDIRECT_URI=http://localhost:3000/callback
OIDC_SCOPES=openid,profile email
DATABASE_URL=postgres://x`,
    {
      issuer: 'https://login.example.test/realms/a',
      client_id: 'web-app',
      redirect_uri: 'http://localhost:3000/callback',
      scope: 'openid profile email',
    },
  ],
  [
    'appsettings.json of Microsoft Entra',
    '{"AzureAd":{"Instance":"https://login.microsoftonline.com/","TenantId":"1111-2222","ClientId":"abcd","CallbackPath":"/signin-oidc"},"Logging":{"LogLevel":{"Default":"Information"}}}',
    { issuer: 'https://login.microsoftonline.com/1111-2222/v2.0', client_id: 'abcd' },
  ],
  [
    'lines out of appsettings.json',
    '"Authentication": {\n "Authority": "https://demo.duende.test",\n "ClientId": "interactive"\n},',
    { issuer: 'https://demo.duende.test', client_id: 'interactive' },
  ],
  [
    'Auth0 settings',
    'AUTH0_DOMAIN=acme.eu.auth0.com\nAUTH0_CLIENT_ID=x1\nAUTH0_AUDIENCE=https://api.acme.test',
    { issuer: 'https://acme.eu.auth0.com/', client_id: 'x1', audience: 'https://api.acme.test' },
  ],
  [
    'keycloak.json',
    '{"realm":"acme","auth-server-url":"https://kc.example.test/","resource":"web","client_id":"web"}',
    { issuer: 'https://kc.example.test/realms/acme', client_id: 'web' },
  ],
  [
    'a Postman authorization',
    JSON.stringify({
      auth: {
        type: 'oauth2',
        oauth2: [
          { key: 'authUrl', value: 'https://kc.example.test/realms/a/protocol/openid-connect/auth' },
          { key: 'accessTokenUrl', value: '{{base}}/token' },
          { key: 'clientId', value: 'postman' },
          { key: 'clientSecret', value: 's3cr3t' },
          { key: 'scope', value: 'openid email' },
          { key: 'redirect_uri', value: 'https://oauth.pstmn.io/v1/callback' },
          { key: 'challengeAlgorithm', value: 'S256' },
        ],
      },
    }),
    {
      issuer: 'https://kc.example.test/realms/a',
      client_id: 'postman',
      scope: 'openid email',
      redirect_uri: 'https://oauth.pstmn.io/v1/callback',
      pkce: 'S256',
    },
  ],
  [
    'a Bruno block',
    `meta {
  name: x
}
auth:oauth2 {
  grant_type: authorization_code
  callback_url: http://localhost:8080/cb
  authorization_url: https://id.example.test/oauth2/v1/authorize
  access_token_url: {{host}}/token
  client_id: bruno-client
  client_secret: {{secret}}
  scope: openid
}`,
    {
      issuer: 'https://id.example.test',
      client_id: 'bruno-client',
      redirect_uri: 'http://localhost:8080/cb',
      scope: 'openid',
    },
  ],
])('%s says server and client', (_what, text, values) => {
  expect(read(text)?.values).toEqual(values)
})

test('a secret is never taken over, and that it was there is said', () => {
  const reading = read('ISSUER=https://a.test\nCLIENT_ID=c\nCLIENT_SECRET=s3cr3t')
  expect(JSON.stringify(reading)).not.toContain('s3cr3t')
  expect(reading?.read).toContain('client secret in it was left out')
  expect(read('ISSUER=https://a.test')?.read).not.toContain('secret')
})

test.each([
  'https://a.test/authorize?client_id=x&state=y',
  'login.example.test',
  'just some words',
  '{"a": 1}',
  '{broken',
  '[]',
  'CLIENT_SECRET=only',
  '['.repeat(5_000),
])('%s is no configuration', (text) => {
  expect(read(text)).toBeUndefined()
})

test('hostile values are not taken over', () => {
  expect(read('ISSUER=javascript:alert(1)\nCLIENT_ID=x')?.values).toEqual({ client_id: 'x' })
  expect(read('ISSUER=https://user:pw@a.test\nCLIENT_ID=x')?.values).toEqual({ client_id: 'x' })
  expect(read(`ISSUER=https://a.test/${'x'.repeat(9000)}\nCLIENT_ID=x`)?.values).toEqual({ client_id: 'x' })
})
