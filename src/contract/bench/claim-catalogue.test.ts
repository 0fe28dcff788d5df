import { expect, it, test } from 'vitest'
import { factsOfClaim, factsOfHeaderParameter } from './claim-catalogue.ts'
import { headerParameters } from './header-parameters.ts'
import { vendorClaims } from './vendor-claims.ts'

it.each([
  ['exp', 'jwt', 'time', 'RFC 7519 §4.1.4'],
  ['cnf', 'jwt', 'json', 'RFC 7800 §3.1'],
  ['scope', 'access-token', 'words', 'RFC 8693 §4.2'],
  ['authorization_details', 'access-token', 'json', 'RFC 9396 §9.1'],
  ['at_hash', 'openid', 'text', 'OpenID Connect Core §3.1.3.6'],
  ['email_verified', 'openid', 'flag', 'OpenID Connect Core §5.1'],
  ['realm_access', 'vendor', 'json', 'Keycloak, tokens'],
  ['hd', 'vendor', 'text', 'Google, OpenID Connect'],
  ['https://app.test/roles', 'vendor', 'json', 'RFC 7519 §4.2'],
])('the claim %s is of %s', (name, ...[family, shape, section]) => {
  expect(factsOfClaim(name)).toMatchObject({ family, shape, section })
})

test('a header has its own names, and claims that are repeated there', () => {
  expect(factsOfHeaderParameter('nonce')).toMatchObject({ family: 'jose' })
  expect(factsOfHeaderParameter('iss')).toMatchObject({ family: 'jwt' })
  expect(factsOfHeaderParameter('email')).toBeUndefined()
})

it.each(['own', '', 'constructor', '__proto__', 'toString'])('%j is nobody’s', (name) => {
  expect(factsOfClaim(name)).toBeUndefined()
  expect(factsOfHeaderParameter(name)).toBeUndefined()
})

test('every meaning is a sentence, and a vendor is named first', () => {
  for (const [, meaning, section] of [...Object.values(headerParameters), ...Object.values(vendorClaims)]) {
    expect(meaning).toMatch(/^[A-Z].*\.$/)
    expect(section).not.toBe('')
  }
  for (const [, meaning] of Object.values(vendorClaims)) expect(meaning).toMatch(/^[A-Z][\w ]+: /)
})
