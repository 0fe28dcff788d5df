import { beforeEach, describe, expect, it } from 'vitest'
import type { Profile } from '../../contract/profile.ts'
import { createFakeEngine, type FakeEngine } from '../dev/fake-engine.ts'
import { succeeded } from '../dev/recordings/authorization-code.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useEngineDescription } from './engine-description.ts'
import { useProfiles } from './profiles.ts'
import { useRunForm } from './run-form.ts'
import { useSecrets } from './secrets.ts'

const staging: Profile = {
  name: 'staging',
  title: 'Staging',
  values: { issuer: 'https://as.test', client_id: 'c', client_secret: { secret: 'staging_secret' }, agent: 'paste' },
}

let engine: FakeEngine
let form: ReturnType<typeof useRunForm>
let profiles: ReturnType<typeof useProfiles>
let secrets: ReturnType<typeof useSecrets>
beforeEach(async () => {
  engine = createFakeEngine({ profiles: [staging] })
  const using = storesOver(engine)
  form = using(useRunForm)
  profiles = using(useProfiles)
  secrets = using(useSecrets)
  await Promise.all([using(useEngineDescription).load(), profiles.load()])
})

const started = () => engine.calls.find((call) => call.method === 'startRun')?.input

describe('values', () => {
  it('come from the form, else the profile, else the default', () => {
    expect(form.effective).toMatchObject({ pkce: 'S256', scope: 'openid offline_access', agent: 'system' })
    form.set('scope', 'openid')
    expect(form.effective.scope).toBe('openid')
    form.set('scope', undefined)
    expect(form.effective.scope).toBe('openid offline_access')
  })

  it('stay with their operation and profile', async () => {
    form.set('scope', 'openid')
    await profiles.choose('staging')
    expect(form.values).toEqual({})
    expect(form.effective).toMatchObject({ client_id: 'c', agent: 'paste' })
    form.chooseOperation('client-credentials')
    await profiles.choose('playground')
    expect(form.values).toEqual({})
    form.chooseOperation('authorization-code')
    expect(form.values).toEqual({ scope: 'openid' })
  })

  it('name what is missing', () => {
    expect(form.missing).toEqual([])
    form.set('client_id', '')
    expect(form.missing.map((parameter) => parameter.name)).toEqual(['client_id'])
  })
})

describe('a parameter that counts only with another', () => {
  it('is there, and sent, only then', async () => {
    const names = () => form.parameters.map((parameter) => parameter.name)
    expect(names()).not.toContain('user')
    form.set('agent', 'form')
    form.set('user', 'bob')
    expect(names()).toContain('user')
    form.set('agent', 'system')
    await form.run()
    expect(started()).toEqual({
      operation: 'authorization-code',
      profile: 'playground',
      parameters: { agent: 'system' },
    })
  })
})

describe('pairs', () => {
  it('that nothing was typed into are not sent', async () => {
    form.set('token_parameters', [
      ['', ''],
      ['a', ''],
    ])
    await form.run()
    expect(started()).toMatchObject({ parameters: { token_parameters: [['a', '']] } })
  })
})

describe('an earlier run', () => {
  const startsOf = () => engine.calls.filter((call) => call.method === 'startRun').map(({ input }) => input)

  it('is taken into the form when it is opened, and can be run again', async () => {
    await profiles.choose('staging')
    engine.record('run-1', succeeded({ runId: 'run-1', number: 1, startedAt: 0 }))
    await form.open('run-1')
    await expect.poll(() => profiles.current?.name).toBe('playground')
    expect(form.operation?.id).toBe('authorization-code')
    expect(form.opened).toBe('run-1')
    await form.run()
    expect(startsOf()).toMatchObject([{ operation: 'authorization-code', profile: 'playground' }])
  })
})

describe('profiles', () => {
  it('name the secrets that have no value here, until they have one', async () => {
    await profiles.choose('staging')
    expect(profiles.missingSecrets).toEqual(['staging_secret'])
    await secrets.save({ name: 'staging_secret', value: 'value', profile: 'staging' })
    expect(profiles.missingSecrets).toEqual([])
  })

  it('fall back to the first when the one in use is gone', async () => {
    await profiles.choose('nowhere')
    expect(profiles.current?.name).toBe('playground')
  })

  it('are written, taken into use, and refused with the engine’s words', async () => {
    await profiles.save({ name: 'dev', title: 'Dev', values: { issuer: 'https://dev.test' } })
    expect(profiles.current?.title).toBe('Dev')
    await expect(profiles.save({ name: 'dev', values: {} })).rejects.toThrow('There is a profile dev already.')
  })
})
