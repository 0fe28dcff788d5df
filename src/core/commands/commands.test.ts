import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ParameterValues } from '../../contract/description.ts'
import { createHistory } from '../history/history.ts'
import { finishedEvent, startedEvent } from '../history/testing/run-events.ts'
import type { EnginePorts } from '../ports.ts'
import { checkParameters } from '../runs/check-parameters.ts'
import { createTokenStore } from '../vault/token-store.ts'
import { createHome, playgroundAccess, problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import { type CommandContext, commands } from './index.ts'

let home: Awaited<ReturnType<typeof createHome>>
let context: CommandContext
beforeEach(async () => {
  home = await createHome()
  const ports = { ...home.ports, playground: async () => playgroundAccess } as unknown as EnginePorts
  context = {
    ports,
    workspace: home.workspace,
    secrets: home.secrets,
    tokens: createTokenStore({ clock: Date }),
    history: createHistory({ dataFolder: home.ports.dataFolder }),
  }
})
afterEach(() => home.remove())

/** Runs a command as the engine does: parameters checked first. */
async function run(id: string, parameters: ParameterValues = {}): Promise<unknown> {
  const command = commands.find(({ description }) => description.id === id)!
  return command.run(context, checkParameters(command.description.parameters, parameters))
}

test('every command says what it is, under its own id', () => {
  const ids = commands.map(({ description }) => description.id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { description } of commands) {
    expect(description.id).toMatch(/^[a-z]+ [a-z-]+$/)
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
  expect(await run('profiles list')).toMatchObject([{ name: 'playground' }, { name: 'acme', missingSecrets: ['acme'] }])
  expect(await run('profiles delete', { name: 'acme' })).toEqual({ deleted: 'acme' })
  expect(await run('profiles list')).toHaveLength(1)
})

test('an address is read', async () => {
  expect(await run('profiles read-address', { address: 'a.test' })).toMatchObject({
    values: { issuer: 'https://a.test' },
  })
})

test('secrets are set, listed and removed, and no value comes back', async () => {
  expect(await run('secret set', { name: 'acme', value: 's3cr3t' })).toEqual({ name: 'acme' })
  expect(await run('secret list')).toEqual([{ name: 'acme', from: 'vault' }])
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
  const key = { issuer: 'i', client_id: 'c', redirect_uri: '', scope: '', resource: [], user: '', keyBinding: '' }
  context.tokens.keep({ ...key, profile: 'acme' }, { access_token: 'clear' })
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
  expect(await run('workspace show')).toEqual({ folder: home.ports.workspaceFolder, dataFolder: home.ports.dataFolder })
})
