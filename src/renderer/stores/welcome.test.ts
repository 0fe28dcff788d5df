import { expect, it } from 'vitest'
import { createFakeEngine, type FakeEngineOptions } from '../dev/fake-engine.ts'
import { succeeded } from '../dev/recordings/authorization-code.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useProfiles } from './profiles.ts'
import { useRuns } from './runs.ts'
import { useWelcome } from './welcome.ts'

it('welcomes once: after the first run the way back leads to the earlier runs', async () => {
  const play: FakeEngineOptions['play'] = (_input, recording) => succeeded(recording)
  const using = storesOver(createFakeEngine({ play }))
  const [welcome, runs] = [using(useWelcome), using(useRuns)]
  await using(useProfiles).load()
  welcome.decide()
  expect(welcome.isShown).toBe(true)
  const runId = await runs.start({ operation: 'authorization-code', profile: 'playground', parameters: {} })
  await runs.follow(runId!)
  runs.leave()
  expect(welcome.isShown).toBe(false)
})

it('still welcomes after a run that is gone was looked for', async () => {
  const using = storesOver(createFakeEngine())
  const [welcome, runs] = [using(useWelcome), using(useRuns)]
  welcome.decide()
  await runs.show('run-that-is-gone')
  expect(welcome.isShown).toBe(true)
})
