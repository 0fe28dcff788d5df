import { expect, it } from 'vitest'
import { emptyRun, type Exchange } from './run.ts'
import { sequenceOf } from './sequence.ts'

it('has no authorization server where only an API was asked', () => {
  const asked = (...parties: Exchange['party'][]) =>
    sequenceOf({ ...emptyRun('r'), exchanges: parties.map((party, id) => ({ id: `${id}`, party }) as Exchange) })
  expect(asked('resource-server').lanes).toEqual(['grantlab', 'resource-server'])
  expect(asked('authorization-server', 'resource-server').lanes).toEqual([
    'grantlab',
    'authorization-server',
    'resource-server',
  ])
})
