import { expect, it } from 'vitest'
import { proposeClientAuth } from './choose-client-auth.ts'
import { hostOf, profileNameOf, secretNameOf, titleOf } from './profile-names.ts'

it('makes names that a file, a secret and an environment variable can have', () => {
  expect(profileNameOf('Acme Staging (EU)')).toBe('acme-staging-eu')
  expect(profileNameOf('Züri')).toBe('zuri')
  expect(profileNameOf('///')).toBe('profile')
  expect(secretNameOf('acme-staging')).toBe('acme_staging_client_secret')
})

it('shortens an issuer to what tells it from others', () => {
  expect(hostOf('http://127.0.0.1:7420/')).toBe('127.0.0.1:7420')
  expect(hostOf('nothing')).toBe('nothing')
  expect(titleOf('https://login.acme.test/tenant')).toBe('acme.test')
})

it.each([
  [false, ['client_secret_basic'], 'none'],
  [true, undefined, 'client_secret_basic'],
  [true, ['none', 'client_secret_post'], 'client_secret_post'],
  [true, ['client_secret_post', 'client_secret_basic'], 'client_secret_basic'],
  [true, ['private_key_jwt'], 'auto'],
])('with secret %s and %o listed proposes %s', (hasSecret, listed, method) => {
  const proposal = proposeClientAuth(hasSecret, listed)
  expect(proposal.method).toBe(method)
  expect(proposal.reason).not.toBe('')
})
