import { expect, it } from 'vitest'
import type { FamilyGraph, FamilyNode } from '../../contract/bench/family.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { madeUpTokens } from '../dev/fake-tokens.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useEngineDescription } from './engine-description.ts'
import { useFamilies } from './families.ts'
import { useNextSteps } from './next-steps.ts'
import { usePlaces } from './places.ts'
import { useProfiles } from './profiles.ts'

const node: FamilyNode = {
  id: '1-refresh_token',
  kind: 'refresh_token',
  generation: 1,
  life: 'replaced',
  because: '',
  canBeTried: true,
}
const graph: FamilyGraph = {
  family: 'f-1',
  profile: 'playground',
  issuer: 'https://as.test',
  client_id: 'c',
  user: 'alice',
  isDead: false,
  nodes: [node],
  edges: [],
}

it('sends an old refresh token only where just that was asked for', async () => {
  const engine = createFakeEngine()
  const described = await engine.describe()
  const parameter = (name: string, type: 'text' | 'integer') => ({ name, title: name, type, hint: '' })
  const refresh = {
    ...described.operations.find(({ id }) => id === 'refresh')!,
    parameters: [parameter('user', 'text'), parameter('family', 'text'), parameter('generation', 'integer')],
  }
  engine.describe = async () => ({ ...described, operations: [refresh] })
  const using = storesOver(engine)
  await Promise.all([using(useEngineDescription).load(), using(useProfiles).load()])
  const started = () =>
    engine.calls.flatMap(({ method, input }) =>
      method === 'startRun' ? [(input as { parameters: unknown; confirm?: string }).parameters] : [],
    )

  await using(useFamilies).tryOld(graph, node)
  expect(using(usePlaces).place).toBe('run')
  expect(started()).toEqual([{ family: 'f-1', generation: 1, user: 'alice' }])

  const [kept] = madeUpTokens(1, 0)
  await using(useNextSteps).withKept(kept!, 'refresh')
  expect(started()[1]).toEqual({ user: 'alice' })
})
