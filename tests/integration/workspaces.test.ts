import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorkspace } from '../../src/core/workspace/workspace.ts'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

let playground: TestPlayground
let test: TestEngine
let teams: { one: string; other: string }

/** A workspace with a profile `dev` at the playground. */
async function team(folder: string): Promise<string> {
  await mkdir(join(folder, 'profiles'), { recursive: true })
  await writeFile(join(folder, 'grantlab.yaml'), 'version: 1\n')
  const lines = ['version: 1', `issuer: ${playground.issuer}`, 'client_id: public', 'scope: openid offline_access']
  const text = [...lines, 'redirect_uri: http://127.0.0.1:0/callback', ''].join('\n')
  await writeFile(join(folder, 'profiles', 'dev.yaml'), text)
  return folder
}

beforeAll(async () => {
  playground = await createTestPlayground()
  test = await createTestEngine({ playground: playground.port })
  teams = { one: await team(join(test.folder, 'workspace')), other: await team(join(test.folder, 'other')) }
  const { password } = playground.signIn()
  const parameters = { agent: 'form', user: 'alice', password: password! }
  await test.run({ operation: 'authorization-code', profile: 'dev', parameters })
})
afterAll(async () => {
  await test.close()
  await playground.close()
})

const missing = { problem: { code: 'token-missing' } }
const open = (folder: string) => test.engine.runCommand('workspace open', { folder })
const run = async (operation: string, parameters = {}) =>
  (await test.run({ operation, profile: 'dev', parameters })).run

it('a profile of another workspace gets no token of the profile that has its name', async () => {
  const { engine } = test
  const [kept] = await engine.runCommand('tokens list', {})
  expect(kept).toMatchObject({ profile: 'dev', user: 'alice' })
  await open(teams.other)
  await expect(engine.runCommand('token get', { profile: 'dev' })).rejects.toMatchObject(missing)
  expect(await run('userinfo')).toMatchObject(missing)
  expect(await run('refresh')).toMatchObject(missing)
  expect(await run('refresh', { family: kept!.family })).toMatchObject(missing)
  expect(await engine.runCommand('tokens list', {})).toEqual([])
  expect(await engine.runCommand('tokens clear', { profile: 'dev' })).toEqual({ deleted: 0 })
  await open(teams.one)
  expect(await engine.runCommand('token get', { profile: 'dev' })).toMatchObject({ user: 'alice' })
  expect(await run('userinfo')).toMatchObject({ outcome: 'succeeded' })
})

it('a workspace is the same one by every way to it', async () => {
  const link = join(test.folder, 'link')
  await symlink(teams.one, link)
  await open(link)
  expect(await test.engine.runCommand('token get', { profile: 'dev' })).toMatchObject({ user: 'alice' })
})

it("the data folder's own workspace is the same one where the data folder moved to", async () => {
  const identityIn = (dataFolder: string) => {
    const { workspaceFolder: _none, ...ports } = test.ports
    const secrets = { missing: async () => [] }
    return createWorkspace({ ports: { ...ports, dataFolder }, parameters: [], secrets }).identity()
  }
  const moved = join(test.folder, 'moved')
  await team(join(moved, 'workspace'))
  expect([await identityIn(test.ports.dataFolder), await identityIn(moved)]).toEqual(['workspace', 'workspace'])
})
