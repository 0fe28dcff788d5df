import { expect, it } from 'vitest'
import { nameOfPointer, registrationDifferences } from './registration-differences.ts'

it('tells what was changed from what the server added by itself', () => {
  const asked = { client_name: 'A', scope: 'a b', redirect_uris: [], grant_types: ['x', 'y'], jwks: { keys: [1] } }
  const registered = {
    client_id: 'c',
    client_secret: '●●●●',
    client_secret_expires_at: 0,
    registration_access_token: '●●●●',
    client_name: 'A',
    scope: 'a',
    grant_types: ['y', 'x'],
    jwks: { keys: [2] },
    subject_type: 'public',
  }
  const { changed, added } = registrationDifferences({ asked, registered })
  expect(changed.map(({ kind, pointer, before, after }) => [kind, pointer, before, after])).toEqual([
    ['changed', '/scope', 'a b', 'a'],
    ['changed', '/jwks/keys', '[1]', '[2]'],
  ])
  expect(added.map(({ pointer }) => pointer)).toEqual(['/subject_type'])
})

it('says what the server left out', () => {
  const { changed } = registrationDifferences({ asked: { logo_uri: 'https://a.test/l' }, registered: {} })
  expect(changed).toMatchObject([{ kind: 'removed', pointer: '/logo_uri', after: 'absent' }])
})

it('reads a pointer aloud', () => expect(nameOfPointer('/jwks/a~1b~0c')).toBe('jwks › a/b~c'))
