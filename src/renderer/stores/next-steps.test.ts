import { beforeEach, expect, it } from 'vitest'
import { emptyRun } from '../../contract/run.ts'
import { createFakeEngine, type FakeEngine } from '../dev/fake-engine.ts'
import { madeUpTokens } from '../dev/fake-tokens.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useEngineDescription } from './engine-description.ts'
import { useNextSteps } from './next-steps.ts'
import { usePlaces } from './places.ts'
import { useProfiles } from './profiles.ts'
import { useRunForm } from './run-form.ts'

let engine: FakeEngine
let steps: ReturnType<typeof useNextSteps>
let form: ReturnType<typeof useRunForm>
let places: ReturnType<typeof usePlaces>
let profiles: ReturnType<typeof useProfiles>
const other = { name: 'staging', title: 'Staging', values: { issuer: 'https://as.test', client_id: 'c' } }
beforeEach(async () => {
  engine = createFakeEngine({ profiles: [other] })
  const using = storesOver(engine)
  steps = using(useNextSteps)
  form = using(useRunForm)
  places = using(usePlaces)
  profiles = using(useProfiles)
  await Promise.all([using(useEngineDescription).load(), profiles.load()])
})

const started = () => engine.calls.filter((call) => call.method === 'startRun').map(({ input }) => input)
const [kept] = madeUpTokens(1, 0)

it('offers what the tokens are good for', () => {
  const titles = (...tokens: Parameters<typeof steps.offeredFor>[0]) =>
    steps.offeredFor(tokens).map(({ title }) => title)
  expect(titles({ kind: 'access_token', scope: 'openid email' })).toEqual(['Call userinfo', 'Call an API'])
  expect(titles({ kind: 'access_token', scope: 'api' }, { kind: 'refresh_token' })).toEqual(['Call an API', 'Refresh'])
  expect(titles({ kind: 'id_token' }, { kind: 'refresh_token', dead: true })).toEqual([])
})

it('goes on from a run in its profile, as its user, with the scope as granted', async () => {
  await profiles.choose('staging')
  form.chooseOperation('refresh')
  form.set('scope', 'openid')
  const run = { ...emptyRun('run-1'), profile: 'playground', parameters: { user: 'bob', scope: 'openid email' } }
  await steps.after(run, 'refresh')
  expect(started()).toEqual([{ operation: 'refresh', profile: 'playground', parameters: { user: 'bob' } }])
})

it('goes on with a kept token in its profile, as its user, where runs are shown', async () => {
  await profiles.choose('staging')
  places.go('tokens')
  await steps.withKept(kept!, 'userinfo')
  expect(places.place).toBe('run')
  expect(started()).toEqual([{ operation: 'userinfo', profile: 'playground', parameters: { user: 'alice' } }])
})

it('leaves to a person what takes an address, and keeps the one that was typed before', async () => {
  await steps.withKept(kept!, 'call')
  expect([form.operation?.id, steps.asked, started()]).toEqual(['call', 'url', []])
  form.set('url', 'https://api.test/me')
  await steps.after({ ...emptyRun('run-1'), operation: 'authorization-code', profile: 'playground' }, 'call')
  expect([form.effective.url, started()]).toEqual(['https://api.test/me', []])
})
