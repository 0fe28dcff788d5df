import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ParameterValues } from '../../contract/description.ts'
import { usualSettings } from '../../contract/settings.ts'
import { createHistory } from '../history/history.ts'
import { createRecordedKeys } from '../history/recorded-keys.ts'
import { finishedEvent, startedEvent } from '../history/testing/run-events.ts'
import type { EnginePorts } from '../ports.ts'
import { problem } from '../problems/problem-error.ts'
import { checkParameters } from '../runs/check-parameters.ts'
import { createRetention } from '../history/retention.ts'
import { createLog } from '../log/log.ts'
import { createRegistrationStore } from '../registrations/create-registration-store.ts'
import { createClearValues } from '../runs/clear-values.ts'
import { createRunRegistry } from '../runs/run-registry.ts'
import { createSettings } from '../settings/settings.ts'
import { createTokenStore } from '../vault/token-store.ts'
import { createHome, playgroundAccess, problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import { type CommandContext, commands } from './index.ts'

let home: Awaited<ReturnType<typeof createHome>>
let context: CommandContext
beforeEach(async () => {
  home = await createHome()
  const ports = { ...home.ports, playground: async () => playgroundAccess } as unknown as EnginePorts
  const history = createHistory({ dataFolder: home.ports.dataFolder })
  const log = createLog(home.ports)
  const settings = createSettings(home.ports)
  context = {
    ports,
    workspace: home.workspace,
    secrets: home.secrets,
    tokens: createTokenStore({ clock: Date }),
    history,
    recordedKeys: createRecordedKeys(history),
    runs: createRunRegistry(history),
    runToEnd: async () => {
      throw new Error('no command of these tests runs anything')
    },
    log,
    settings,
    retention: createRetention({ history, settings, clock: Date, log }),
    registrations: createRegistrationStore(home.ports.dataFolder),
    mask: async (text) => text,
    clearValues: createClearValues(),
    fingerprintKey: async () => new Uint8Array(32),
  }
})
afterEach(() => home.remove())

/** The key of a token of a profile of this workspace. */
async function keyOf(profile: string) {
  const workspace = await context.workspace.identity()
  const key = { issuer: 'i', client_id: 'c', redirect_uri: '', scope: '', resource: [], user: '', keyBinding: '' }
  return { ...key, workspace, profile }
}

/** Runs a command as the engine does: parameters checked first. */
async function run(id: string, parameters: ParameterValues = {}): Promise<unknown> {
  const command = commands.find(({ description }) => description.id === id)!
  return command.run(context, checkParameters(command.description.parameters, parameters))
}

test('every command says what it is, under its own id', () => {
  const ids = commands.map(({ description }) => description.id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { description } of commands) {
    expect(description.id).toMatch(/^[a-z]+( [a-z-]+)?$/)
    expect(description.summary).toMatch(/\.$/)
    for (const { hint } of description.parameters) expect(hint).toMatch(/\.$/)
  }
})

test('profiles are saved, listed, shown and deleted', async () => {
  const values = { issuer: 'https://a.test', client_secret: { secret: 'acme' } }
  expect(await run('profiles save', { name: 'acme', title: 'Acme', values })).toEqual({
    name: 'acme',
    title: 'Acme',
    values,
  })
  expect(await problemOfWork(run('profiles save', { name: 'acme', values }))).toMatchObject({ code: 'profile-exists' })
  await run('profiles save', { name: 'acme', values: { ...values, scope: 'openid' }, replace: true })
  expect(await run('profiles show', { name: 'acme' })).toMatchObject({ title: 'Acme', values: { scope: 'openid' } })
  expect(await run('profiles list')).toMatchObject([
    { name: 'playground' },
    { name: 'telnyx-emulator' },
    { name: 'acme', missingSecrets: ['acme'] },
  ])
  expect(await run('profiles delete', { name: 'acme' })).toMatchObject({
    deleted: 'acme',
    text: expect.stringContaining('scope: openid'),
  })
  expect(await run('profiles list')).toHaveLength(2)
})

test('an address is read', async () => {
  expect(await run('profiles read-address', { address: 'a.test' })).toMatchObject({
    values: { issuer: 'https://a.test' },
  })
})

test('secrets are set, listed and removed, and no value comes back', async () => {
  expect(await run('secret set', { name: 'acme', value: 's3cr3t' })).toEqual({ name: 'acme', origins: [] })
  expect(await run('secret list')).toMatchObject([{ name: 'acme', from: 'memory', usedBy: [] }])
  expect(JSON.stringify(await run('secret list'))).not.toContain('s3cr3t')
  expect(await run('secret rm', { name: 'acme' })).toEqual({ removed: true })
  expect(await run('secret rm', { name: 'acme' })).toEqual({ removed: false })
  for (const parameters of [
    { name: 's3cr3t value', value: 'x' },
    { name: 'acme', value: { secret: 'other' } },
    { name: 'acme', value: 's3cr3t'.repeat(20_000) },
  ]) {
    const found = await problemOfWork(run('secret set', parameters))
    expect(found.code).toBe('parameter-invalid')
    expect(JSON.stringify(found)).not.toContain('s3cr3t')
  }
})

test('history and tokens are listed', async () => {
  const file = context.history.open('run1', new Date())
  file.append(startedEvent('run1'))
  file.append(finishedEvent(2))
  await file.close()
  expect(await run('history list')).toMatchObject([{ runId: 'run1', outcome: 'succeeded' }])
  expect(await problemOfWork(run('history list', { limit: 0 }))).toMatchObject({ code: 'parameter-invalid' })
  await context.tokens.keep(await keyOf('acme'), { access_token: 'clear' }, 'client-credentials')
  expect(await run('tokens list', { profile: 'acme' })).toHaveLength(1)
  expect(await run('tokens list', { profile: 'other' })).toEqual([])
})

test('the playground answers facts without secrets or passwords', async () => {
  const facts = await run('playground start')
  expect(facts).toEqual({ issuer: playgroundAccess.issuer, clients: [], users: playgroundAccess.users })
  delete context.ports.playground
  expect(await problemOfWork(run('playground start'))).toMatchObject({ code: 'playground-failed' })
})

test('the folders in use are shown', async () => {
  const { workspaceFolder: folder, dataFolder } = home.ports
  expect(await run('workspace show')).toEqual({ folder, dataFolder, isOwn: false, recent: [] })
})

test('another workspace is made, opened and shown; a dialog is asked only where there is one', async () => {
  const folder = join(home.home, 'other')
  expect(await problemOfWork(run('workspace open', { folder }))).toMatchObject({ code: 'file-invalid' })
  expect(await run('workspace open', { folder, create: true })).toMatchObject({ folder, isOwn: false })
  expect(await run('workspace show')).toMatchObject({ folder, recent: [{ folder }] })
  expect(await problemOfWork(run('workspace choose'))).toMatchObject({ code: 'needs-person' })
  context.ports.chooseFolder = async () => folder
  expect(await run('workspace choose')).toEqual({ folder })
  context.ports.chooseFolder = async () => undefined
  expect(await run('workspace choose')).toEqual({ folder: '' })
})

test('tokens of another workspace are neither listed nor forgotten by profile, and forgotten with all', async () => {
  await context.tokens.keep({ ...(await keyOf('acme')), workspace: '/other' }, { access_token: 'a' }, 'refresh')
  await context.tokens.keep({ ...(await keyOf('playground')), workspace: '' }, { access_token: 'b' }, 'refresh')
  expect(await run('tokens list')).toMatchObject([{ profile: 'playground' }])
  expect(await run('tokens clear', { profile: 'acme' })).toEqual({ deleted: 0 })
  expect(await run('tokens clear')).toEqual({ deleted: 2 })
})

test('a renamed profile keeps its tokens, or its name', async () => {
  await run('profiles save', { name: 'acme', values: { issuer: 'https://a.test' }, production: true })
  await context.tokens.keep(await keyOf('acme'), { access_token: 'clear' }, 'client-credentials')
  expect(await run('profiles rename', { name: 'acme', to: 'prod' })).toMatchObject({ name: 'prod', production: true })
  expect(await run('tokens list', { profile: 'prod' })).toHaveLength(1)
  context.tokens.renameProfile = () => Promise.reject(problem('vault-locked', 'It is locked.'))
  expect(await problemOfWork(run('profiles rename', { name: 'prod', to: 'new' }))).toMatchObject({
    code: 'vault-locked',
  })
  expect(await run('profiles list')).toMatchObject([
    { name: 'playground' },
    { name: 'telnyx-emulator' },
    { name: 'prod' },
  ])
})

test('a file is shown, checked, written and duplicated; empty texts are texts', async () => {
  const text = 'version: 1\nissuer: https://a.test\n'
  await run('profiles write', { name: 'acme', text, was: '' })
  expect(await problemOfWork(run('profiles write', { name: 'acme', text, was: '' }))).toMatchObject({
    code: 'profile-exists',
  })
  expect(await problemOfWork(run('profiles write', { name: 'acme', text: '' }))).toMatchObject({ code: 'file-invalid' })
  expect(await run('profiles check', { name: 'acme' })).toEqual({ problems: [] })
  expect(await run('profiles check', { name: 'acme', text: '' })).toMatchObject({
    problems: [{ code: 'file-invalid' }],
  })
  expect(await run('profiles duplicate', { name: 'acme', to: 'copy' })).toMatchObject({ name: 'copy' })
  expect(await run('profiles source', { name: 'copy' })).toMatchObject({ text })
})

test('test users are saved, kept when left out, and taken away by an empty list', async () => {
  const users = [{ username: 'alice', password: { secret: 'alice_pw' } }]
  const save = { name: 'acme', values: {}, replace: true }
  expect(await run('profiles save', { ...save, users })).toMatchObject({ users: [{ title: 'alice' }] })
  expect(await run('profiles save', save)).toMatchObject({ users: [{ username: 'alice' }] })
  expect(await run('secret missing')).toEqual([{ name: 'alice_pw', usedBy: ['acme'] }])
  expect(await run('profiles save', { ...save, users: [] })).not.toHaveProperty('users')
})

test('settings are shown and saved', async () => {
  expect(await run('settings show')).toEqual(usualSettings)
  expect(await run('settings save', { values: { theme: 'dark' } })).toEqual({ ...usualSettings, theme: 'dark' })
  const refused = run('settings save', { values: { proxy: 'http://me:s3cr3t@p.test' } })
  expect(JSON.stringify(await problemOfWork(refused))).not.toContain('s3cr3t')
})
