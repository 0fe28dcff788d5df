import { access, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { builtInProfiles } from './built-in-profiles.ts'
import { createHome, problemOfWork, profileParameters } from './testing/workspace-fixture.ts'
import { createWorkspace } from './workspace.ts'

let home: Awaited<ReturnType<typeof createHome>>
let time: number
beforeEach(async () => {
  home = await createHome()
  time = Date.parse('2026-11-20T12:00:00Z')
})
afterEach(() => home.remove())

const at = (name: string) => join(home.home, name)
const recentFile = () => join(home.ports.dataFolder, 'workspaces.json')

/** A workspace as a host makes it that was started outside of any, a window or the command line. */
function start(reopensWorkspace: boolean) {
  const { workspaceFolder: _named, ...ports } = home.ports
  const clock = { now: () => time, monotonic: () => 0 }
  return createWorkspace({
    ports: { ...ports, clock, reopensWorkspace },
    parameters: profileParameters,
    secrets: home.secrets,
  })
}

async function makeWorkspace(name: string): Promise<string> {
  await mkdir(at(name), { recursive: true })
  await writeFile(join(at(name), 'grantlab.yaml'), 'version: 1\n')
  return at(name)
}

test('another folder is used at once, and remembered for the next window', async () => {
  const a = await makeWorkspace('a')
  const b = await makeWorkspace('b')
  const workspace = start(true)
  expect(await workspace.facts()).toEqual({
    folder: join(home.ports.dataFolder, 'workspace'),
    dataFolder: home.ports.dataFolder,
    isOwn: true,
    recent: [],
  })
  await workspace.open(a, false)
  await workspace.saveProfile({ name: 'dev', values: {} })
  expect(await readdir(join(a, 'profiles'))).toEqual(['dev.yaml'])
  time += 1000
  const facts = await workspace.open('../b', false)
  expect(facts).toMatchObject({ folder: b, isOwn: false })
  expect(facts.recent).toEqual([
    { folder: b, openedAt: '2026-11-20T12:00:01.000Z' },
    { folder: a, openedAt: '2026-11-20T12:00:01.000Z' },
  ])
  expect(await workspace.listProfiles()).toHaveLength(builtInProfiles.length)
  expect(await start(true).folder()).toBe(b)
  expect(await start(false).folder()).toBe(join(home.ports.dataFolder, 'workspace'))
})

test('a workspace found upward wins over the one opened last', async () => {
  await start(true).open(await makeWorkspace('a'), false)
  await writeFile(join(home.ports.workingFolder, 'grantlab.yaml'), 'version: 1\n')
  expect(await start(true).folder()).toBe(home.ports.workingFolder)
})

test('a folder without grantlab.yaml is opened only when it is to be made one', async () => {
  await mkdir(at('plain'))
  const workspace = start(false)
  const found = await problemOfWork(workspace.open(at('plain'), false))
  expect(found).toMatchObject({ code: 'file-invalid', detail: expect.stringContaining('there is no grantlab.yaml') })
  expect(await readdir(at('plain'))).toEqual([])
  await expect(access(recentFile())).rejects.toThrow('ENOENT')
  expect((await workspace.open(at('plain'), true)).folder).toBe(at('plain'))
  expect(await readFile(join(at('plain'), 'grantlab.yaml'), 'utf8')).toContain('version: 1')
  expect((await workspace.open(at('new'), true)).folder).toBe(at('new'))
  expect(await problemOfWork(workspace.open(at('none/new'), true))).toMatchObject({ code: 'file-invalid' })
})

test('the own workspace needs no file and is made by nobody', async () => {
  const workspace = start(true)
  await workspace.open(await makeWorkspace('a'), false)
  const own = join(home.ports.dataFolder, 'workspace')
  expect(await workspace.open(own, false)).toMatchObject({ folder: own, isOwn: true })
  await expect(access(own)).rejects.toThrow('ENOENT')
  expect(await start(true).folder()).toBe(own)
})

test.each<[string, () => Promise<string>, boolean]>([
  ['a NUL', async () => 'a\0b', true],
  ['a very long path', async () => `/${'x/'.repeat(5000)}`, true],
  ['a very long name', async () => `/${'x'.repeat(300)}`, true],
  ['a folder that is not there', async () => at('none'), false],
  ['dots that lead nowhere', async () => '../../../../../../none-here', false],
  ['a file', async () => (await writeFile(at('file'), ''), at('file')), true],
  ['below a file', async () => (await writeFile(at('file'), ''), at('file/x')), true],
  ['links in a circle', async () => (await symlink('loop', at('loop')), at('loop')), true],
  ['a disk that takes nothing', async () => '/proc/grantlab', true],
  ['a folder of such a disk', async () => '/proc/self', true],
])('%s is refused, and the workspace stays the one it was', async (_case, make, create) => {
  const a = await makeWorkspace('a')
  const workspace = start(false)
  await workspace.open(a, false)
  const found = await problemOfWork(workspace.open(await make(), create))
  expect(['file-invalid', 'data-folder-failed']).toContain(found.code)
  expect(await workspace.folder()).toBe(a)
  expect((await workspace.facts()).recent.map(({ folder }) => folder)).toEqual([a])
})

test('a workspace of a newer Grantlab opens, says so, and takes nothing', async () => {
  await mkdir(at('next'))
  await writeFile(at('next/grantlab.yaml'), 'version: 7\n')
  const workspace = start(false)
  expect(await workspace.open(at('next'), false)).toMatchObject({ problem: { code: 'file-newer' } })
  expect(await workspace.listProfiles()).toHaveLength(builtInProfiles.length)
  expect(await problemOfWork(workspace.saveProfile({ name: 'x', values: {} }))).toMatchObject({ code: 'file-newer' })
  expect(await readdir(at('next'))).toEqual(['grantlab.yaml'])
})

test('folders that are gone are not listed, remembered for a month, and not opened by themselves', async () => {
  const a = await makeWorkspace('a')
  const b = await makeWorkspace('b')
  await start(false).open(b, false)
  await start(false).open(a, false)
  await rename(a, at('elsewhere'))
  expect((await start(false).facts()).recent.map(({ folder }) => folder)).toEqual([b])
  expect(await start(true).folder()).toBe(join(home.ports.dataFolder, 'workspace'))
  await start(false).open(b, false)
  expect(await readFile(recentFile(), 'utf8')).toContain(JSON.stringify(a))
  time += 31 * 86_400_000
  await start(false).open(b, false)
  expect(await readFile(recentFile(), 'utf8')).not.toContain(JSON.stringify(a))
})

test('at most 20 are remembered, each once', async () => {
  const workspace = start(false)
  for (let count = 0; count < 25; count++) await workspace.open(await makeWorkspace(`w${count % 23}`), false)
  const { recent } = await workspace.facts()
  expect(recent).toHaveLength(20)
  expect(recent.slice(0, 3).map(({ folder }) => folder)).toEqual([at('w1'), at('w0'), at('w22')])
})

test.each([
  ['broken', '{"version": 1, "workspaces": ['],
  ['newer', '{"version": 2, "workspaces": [], "more": 1}'],
  ['foreign', '[]'],
])('a list that is %s stays as it is, and opening works', async (_case, text) => {
  await mkdir(home.ports.dataFolder)
  await writeFile(recentFile(), text)
  const workspace = start(true)
  const a = await makeWorkspace('a')
  expect(await workspace.open(a, false)).toMatchObject({ folder: a, recent: [] })
  expect(await readFile(recentFile(), 'utf8')).toBe(text)
})

test('entries that are none are passed over, and unknown fields stay', async () => {
  await mkdir(home.ports.dataFolder)
  const a = await makeWorkspace('a')
  const workspaces = [1, { folder: 'relative', openedAt: '2026-01-01T00:00:00Z' }, { folder: a }, null]
  await writeFile(recentFile(), JSON.stringify({ version: 1, more: { x: 1 }, workspaces }))
  expect((await start(false).facts()).recent).toEqual([])
  await start(false).open(a, false)
  expect(JSON.parse(await readFile(recentFile(), 'utf8'))).toMatchObject({
    more: { x: 1 },
    workspaces: expect.arrayContaining([expect.objectContaining({ folder: a })]),
  })
})

test('a data folder that takes nothing does not keep a workspace from opening', async () => {
  await rm(home.ports.dataFolder, { recursive: true, force: true })
  await writeFile(home.ports.dataFolder, 'a file')
  const a = await makeWorkspace('a')
  expect(await start(false).open(a, false)).toMatchObject({ folder: a, recent: [] })
})
