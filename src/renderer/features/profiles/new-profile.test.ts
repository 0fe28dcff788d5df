import { expect, it } from 'vitest'
import { createFakeEngine } from '../../dev/fake-engine.ts'
import { succeeded } from '../../dev/recordings/authorization-code.ts'
import { storesOver } from '../../dev/stores-over.ts'
import { useProfiles } from '../../stores/profiles.ts'
import { refusedMethods } from './choose-client-auth.ts'
import { useNewProfile } from './use-new-profile.ts'

function newProfile() {
  const engine = createFakeEngine({ play: (_input, recording) => succeeded(recording) })
  const using = storesOver(engine)
  return { engine, profiles: using(useProfiles), ...using(useNewProfile) }
}

it('is read from a sign-in address, filled by discovery and written with its secret apart', async () => {
  const { engine, profiles, draft, metadata, missing, readAddress, save } = newProfile()
  const address = 'https://login.acme.test/auth?client_id=web&redirect_uri=https%3A%2F%2Fapp.test%2Fcb&scope=openid'
  expect(await readAddress(address)).toBe(true)
  expect(draft).toMatchObject({ clientId: 'web', registeredUri: 'https://app.test/cb', redirectChoice: 'registered' })
  expect(metadata.value?.token_endpoint).toBe('http://127.0.0.1:7420/token')
  expect(missing.value).toEqual([])
  draft.title = 'Acme Dev'
  draft.clientSecret = 'hush-hush'
  expect(await save()).toBe(true)
  expect(profiles.current).toMatchObject({ name: 'acme-dev', values: { client_auth: 'client_secret_basic' } })
  expect(profiles.missingSecrets).toEqual([])
  const written = engine.calls.find(({ method }) => method === 'command profiles save')
  expect(JSON.stringify(written)).not.toContain('hush-hush')
  expect(engine.calls).toContainEqual({
    method: 'command secret set',
    input: { name: 'acme_dev_client_secret', value: 'hush-hush', profile: 'acme-dev' },
  })
})

it('says in the engine’s words why an address cannot be read, and keeps what was typed', async () => {
  const { draft, problem, read, readAddress } = newProfile()
  draft.title = 'Mine'
  expect(await readAddress('not an address')).toBe(false)
  expect(problem.value?.detail).toContain('is no address')
  expect([draft.title, read.value]).toEqual(['Mine', ''])
})

it('does not write over a profile of the same name, nor its secret', async () => {
  const { engine, draft, problem, save } = newProfile()
  Object.assign(draft, { title: 'Playground', issuer: 'https://as.test', clientId: 'c', clientSecret: 'hush-hush' })
  expect(await save()).toBe(false)
  expect(problem.value?.code).toBe('profile-exists')
  expect(engine.calls.map(({ method }) => method)).not.toContain('command secret set')
})

it('refuses methods that the server leaves out of its list, and none without a list', () => {
  const methods = ['auto', 'none', 'client_secret_basic', 'private_key_jwt']
  expect(refusedMethods(methods, ['private_key_jwt'])).toEqual({ client_secret_basic: 'not listed by the server' })
  expect(refusedMethods(methods, undefined)).toEqual({})
})
