import { expect, it } from 'vitest'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { folderNameOf } from './folder-name.ts'
import { toProblem } from './problem-of.ts'
import { useProfiles } from './profiles.ts'
import { useWorkspace } from './workspace.ts'

const profile = {
  name: 'acme',
  title: 'Acme',
  values: { issuer: 'https://login.acme.test', client_secret: { secret: 'acme' } },
}

it('reads profiles and missing secrets of the folder it opened, and lets a person leave them for later', async () => {
  const using = storesOver(createFakeEngine({ profiles: [profile] }))
  const workspace = using(useWorkspace)
  await workspace.load()
  expect([workspace.name, workspace.tellsMissing]).toEqual(['My workspace', false])
  await workspace.open('/srv/acme-oauth')
  expect(workspace.name).toBe('acme-oauth')
  expect(using(useProfiles).list.map(({ name }) => name)).toContain('acme')
  expect(workspace.tellsMissing).toBe(true)
  workspace.leaveMissing()
  expect(workspace.tellsMissing).toBe(false)
})

it('stays where it is when a folder cannot be opened', async () => {
  const workspace = storesOver(createFakeEngine())(useWorkspace)
  await workspace.load()
  const problem = await workspace.open('/srv/empty').catch(toProblem)
  expect(problem).toMatchObject({ code: 'file-invalid' })
  expect(workspace.name).toBe('My workspace')
  await workspace.open('/srv/empty', true)
  expect(workspace.name).toBe('empty')
})

it.each([
  ['/srv/acme', 'acme'],
  ['/srv/acme/', 'acme'],
  ['C:\\work\\acme', 'acme'],
  ['/', '/'],
])('the name of %s is %s', (folder, name) => expect(folderNameOf(folder)).toBe(name))
