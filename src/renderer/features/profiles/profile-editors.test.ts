import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import type { Profile } from '../../../contract/profile.ts'
import { createFakeEngine, type FakeEngine } from '../../dev/fake-engine.ts'
import { storesOver } from '../../dev/stores-over.ts'
import { useEngineDescription } from '../../stores/engine-description.ts'
import { useProfileFiles } from '../../stores/profile-files.ts'
import { useProfiles } from '../../stores/profiles.ts'
import { useSecrets } from '../../stores/secrets.ts'
import { useProfilesScreen } from './use-profiles-screen.ts'

const staging: Profile = { name: 'staging', title: 'Staging', values: { client_id: 'c' } }
const broken = { broken: 'title: Broken\nnonsense\n' }

let engine: FakeEngine
let scope: EffectScope
let screen: ReturnType<typeof useProfilesScreen>
let files: ReturnType<typeof useProfileFiles>
let using: ReturnType<typeof storesOver>
beforeEach(async () => {
  engine = createFakeEngine({ profiles: [staging, { ...staging, name: 'other' }], brokenProfiles: broken })
  using = storesOver(engine)
  await Promise.all([using(useEngineDescription).load(), using(useProfiles).load()])
  files = using(useProfileFiles)
  scope = effectScope()
  screen = scope.run(() => using(useProfilesScreen))!
  await screen.open('staging')
})
afterEach(() => scope.stop())

const sourceOf = async (name: string) => (await engine.runCommand('profiles source', { name })).text
const commandsOf = (id: string) => engine.calls.filter(({ method }) => method === `command ${id}`)

describe('the form', () => {
  it('writes the file, then the secret that was typed, and no typed value into the file', async () => {
    screen.form.set('client_secret', { secret: 'staging_secret' })
    screen.form.change({ typed: { staging_secret: 'hush-hush', left_over: 'never' } })
    expect(screen.isDirty.value).toBe(true)
    expect(await screen.save()).toBe(true)
    expect(screen.isDirty.value).toBe(false)
    expect(await sourceOf('staging')).toContain('staging_secret')
    expect(commandsOf('secret set').map(({ input }) => input)).toEqual([
      { name: 'staging_secret', value: 'hush-hush', profile: 'staging' },
    ])
    expect(JSON.stringify(commandsOf('profiles save'))).not.toContain('hush-hush')
    expect(using(useSecrets).list.map(({ name }) => name)).toEqual(['staging_secret'])
  })

  it('keeps what was typed when the file was changed by something else, until somebody chooses', async () => {
    screen.form.set('client_id', 'mine')
    await files.write({ name: 'staging', text: 'title: Theirs\n' })
    expect(await screen.save()).toBe(false)
    expect(screen.form.conflict.value?.text).toBe('title: Theirs\n')
    expect(screen.form.draft.value?.values.client_id).toBe('mine')
    expect(await screen.save(true)).toBe(true)
    expect(await sourceOf('staging')).toContain('client_id: "mine"')
  })

  it('says at its field what keeps it from being saved', async () => {
    screen.form.change({ users: [{ username: '', title: '' }] })
    expect(await screen.save()).toBe(false)
    expect(Object.keys(screen.form.byField.value)).toEqual(['users/0'])
    screen.form.change({ users: [] })
    expect(screen.form.byField.value).toEqual({})
  })
})

describe('the text', () => {
  it('is what a broken file opens as, with what is wrong in it', async () => {
    await screen.open('broken')
    expect(screen.tab.value).toBe('yaml')
    expect(screen.yaml.text.value).toBe(broken.broken)
    await expect.poll(() => screen.yaml.diagnostics.value.map(({ place }) => place?.line)).toEqual([2])
    screen.yaml.type('title: Mended\n')
    expect(await screen.save()).toBe(true)
    expect(screen.summary.value?.problem).toBeUndefined()
  })

  it('is not written over a change from outside, unless somebody chooses so', async () => {
    screen.showTab('yaml')
    await expect.poll(() => screen.yaml.source.value?.name).toBe('staging')
    screen.yaml.type('title: Mine\n')
    await files.write({ name: 'staging', text: 'title: Theirs\n' })
    expect(await screen.save()).toBe(false)
    expect(screen.yaml.conflict.value?.text).toBe('title: Theirs\n')
    await screen.takeTheirs()
    expect([screen.yaml.text.value, screen.isDirty.value]).toEqual(['title: Theirs\n', false])
  })

  it('shows an answer about an older text no more', async () => {
    await screen.open('broken')
    screen.yaml.discard()
    screen.yaml.type('title: Fine\n')
    await expect.poll(() => screen.yaml.diagnostics.value).toEqual([])
  })
})

describe('leaving', () => {
  it('asks when something is not saved, and goes where it was going to', async () => {
    screen.form.set('client_id', 'mine')
    screen.choose('other')
    expect([screen.chosen.value, screen.leaving.value === undefined]).toEqual(['staging', false])
    await screen.answer('stay')
    expect(screen.chosen.value).toBe('staging')
    screen.choose('other')
    await screen.answer('save')
    await expect.poll(() => screen.chosen.value).toBe('other')
    expect(await sourceOf('staging')).toContain('"mine"')
  })

  it('drops changes when somebody says so, and stays when saving fails', async () => {
    screen.form.change({ users: [{ username: '', title: '' }] })
    screen.choose('other')
    await screen.answer('save')
    expect(screen.chosen.value).toBe('staging')
    screen.choose('other')
    await screen.answer('discard')
    await expect.poll(() => screen.chosen.value).toBe('other')
    expect(commandsOf('profiles save')).toEqual([])
  })
})

describe('deleting', () => {
  it('can be undone, and a profile that was in use is in use again', async () => {
    const profiles = using(useProfiles)
    await profiles.choose('staging')
    const text = await sourceOf('staging')
    await files.remove('staging')
    expect(profiles.current?.name).toBe('playground')
    await files.undo()
    expect([profiles.current?.name, await sourceOf('staging'), files.deleted]).toEqual(['staging', text, undefined])
  })

  it('cannot be undone over a new profile of the name', async () => {
    await files.remove('staging')
    await files.save({ name: 'staging', values: {} })
    await expect(files.undo()).rejects.toThrow('changed')
    expect(files.deleted?.name).toBe('staging')
  })

  it('keeps a renamed profile in use', async () => {
    const profiles = using(useProfiles)
    await profiles.choose('staging')
    await files.rename('staging', 'renamed')
    expect(profiles.current?.name).toBe('renamed')
  })
})
