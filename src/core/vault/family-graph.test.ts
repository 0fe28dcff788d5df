import { expect, test } from 'vitest'
import { type GraphSources, familyGraph } from './family-graph.ts'
import type { TokenFamily } from './token-family.ts'
import type { TokenKey } from './token-key.ts'

const at = (seconds: number) => new Date(Date.parse('2026-11-20T10:00:00Z') + seconds * 1000).toISOString()
const jwt = (claims: object) =>
  ['{"alg":"RS256"}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.')

const key: TokenKey = {
  workspace: '/team',
  profile: 'acme',
  issuer: 'https://a.test',
  client_id: 'app',
  redirect_uri: '',
  scope: 'openid offline_access read write',
  resource: [],
  user: 'alice',
  keyBinding: '',
}
const [at1, at2, at3] = [['a', 'b'], 'a', 'b'].map((aud, index) => jwt({ aud, jti: index }))
const idToken = jwt({ aud: 'app', exp: Date.parse(at(50)) / 1000 })

/** Three answers: the second left the refresh token as it was, the third has less scope and another audience. */
const family: TokenFamily = {
  id: 'f',
  key,
  grant: 'authorization-code',
  generation: 3,
  scope: 'read',
  receivedAt: at(20),
  tokens: { access_token: at3, refresh_token: 'rt-3', id_token: idToken, expiresAt: at(100), runId: 'run-3' },
  earlier: [
    {
      generation: 2,
      tokens: { access_token: at2, expiresAt: at(90), runId: 'run-2' },
      scope: key.scope,
      receivedAt: at(10),
    },
    {
      generation: 1,
      tokens: {
        access_token: at1,
        refresh_token: 'rt-1',
        id_token: idToken,
        expiresAt: at(30),
        scope: 'openid read write',
        runId: 'gone',
      },
      scope: key.scope,
      receivedAt: at(0),
    },
  ],
}
const sources: GraphSources = {
  now: Date.parse(at(60)),
  fingerprint: async (value) => `of ${value}`,
  runOf: ({ tokens: { runId } }) =>
    runId === 'gone' || runId === undefined
      ? undefined
      : { runId, code: { fingerprint: 'of code', receivedAt: at(-1) } },
}
const draw = (change: Partial<TokenFamily> = {}, others: Partial<GraphSources> = {}) =>
  familyGraph({ ...family, ...change }, { ...sources, ...others })
const lives = async (change: Partial<TokenFamily> = {}) =>
  Object.fromEntries((await draw(change)).nodes.map(({ id, life }) => [id, life]))

test('each token stands once, at the answer that brought it, with its scope, audience, times and run', async () => {
  const graph = await draw()
  expect(graph).toMatchObject({
    family: 'f',
    profile: 'acme',
    issuer: 'https://a.test',
    client_id: 'app',
    user: 'alice',
    isDead: false,
  })
  expect(graph.nodes.map(({ id }) => id)).toEqual([
    'code',
    '1-access_token',
    '1-id_token',
    '1-refresh_token',
    '2-access_token',
    '3-access_token',
    '3-refresh_token',
  ])
  expect(graph.nodes[4]).toEqual({
    id: '2-access_token',
    kind: 'access_token',
    generation: 2,
    fingerprint: `of ${at2}`,
    life: 'alive',
    because: 'Nobody asked the server; its time is not over. A newer answer came, which by itself ends none.',
    scope: key.scope,
    audience: ['a'],
    receivedAt: at(10),
    expiresAt: at(90),
    runId: 'run-2',
    canBeTried: false,
  })
  expect(graph.nodes.filter(({ canBeTried }) => canBeTried).map(({ id }) => id)).toEqual(['1-refresh_token'])
  expect(JSON.stringify(graph.nodes[1])).not.toContain('gone')
})

