import { describe, expect, it } from 'vitest'
import type { FamilyEdge, FamilyGraph, FamilyNode } from '../../../contract/bench/family.ts'
import { columnOf, columnsOf, familyRows } from './family-rows.ts'

const node = (kind: FamilyNode['kind'], generation: number): FamilyNode => ({
  id: `${generation}-${kind}`,
  kind,
  generation,
  life: 'alive',
  because: '',
  canBeTried: false,
  ...(generation > 0 ? { runId: `run-${generation}` } : {}),
})
const edge = (from: FamilyNode, to: FamilyNode, more: Partial<FamilyEdge> = {}): FamilyEdge => ({
  from: from.id,
  to: to.id,
  by: 'refresh',
  scopeLost: [],
  scopeGained: [],
  ...more,
})
const graphOf = (nodes: FamilyNode[], edges: FamilyEdge[]): FamilyGraph => ({
  family: 'f',
  profile: 'p',
  issuer: 'https://as.test',
  client_id: 'c',
  user: '',
  isDead: false,
  nodes,
  edges,
})

describe('a family from a code', () => {
  const code = node('code', 0)
  const [id1, refresh1, access1] = [node('id_token', 1), node('refresh_token', 1), node('access_token', 1)]
  const [refresh2, access2] = [node('refresh_token', 2), node('access_token', 2)]
  const graph = graphOf(
    [code, id1, refresh1, access1, refresh2, access2],
    [
      edge(code, access1, { by: 'code exchange' }),
      edge(code, refresh1, { by: 'code exchange' }),
      edge(access1, id1, { by: 'came along' }),
      edge(refresh1, access2, {
        scopeLost: ['b', 'c'],
        scopeGained: ['d'],
        audienceChange: { from: ['https://a.test'], to: [] },
      }),
      edge(refresh1, refresh2),
    ],
  )
  const [first, second, third] = familyRows(graph)

  it('has a column for each kind, the code above the refresh tokens', () => {
    expect(columnsOf(graph)).toEqual(['access_token', 'refresh_token', 'id_token'])
    expect(columnOf(columnsOf(graph), code)).toBe(1)
  })

  it('begins with the code, with nothing above it', () => {
    expect(first).toEqual({ generation: 0, nodes: [code], sources: [], targets: [], changes: [] })
  })

  it('draws each answer below what it came from, and tells what only came along', () => {
    expect(second).toMatchObject({ by: 'code exchange', runId: 'run-1', sources: [1], changes: [] })
    expect(second?.nodes).toEqual([access1, refresh1, id1])
    expect(second?.targets).toEqual([
      { column: 0, isBeside: false },
      { column: 1, isBeside: false },
      { column: 2, isBeside: true },
    ])
  })

  it('says what changed on the way', () => {
    expect(third).toMatchObject({ by: 'refresh', sources: [1] })
    expect(third?.changes).toEqual([
      { what: 'scope gone', text: 'b c' },
      { what: 'scope new', text: 'd' },
      { what: 'audience', text: 'https://a.test → none' },
    ])
  })
})

describe('a family whose beginning is not known', () => {
  it('has no arrow from nowhere, and only the columns it needs', () => {
    const [access1, access2] = [node('access_token', 4), node('access_token', 5)]
    const graph = graphOf([access1, access2], [edge(access1, access2, { by: 'client credentials' })])
    expect(columnsOf(graph)).toEqual(['access_token'])
    expect(familyRows(graph)).toMatchObject([
      { generation: 4, targets: [], sources: [] },
      { generation: 5, by: 'client credentials', sources: [0], targets: [{ column: 0, isBeside: false }] },
    ])
  })

  it('keeps tokens together that came in one answer without an arrow above', () => {
    const [access, id] = [node('access_token', 1), node('id_token', 1)]
    const [row] = familyRows(graphOf([access, id], [edge(access, id, { by: 'came along' })]))
    expect(row).toMatchObject({ targets: [], sources: [] })
    expect(row).not.toHaveProperty('by')
  })
})
