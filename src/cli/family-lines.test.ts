import { expect, test } from 'vitest'
import type { FamilyEdge, FamilyGraph, FamilyNode } from '../contract/bench/family.ts'
import { familyLines } from './family-lines.ts'
import { createPaint } from './paint.ts'

const now = new Date('2026-01-01T12:00:00Z')
const node = (id: string, more: Partial<FamilyNode>): FamilyNode => ({
  id,
  kind: 'refresh_token',
  generation: 1,
  life: 'replaced',
  because: 'A newer one came.',
  canBeTried: false,
  ...more,
})
const edge = (from: string, to: string, more: Partial<FamilyEdge> = {}): FamilyEdge => ({
  from,
  to,
  by: 'refresh',
  scopeLost: [],
  scopeGained: [],
  ...more,
})
const graph = (more: Partial<FamilyGraph>): FamilyGraph => ({
  family: 'f1',
  profile: 'staging',
  issuer: 'https://as.test',
  client_id: 'app',
  user: 'alice',
  isDead: false,
  nodes: [],
  edges: [],
  ...more,
})
const textOf = (more: Partial<FamilyGraph>) =>
  familyLines(graph(more), { paint: createPaint({}), now }).map(({ painted }) => painted)

test('a grant is told from its code to its newest refresh, with what changed on the way', () => {
  const nodes = [
    node('c', { kind: 'code', generation: 0, because: 'It was exchanged.' }),
    node('r1', { fingerprint: 'a91c0000111122223333444455556666', canBeTried: true, runId: 'run1' }),
    node('a2', {
      kind: 'access_token',
      generation: 2,
      life: 'alive',
      because: 'Its time is not over.',
      scope: 'openid',
      audience: ['api'],
      expiresAt: '2026-01-01T12:05:00.000Z',
    }),
  ]
  const audienceChange = { from: [], to: ['api'] }
  const edges = [
    edge('c', 'r1', { by: 'code exchange' }),
    edge('r1', 'a2', { scopeLost: ['email'], audienceChange }),
    edge('r1', 'a2', { scopeLost: ['email'], audienceChange }),
  ]
  expect(textOf({ nodes, edges })).toEqual([
    'Grant f1 of profile staging',
    '  app at https://as.test, for alice',
    '',
    'Code',
    '  code  replaced  It was exchanged.',
    '',
    'Answer 1, by code exchange  run run1',
    '  refresh_token  ●●●● #a91c  replaced  A newer one came.',
    '    try the old one: grantlab refresh --profile staging --family f1 --generation 1',
    '',
    'Answer 2, by refresh',
    '  scope lost: email',
    '  audience: none → api',
    '  access_token  alive  Its time is not over.',
    '    ends in 5 m (2026-01-01 12:05:00Z); scope openid; audience api',
  ])
})

test('a dead grant says so and what to do; a name of a stranger stays in its place', () => {
  const lines = textOf({ isDead: true, profile: null, user: '\u001b[2J' })
  expect(lines.slice(0, 2)).toEqual(['Grant f1', '  app at https://as.test, for \\e[2J'])
  expect(lines.slice(-1)).toEqual(['  → Sign in again.'])
})
