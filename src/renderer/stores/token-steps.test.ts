import { expect, it } from 'vitest'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { madeUpTokens } from '../dev/fake-tokens.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useEngineDescription } from './engine-description.ts'
import { useProfiles } from './profiles.ts'
import { useRunForm } from './run-form.ts'
import { useTokenSteps } from './token-steps.ts'

it('asks about exactly one kept token, whatever was in the form before', async () => {
  const engine = createFakeEngine()
  const [kept] = madeUpTokens(1, 0)
  const described = await engine.describe()
  const parameter = (name: string, more = {}) => ({ name, title: name, type: 'text' as const, hint: '', ...more })
  const kind = parameter('kind', { default: 'access_token' })
  const introspect = {
    ...described.operations[0]!,
    id: 'introspect',
    parameters: [kind, parameter('user'), parameter('family'), parameter('token', { type: 'secret' })],
  }
  engine.describe = async () => ({ ...described, operations: [introspect] })
  const using = storesOver(engine)
  await Promise.all([using(useEngineDescription).load(), using(useProfiles).load()])
  const steps = using(useTokenSteps)
  using(useRunForm).set('token', 'typed before')
  expect(steps.offeredFor(kept!).map(({ id }) => id)).toEqual(['introspect'])
  expect(steps.offeredFor({ ...kept!, kind: 'id_token' })).toEqual([])
  await steps.take({ ...kept!, kind: 'refresh_token', family: 'f-1' }, 'introspect')
  const started = engine.calls.filter((call) => call.method === 'startRun').map(({ input }) => input)
  expect(started).toEqual([
    {
      operation: 'introspect',
      profile: 'playground',
      parameters: { kind: 'refresh_token', user: 'alice', family: 'f-1' },
    },
  ])
})
