import { expect, test } from 'vitest'
import { changedMembers, comparedMembers } from './compare-registered.ts'

const facts = {
  asked: {
    client_name: 'A',
    scope: 'openid email',
    grant_types: ['authorization_code', 'refresh_token'],
    logo_uri: 'https://a.test/logo',
    contacts: ['a@a.test'],
  },
  registered: {
    client_id: 'c1',
    client_name: 'A',
    scope: 'email openid',
    grant_types: ['authorization_code'],
    contacts: null,
  },
}

test('what was asked stands beside what was registered, then what the server added', () => {
  expect(comparedMembers(facts).map(({ name, how }) => `${name} ${how}`)).toEqual([
    'client_name same',
    'scope same',
    'grant_types changed',
    'logo_uri dropped',
    'contacts dropped',
    'client_id added',
  ])
})

test('differences are what was asked for and came out otherwise', () => {
  expect(changedMembers(facts)).toEqual([
    {
      name: 'grant_types',
      asked: ['authorization_code', 'refresh_token'],
      registered: ['authorization_code'],
      how: 'changed',
    },
    { name: 'logo_uri', asked: 'https://a.test/logo', how: 'dropped' },
    { name: 'contacts', asked: ['a@a.test'], how: 'dropped' },
  ])
})

test('order and repetition of scopes is no difference, another scope is', () => {
  expect(changedMembers({ asked: { scope: 'a  b' }, registered: { scope: 'b a' } })).toEqual([])
  expect(changedMembers({ asked: { scope: 'a b' }, registered: { scope: 'a' } })).toHaveLength(1)
  expect(changedMembers({ asked: { require_pkce: true }, registered: { require_pkce: false } })).toHaveLength(1)
})
