import { describe, expect, it } from 'vitest'
import { proposeClientAuth } from './choose-client-auth.ts'
import { emptyDraft, missingOf, takeValues, valuesOf, type ProfileDraft } from './profile-draft.ts'
import { copyOf, hostOf, profileNameOf, secretNameOf, titleOf } from '../../stores/profile-names.ts'

it('makes names that a file, a secret and an environment variable can have', () => {
  expect(profileNameOf('Acme Staging (EU)')).toBe('acme-staging-eu')
  expect(profileNameOf('Züri')).toBe('zuri')
  expect(profileNameOf('///')).toBe('profile')
  expect(secretNameOf('acme-staging')).toBe('acme_staging_client_secret')
})

it('names a copy so that it can be told from what is there, by file and by title', () => {
  const acme = { name: 'acme', title: 'Acme' }
  const first = copyOf(acme, [acme])
  expect(first).toEqual({ name: 'acme-copy', title: 'Acme copy' })
  expect(copyOf(acme, [acme, first])).toEqual({ name: 'acme-copy-2', title: 'Acme copy 2' })
  expect(copyOf(acme, [acme, { name: 'other', title: 'Acme copy' }]).name).toBe('acme-copy-2')
})

it('shortens an issuer to what tells it from others', () => {
  expect(hostOf('http://127.0.0.1:7420/')).toBe('127.0.0.1:7420')
  expect(hostOf('nothing')).toBe('nothing')
  expect(titleOf('https://login.acme.test/tenant')).toBe('acme.test')
  expect(titleOf('https://login.acme.test:8443')).toBe('acme.test')
  expect(titleOf('http://127.0.0.1:7999')).toBe('127.0.0.1:7999')
  expect(titleOf('http://localhost:8080/realm')).toBe('localhost:8080')
  expect(titleOf('http://[::1]:7999')).toBe('[::1]:7999')
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

describe('a draft', () => {
  it('takes what an address told and keeps what has no field', () => {
    const draft = { ...emptyDraft }
    const values = { issuer: 'https://as.test', client_id: 'c', redirect_uri: 'app:/cb', prompt: 'login' }
    expect(takeValues(draft, values)).toEqual({ prompt: 'login' })
    expect(draft).toMatchObject({ issuer: 'https://as.test', clientId: 'c', registeredUri: 'app:/cb', scope: 'openid' })
  })

  it('is complete with a name, an issuer, a client and a redirect URI', () => {
    const draft: ProfileDraft = { ...emptyDraft, title: 'T', issuer: 'https://as.test', clientId: 'c' }
    expect(missingOf(draft)).toEqual([])
    expect(missingOf({ ...draft, redirectChoice: 'registered' })).toEqual(['a redirect URI'])
    expect(missingOf({ ...draft, redirectChoice: 'registered', registeredUri: 'app:/cb' })).toEqual([])
    expect(missingOf(emptyDraft)).toEqual(['a name', 'an issuer', 'a client id'])
  })

  it('names its secret and never holds it', () => {
    const draft: ProfileDraft = { ...emptyDraft, clientSecret: 'hush', redirectChoice: 'free-port', scope: ' ' }
    const values = valuesOf(draft, { name: 'acme-dev', clientAuth: 'client_secret_post' })
    expect(values).toEqual({
      issuer: '',
      client_id: '',
      client_auth: 'client_secret_post',
      redirect_uri: 'http://127.0.0.1:0/callback',
      client_secret: { secret: 'acme_dev_client_secret' },
    })
    expect(JSON.stringify(values)).not.toContain('hush')
  })
})
