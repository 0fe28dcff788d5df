import { expect, it } from 'vitest'
import type { Profile } from '../../contract/profile.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useProfiles } from './profiles.ts'

const staging: Profile = { name: 'staging', title: 'Staging', values: {} }

it('keeps the profile that was chosen while a slower one was still being read', async () => {
  const engine = createFakeEngine({ profiles: [staging] })
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const run = engine.runCommand
  engine.runCommand = async (id, parameters) => {
    if (id === 'profiles show' && (parameters as { name: string }).name === 'playground') await started
    return run(id, parameters)
  }
  const profiles = storesOver(engine)(useProfiles)
  const first = profiles.load()
  await profiles.choose('staging')
  expect(profiles.current?.name).toBe('staging')
  start()
  await first
  expect(profiles.current?.name).toBe('staging')
})
