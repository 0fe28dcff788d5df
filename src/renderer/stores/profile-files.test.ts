import { beforeEach, expect, it } from 'vitest'
import type { Profile } from '../../contract/profile.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useProfileFiles } from './profile-files.ts'
import { useProfiles } from './profiles.ts'

const staging: Profile = { name: 'staging', title: 'Staging', values: { client_id: 'c' }, production: true }

let files: ReturnType<typeof useProfileFiles>
let profiles: ReturnType<typeof useProfiles>
beforeEach(async () => {
  const using = storesOver(createFakeEngine({ profiles: [staging] }))
  files = using(useProfileFiles)
  profiles = using(useProfiles)
  await profiles.choose('staging')
})

const listed = () => profiles.list.filter(({ builtIn }) => !builtIn).map(({ name, title }) => [name, title])

it('copies under a title of its own, with all that the profile holds', async () => {
  await files.duplicate('staging', { name: 'staging-copy', title: 'Staging copy' })
  expect(listed()).toEqual([
    ['staging', 'Staging'],
    ['staging-copy', 'Staging copy'],
  ])
  expect(await files.show('staging-copy')).toMatchObject({ values: { client_id: 'c' }, production: true })
})

it('changes name and title, or the title alone, of a profile that stays in use', async () => {
  await files.rename('staging', { name: 'staging', title: 'Acme' })
  expect(listed()).toEqual([['staging', 'Acme']])
  await files.rename('staging', { name: 'acme', title: 'Acme' })
  expect(listed()).toEqual([['acme', 'Acme']])
  expect(profiles.current).toMatchObject({ name: 'acme', title: 'Acme', production: true })
})
