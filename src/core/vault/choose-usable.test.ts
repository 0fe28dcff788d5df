import { expect, it } from 'vitest'
import { chooseUsable, type UsableWanted } from './choose-usable.ts'
import type { TokenFamily } from './token-family.ts'

const family = (id: string, { key, tokens, ...more }: Partial<TokenFamily> = {}): TokenFamily => ({
  id,
  key: {
    profile: 'p',
    issuer: 'https://as.test',
    client_id: 'c',
    redirect_uri: '',
    scope: 'openid a',
    resource: [],
    user: '',
    keyBinding: '',
    ...key,
  },
  generation: 1,
  scope: 'openid a',
  tokens: { access_token: `access-${id}`, ...tokens },
  grant: 'authorization-code',
  receivedAt: '2026-01-01T00:00:00.000Z',
  ...more,
})
const key = (more: object) => ({ key: more as TokenFamily['key'] })
const choose = (families: TokenFamily[], wanted: Partial<UsableWanted> = {}) =>
  chooseUsable(families, { profile: 'p', ...wanted }).id

it('takes the newest that fits', () => {
  expect(choose([family('new'), family('old')])).toBe('new')
  expect(choose([family('other', key({ profile: 'q' })), family('old')])).toBe('old')
  expect(choose([family('none', { tokens: { access_token: undefined } }), family('old')])).toBe('old')
  expect(choose([family('new'), family('id', { tokens: { id_token: 'x' } })], { kind: 'id_token' })).toBe('id')
})

it('takes none of another issuer, and one of another client only when there is no other', () => {
  const wanted = { issuer: 'https://as.test', client_id: 'c' }
  expect(() => choose([family('a', key({ issuer: 'https://other.test' }))], wanted)).toThrow('No access_token is kept')
  const ofOther = family('other', key({ client_id: 'd' }))
  expect(choose([ofOther, family('own')], wanted)).toBe('own')
  expect(choose([ofOther], wanted)).toBe('other')
})

it('wants the whole scope, as asked for or as granted', () => {
  const granted = family('granted', { scope: 'b', tokens: { access_token: 'x', scope: 'b c' } })
  expect(choose([granted, family('asked')], { scope: 'a' })).toBe('asked')
  expect(choose([family('asked'), granted], { scope: 'c b' })).toBe('granted')
  expect(() => choose([family('asked'), granted], { scope: 'a c' })).toThrow('with scope a c')
})

it("tells users apart, and a user's tokens from the client's own", () => {
  const of = (user: string) => family(user, key({ user }))
  expect(() => choose([of('bob'), of('alice')])).toThrow('bob, alice')
  expect(choose([of('bob'), of('alice')], { user: 'alice' })).toBe('alice')
  expect(choose([of('bob'), family('nobody')])).toBe('nobody')
  const own = family('client', { grant: 'client-credentials' })
  expect(choose([own, of('bob')])).toBe('client')
  expect(choose([own, of('bob')], { ofUser: true })).toBe('bob')
})

it('takes a dead one only when there is no other', () => {
  expect(choose([family('dead', { dead: true }), family('old')])).toBe('old')
  expect(choose([family('dead', { dead: true })])).toBe('dead')
})