test('edges say what came of what, and how scope and audience changed', async () => {
  const { edges } = await draw()
  expect(edges.map(({ from, to, by, runId }) => [from, to, by, runId])).toEqual([
    ['code', '1-access_token', 'code exchange', undefined],
    ['1-access_token', '1-id_token', 'came along', undefined],
    ['code', '1-refresh_token', 'code exchange', undefined],
    ['1-refresh_token', '2-access_token', 'refresh', 'run-2'],
    ['1-refresh_token', '3-access_token', 'refresh', 'run-3'],
    ['1-refresh_token', '3-refresh_token', 'refresh', 'run-3'],
  ])
  expect(edges[0]).toMatchObject({ scopeLost: ['offline_access'], scopeGained: [] })
  expect(edges[3]).toMatchObject({
    scopeLost: [],
    scopeGained: ['offline_access'],
    audienceChange: { from: ['a', 'b'], to: ['a'] },
  })
  expect(edges[4]).toMatchObject({
    scopeLost: ['offline_access', 'openid', 'write'],
    scopeGained: [],
    audienceChange: { from: ['a'], to: ['b'] },
  })
  expect(edges[5]).toMatchObject({ scopeLost: [], scopeGained: [] })
  expect(edges[5]).not.toHaveProperty('audienceChange')
})

test('each token stands as far as it is known', async () => {
  expect(await lives()).toEqual({
    code: 'replaced',
    '1-access_token': 'expired',
    '1-id_token': 'expired',
    '1-refresh_token': 'replaced',
    '2-access_token': 'alive',
    '3-access_token': 'alive',
    '3-refresh_token': 'alive',
  })
  const word = { at: at(30) }
  const dead = await lives({ dead: true })
  expect(dead).toMatchObject({ '3-refresh_token': 'refused', '3-access_token': 'unknown', '2-access_token': 'unknown' })
  const revoked = { said: { refresh_token: { word: 'revoked' as const, ...word } }, dead: true }
  expect(await lives(revoked)).toMatchObject({ '3-refresh_token': 'revoked', '3-access_token': 'unknown' })
  const [second, first] = family.earlier!
  const tried = (how: 'refused' | 'accepted') =>
    lives({ earlier: [second!, { ...first!, said: { refresh_token: { word: how, ...word } } }] })
  expect(await tried('refused')).toMatchObject({ '1-refresh_token': 'refused', '3-refresh_token': 'alive' })
  expect(await tried('accepted')).toMatchObject({ '1-refresh_token': 'alive' })
  expect(await lives({ tokens: { access_token: 'opaque' } })).toMatchObject({ '3-access_token': 'unknown' })
})

test('a revoked refresh token that no refresh replaced stands so at the answer that brought it', async () => {
  const [second, first] = family.earlier!
  const same = { generation: 2, earlier: [first!], tokens: { ...second!.tokens, refresh_token: 'rt-1' } }
  const said = { refresh_token: { word: 'revoked' as const, at: at(30) } }
  expect(await lives({ ...same, said, dead: true })).toMatchObject({ '1-refresh_token': 'revoked' })
  expect(await lives(same)).toMatchObject({ '1-refresh_token': 'alive' })
})

test('the code has its fingerprint from history, and is not there when the first answer is not remembered', async () => {
  const { nodes } = await draw(
    {},
    { runOf: () => ({ runId: 'run-1', code: { fingerprint: 'of code', receivedAt: at(-1) } }) },
  )
  expect(nodes[0]).toMatchObject({
    id: 'code',
    generation: 0,
    fingerprint: 'of code',
    receivedAt: at(-1),
    runId: 'run-1',
  })
  const later = await draw({ earlier: family.earlier!.slice(0, 1) })
  expect(later.nodes[0]?.id).toBe('2-access_token')
  expect(later.edges.map(({ from, to, by }) => [from, to, by])).toEqual([
    ['2-access_token', '3-access_token', 'refresh'],
    ['3-access_token', '3-id_token', 'came along'],
    ['2-access_token', '3-refresh_token', 'refresh'],
  ])
})

test('tokens of a client alone follow each other; what came without a code stands beside the access token', async () => {
  const ofClient = await draw({
    grant: 'client-credentials',
    generation: 2,
    tokens: { access_token: at2 },
    earlier: [{ generation: 1, tokens: { access_token: at1 }, scope: key.scope, receivedAt: at(0) }],
  })
  expect(ofClient.edges.map(({ from, to, by }) => [from, to, by])).toEqual([
    ['1-access_token', '2-access_token', 'client credentials'],
  ])
  const byHand = await draw({
    grant: 'refresh',
    generation: 1,
    tokens: { access_token: at1, refresh_token: 'rt' },
    earlier: [],
  })
  expect(byHand.edges.map(({ from, to, by }) => [from, to, by])).toEqual([
    ['1-access_token', '1-refresh_token', 'came along'],
  ])
})
