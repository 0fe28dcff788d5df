import { expect, it } from 'vitest'
import type { KeptTokenSummary } from '../../../contract/kept.ts'
import { tokenRowsOf } from './token-rows.ts'

const token = (more: Partial<KeptTokenSummary>): KeptTokenSummary => ({
  kind: 'access_token',
  fingerprint: 'a91c0f22d941883b5e0c7719e26a904d',
  family: 'one',
  generation: 1,
  profile: 'staging',
  issuer: 'https://as.test',
  client_id: 'c',
  scope: 'openid',
  user: '',
  resource: [],
  receivedAt: '2026-11-20T10:00:00.000Z',
  ...more,
})

/** Rows in short: their level, and what tells them apart. */
function shown(tokens: KeptTokenSummary[], filter = '') {
  const rows = tokenRowsOf({ tokens, filter, titleOf: (profile) => profile.toUpperCase() })
  return rows.map((row) =>
    row.kind === 'group'
      ? `${row.level} ${row.group.title} ${row.group.tokens.length}`
      : `${row.level} ${row.token.family} ${row.token.kind}${row.startsFamily ? ' first' : ''}${row.isDead ? ' dead' : ''}`,
  )
}

it('orders by profile, then test user, then family, the latest family first', () => {
  const later = '2026-11-20T11:00:00.000Z'
  expect(
    shown([
      token({ profile: null, family: 'four' }),
      token({ user: 'bob', family: 'three' }),
      token({ user: 'alice', family: 'one' }),
      token({ user: 'alice', family: 'two', kind: 'refresh_token', receivedAt: later }),
      token({ user: 'alice', family: 'two', receivedAt: later }),
      token({ profile: 'dev', family: 'five' }),
    ]),
  ).toEqual([
    '1 DEV 1',
    '2 Whoever signed in 1',
    '3 five access_token first',
    '1 STAGING 4',
    '2 alice 3',
    '3 two access_token first',
    '3 two refresh_token',
    '3 one access_token first',
    '2 bob 1',
    '3 three access_token first',
    '1 Without a profile 1',
    '2 Whoever signed in 1',
    '3 four access_token first',
  ])
})

it('says who tokens without a test user are of, as far as it is known', () => {
  const own = token({ family: 'two', scope: 'api:read' })
  expect(shown([own])[1]).toBe('2 No test user 1')
  expect(shown([own, token({ family: 'two', kind: 'refresh_token', scope: 'api:read' })])[1]).toBe(
    '2 Whoever signed in 2',
  )
  expect(shown([own, token({})])[1]).toBe('2 Whoever signed in, or the client 2')
})

it('marks a family that only a new sign-in helps once, where its refresh token stands', () => {
  expect(shown([token({ dead: true }), token({ kind: 'refresh_token', dead: true })])).toEqual([
    '1 STAGING 2',
    '2 Whoever signed in 2',
    '3 one access_token first',
    '3 one refresh_token dead',
  ])
})

it('leaves what holds every word of the filter, in whatever order and case', () => {
  const tokens = [token({ user: 'alice', scope: 'openid email' }), token({ user: 'bob', family: 'two' })]
  expect(shown(tokens, 'EMAIL access')).toEqual(['1 STAGING 1', '2 alice 1', '3 one access_token first'])
  expect(shown(tokens, '#a91c bob')).toEqual(['1 STAGING 1', '2 bob 1', '3 two access_token first'])
  expect(shown(tokens, 'carol')).toEqual([])
})
