import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../../src/contract/description.ts'
import { findingsOf } from '../../src/contract/rules/index.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let test: TestEngine

beforeEach(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ playground: playground.port })
})
afterEach(async () => {
  await test.close()
  await playground.close()
})

const start = (operation: string, parameters: ParameterValues = {}) =>
  test.run({ operation, profile: 'playground', parameters })
const inventory = () => test.engine.runCommand('registrations list', {})
const decisionsOf = ({ run }: Awaited<ReturnType<typeof start>>) =>
  run.timeline.flatMap((entry) => (entry.kind === 'decision' ? [[entry.subject, entry.choice]] : []))

describe('a registration at a real server', () => {
  it('of a native application signs in by a profile made of it', async () => {
    const registered = await start('register', { preset: 'public-native', client_name: 'Mine' })
    expect(registered.run.problem).toBeUndefined()
    expect(decisionsOf(registered)).toContainEqual(['application type', 'native'])
    expect(registered.run.result).toMatchObject({ client: { client_type: 'public' }, client_secret: null })
    const [{ id, client_id } = { id: '', client_id: '' }] = await inventory()
    const profile = await test.engine.runCommand('registrations make-profile', { id, name: 'mine' })
    expect(profile).toMatchObject({
      name: 'mine',
      title: 'Mine',
      values: {
        issuer: playground.issuer,
        client_id,
        client_auth: 'none',
        redirect_uri: 'http://127.0.0.1:0/callback',
      },
    })
    expect(await inventory()).toMatchObject([{ profiles: ['mine'] }])
    const { user, password } = playground.signIn()
    const parameters = { agent: 'form', user, password, scope: 'openid' } as ParameterValues
    const { run } = await test.run({ operation: 'authorization-code', profile: 'mine', parameters })
    expect(run.problem).toBeUndefined()
    expect(run.tokens.map(({ kind }) => kind)).toContain('id_token')
  })

  it('of a machine gets a token with the secret that the vault keeps', async () => {
    const { run: registered } = await start('register', { preset: 'machine', client_name: 'Robot', scope: 'api:read' })
    expect(registered.problem).toBeUndefined()
    const [entry] = await inventory()
    expect(registered.result).toMatchObject({ client_secret: { secret: entry!.clientSecret } })
    await test.engine.runCommand('registrations make-profile', { id: entry!.id, name: 'robot', production: true })
    const { run } = await test.run({ operation: 'client-credentials', profile: 'robot', parameters: {} })
    expect(run.problem).toBeUndefined()
    expect(run.tokens).toHaveLength(1)
    // What can be revealed is the secret itself.
    const masked = String(registered.registered[0]?.registered.client_secret)
    const { value } = await test.engine.reveal({ fingerprint: masked.slice(-32) })
    expect(value).toBe((await test.ports.vault.get(entry!.clientSecret!))?.value)
  })

  it('is read, changed and deleted with tokens that change on the way', async () => {
    await start('register', { preset: 'public-native', client_name: 'Mine', logo_uri: 'https://c.test/logo.png' })
    const [before] = await inventory()
    const client_id = before!.client_id
    const token = async () => (await test.ports.vault.get(before!.management!.token))?.value
    const first = await token()
    const changed = await start('registration update', { client_id, client_name: 'Ours', logo_uri: '' })
    expect(changed.run.problem).toBeUndefined()
    expect(await token()).not.toBe(first)
    const { run } = await start('registration read', { client_id })
    expect(run.result).toMatchObject({ client: { client_name: 'Ours' }, registration: before!.id })
    expect(run.registered[0]?.registered).not.toHaveProperty('logo_uri')
    const gone = await start('registration delete', { client_id })
    expect(gone.run.result).toEqual({ client_id, outcome: 'done' })
    expect(await inventory()).toMatchObject([{ state: 'gone' }])
    expect(await token()).toBeUndefined()
    expect((await start('registration read', { client_id })).run.problem).toMatchObject({ code: 'not-offered' })
  })

  it('is refused with the field that the server names', async () => {
    const { run } = await start('register', { redirect_uris: ['not an address'] })
    expect(run.problem).toMatchObject({ code: 'registration-refused', fields: [{ name: 'redirect_uris' }] })
    expect(await inventory()).toEqual([])
  })

  it('of each preset is taken', async () => {
    for (const [preset, redirect] of [
      ['public-browser', 'http://localhost:5173/callback'],
      ['confidential-web', 'https://app.example.test/callback'],
    ]) {
      const ended = await start('register', { preset: preset!, redirect_uris: [redirect!] })
      expect([preset, ended.run.problem]).toEqual([preset, undefined])
      expect(decisionsOf(ended)).toContainEqual(['application type', 'web'])
      expect(findingsOf(ended.run).filter(({ rule }) => rule === 'register.changed')).toEqual([])
    }
  })

  it('is cleaned up with all others', async () => {
    for (const client_name of ['a', 'b']) await start('register', { preset: 'public-native', client_name })
    const { run } = await start('registration clean-up', { all: true })
    expect(run.problem).toBeUndefined()
    expect(run.targets.map(({ title, outcome }) => `${title} ${outcome}`).sort()).toEqual(['a done', 'b done'])
    expect(run.exchanges.map(({ response }) => response?.status)).toEqual([204, 204])
  })
})

describe('a profile of a registration', () => {
  it('cannot be made of one that nobody knows or that is gone, nor under a name that is taken', async () => {
    const make = (id: string, name = 'mine') => test.engine.runCommand('registrations make-profile', { id, name })
    await expect(make('00000000')).rejects.toMatchObject({ problem: { code: 'registration-not-found' } })
    await start('register', { preset: 'public-native' })
    const [{ id, client_id } = { id: '', client_id: '' }] = await inventory()
    await make(id)
    await expect(make(id)).rejects.toMatchObject({ problem: { code: 'profile-exists' } })
    await start('registration delete', { client_id })
    await expect(make(id, 'other')).rejects.toMatchObject({ problem: { code: 'parameter-invalid' } })
  })

  it('SECURITY: takes connection values only of a profile of the same server', async () => {
    const values = {
      issuer: playground.issuer,
      headers: [['X-Team', 'red']],
      timeout_seconds: 5,
      metadata: 'discover',
      registration_endpoint: `${playground.issuer}/reg`,
    } as ParameterValues
    await test.engine.runCommand('profiles save', { name: 'team', values })
    const parameters = { preset: 'public-native' }
    await test.run({ operation: 'register', profile: 'team', parameters })
    const [{ id } = { id: '' }] = await inventory()
    expect(await test.engine.runCommand('registrations make-profile', { id, name: 'mine' })).toMatchObject({ values })
    await test.engine.runCommand('profiles save', {
      name: 'team',
      values: { ...values, issuer: 'https://other.test' },
      replace: true,
    })
    const { values: apart } = await test.engine.runCommand('registrations make-profile', { id, name: 'apart' })
    expect(apart).toMatchObject({ issuer: playground.issuer })
    expect(apart).not.toHaveProperty('headers')
  })

  it('goes with its secrets when the registration is forgotten', async () => {
    await start('register', { preset: 'machine' })
    const [{ id } = { id: '' }] = await inventory()
    expect(await test.engine.runCommand('secret list', {})).toContainEqual(expect.objectContaining({ from: 'memory' }))
    expect(await test.engine.runCommand('registrations forget', { id })).toEqual({ forgotten: id })
    expect(await inventory()).toEqual([])
    const names = (await test.engine.runCommand('secret list', {})).map(({ name }) => name)
    expect(names.filter((name) => name.startsWith('registered_'))).toEqual([])
  })
})
