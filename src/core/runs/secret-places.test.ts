import { expect, test } from 'vitest'
import { placeOfSecret } from './secret-places.ts'

const values = {
  issuer: 'https://as.test/realm',
  url: 'https://api.test/x',
  api_base: 'https://manage.test/v2',
  registration_client_uri: 'https://reg.test/c',
  proxy: 'http://proxy.test:3128',
}

test.each([
  ['client_secret', 'https://as.test'],
  ['initial_access_token', 'https://as.test'],
  ['access_token', 'https://api.test'],
  ['api_key', 'https://manage.test'],
  ['registration_access_token', 'https://reg.test'],
  ['proxy_password', 'http://proxy.test:3128'],
])('SECURITY: %s is meant for %s', (parameter, origin) => {
  expect(placeOfSecret(parameter, values)).toBe(origin)
})

test('what names no place of its own is meant for the issuer, else for the API', () => {
  const { issuer, url } = values
  for (const parameter of ['api_key', 'registration_access_token', 'access_token']) {
    expect(placeOfSecret(parameter, { issuer })).toBe('https://as.test')
  }
  expect(placeOfSecret('client_secret', { url })).toBe('https://api.test')
  expect(placeOfSecret('client_secret', {})).toBeUndefined()
})
