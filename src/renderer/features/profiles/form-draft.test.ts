import { expect, it } from 'vitest'
import type { ParameterDescription } from '../../../contract/description.ts'
import { problemOf } from '../../../contract/problem.ts'
import type { Profile } from '../../../contract/profile.ts'
import { draftOf, fieldOf, isChanged, refusalsOf, secretsOf } from './form-draft.ts'
import { proposedSecretName, typedAfter } from './secret-choice.ts'

const profile: Profile = {
  name: 'acme',
  title: 'Acme',
  values: { issuer: 'https://as.test', client_secret: { secret: 'acme_secret' } },
  users: [{ username: 'alice', title: 'Alice', password: { secret: 'alice_password' } }],
}
const client: ParameterDescription = { name: 'client_id', title: 'Client', type: 'text', hint: '' }

it('is unchanged until something differs, whatever the order of names', () => {
  const draft = draftOf(profile)
  expect(isChanged(draft, profile)).toBe(false)
  const { issuer, client_secret } = profile.values
  expect(isChanged({ ...draft, values: { client_secret, issuer, scope: undefined } }, profile)).toBe(false)
  expect(isChanged({ ...draft, production: true }, profile)).toBe(true)
  expect(isChanged({ ...draft, users: [] }, profile)).toBe(true)
  expect(isChanged({ ...draft, typed: { acme_secret: 'new' } }, profile)).toBe(true)
  expect(isChanged({ ...draft, typed: { acme_secret: '' } }, profile)).toBe(false)
})

it('is a copy: changing it leaves the profile alone', () => {
  draftOf(profile).users[0]!.title = 'Other'
  expect(profile.users![0]!.title).toBe('Alice')
})

it('knows the secrets it refers to, of users too', () => {
  expect([...secretsOf(draftOf(profile))]).toEqual(['acme_secret', 'alice_password'])
})

it('says which test user has no name, or the name of another', () => {
  const users = ['alice', ' ', 'alice'].map((username) => ({ username, title: '' }))
  expect(Object.keys(refusalsOf({ ...draftOf(profile), users }))).toEqual(['users/1', 'users/2'])
})

it.each([
  ['/values/client_id', '', 'client_id'],
  ['/client_id', '', 'client_id'],
  ['/users/1/username', '', 'users/1'],
  ['/title', '', 'title'],
  [undefined, 'Client (client_id) must be a text.', 'client_id'],
  ['/version', '', undefined],
  [undefined, 'The disk is full.', undefined],
])('a problem at %s, saying "%s", is about %s', (pointer, detail, field) => {
  const problem = problemOf('parameter-invalid', detail, pointer === undefined ? {} : { place: { pointer } })
  expect(fieldOf(problem, [client])).toBe(field)
})

it('keeps a typed secret under the name it is given', () => {
  const typed = typedAfter({}, undefined, { name: 'one', value: 'v' })
  expect(typed).toEqual({ one: 'v' })
  expect(typedAfter(typed, 'one', { name: 'two', value: 'v' })).toEqual({ two: 'v' })
  expect(typedAfter(typed, 'one', undefined)).toEqual({})
  expect(typedAfter(typed, 'one', { name: 'one', value: '' })).toEqual({})
})

it('proposes a name that a secret and an environment variable can have', () => {
  expect(proposedSecretName('acme-dev', 'client_secret')).toBe('acme_dev_client_secret')
  expect(proposedSecretName('acme', 'Ä@b.test', 'password')).toBe('acme_b_test_password')
})
