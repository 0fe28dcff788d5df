import { mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acme, createHome, playgroundAccess, problemOfWork, profileParameters } from './testing/workspace-fixture.ts'
import { createWorkspace } from './workspace.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

const windows = `\uFEFF${acme.replaceAll('\n', '\r\n')}`
const onDisk = (name: string) => readFile(home.profilePath(name), 'utf8')
const files = () => readdir(join(home.home, 'team', 'profiles'))

test.each([acme, windows])('the bytes stay the same under the new name', async (text) => {
  await home.writeProfile('acme', text)
  const copy = await home.workspace.duplicateProfile('acme', 'copy')
  expect(copy).toEqual({ ...(await home.workspace.resolveProfile('acme')), name: 'copy' })
  expect(await onDisk('copy')).toBe(text)
  expect(await home.workspace.renameProfile('acme', 'new')).toMatchObject({ name: 'new', title: 'Acme' })
  expect(await onDisk('new')).toBe(text)
  expect(await files()).toEqual(['copy.yaml', 'new.yaml'])
})

test('a name that is taken is refused, whatever its file holds', async () => {
  await home.writeProfile('acme', acme)
  await home.writeProfile('taken', 'broken: [')
  for (const to of ['taken', 'acme']) {
    expect(await problemOfWork(home.workspace.renameProfile('acme', to))).toMatchObject({ code: 'profile-exists' })
    expect(await problemOfWork(home.workspace.duplicateProfile('acme', to))).toMatchObject({ code: 'profile-exists' })
  }
  expect(await onDisk('taken')).toBe('broken: [')
  expect(await onDisk('acme')).toBe(acme)
})

test('of renames at once to one name exactly one wins, and no profile is lost', async () => {
  const names = ['a', 'b', 'c', 'd']
  for (const name of names) await home.writeProfile(name, acme.replace('app-1', name))
  const others = names.map(() =>
    createWorkspace({ ports: home.ports, parameters: profileParameters, secrets: home.secrets }),
  )
  const settled = await Promise.allSettled(names.map((name, index) => others[index]!.renameProfile(name, 'one')))
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const texts = await Promise.all((await files()).map((file) => onDisk(file.slice(0, -5))))
  expect(new Set(texts.map((text) => /client_id: (.)/.exec(text)?.[1]))).toEqual(new Set(names))
  expect(texts).toHaveLength(names.length)
})

test('a broken or newer file keeps its name and says why', async () => {
  await home.writeProfile('bad', 'version: 1\n\tissuer: x')
  await home.writeProfile('next', 'version: 2')
  expect(await problemOfWork(home.workspace.renameProfile('bad', 'x'))).toMatchObject({
    code: 'file-invalid',
    place: { line: 2 },
  })
  expect(await problemOfWork(home.workspace.renameProfile('next', 'x'))).toMatchObject({ code: 'file-newer' })
  expect(await problemOfWork(home.workspace.duplicateProfile('none', 'x'))).toMatchObject({ code: 'profile-not-found' })
  expect(await files()).toEqual(['bad.yaml', 'next.yaml'])
})

test.each(['../x', 'A', '', 'a\0b', 'con', 'x'.repeat(5000), 'playground'])('%j is no new name', async (to) => {
  await home.writeProfile('acme', acme)
  expect(await problemOfWork(home.workspace.renameProfile('acme', to))).toMatchObject({ code: 'parameter-invalid' })
  expect(await problemOfWork(home.workspace.duplicateProfile('acme', to))).toMatchObject({ code: 'parameter-invalid' })
  expect(await files()).toEqual(['acme.yaml'])
})

test('nothing is written through a folder that leads out of the workspace', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'grantlab-outside-'))
  try {
    await home.writeProfile('acme', acme)
    await rm(join(home.home, 'team', 'profiles'), { recursive: true })
    await symlink(outside, join(home.home, 'team', 'profiles'))
    for (const work of [home.workspace.renameProfile('acme', 'x'), home.workspace.duplicateProfile('acme', 'x')]) {
      expect((await problemOfWork(work)).code).toMatch(/file-invalid|profile-not-found/)
    }
    expect(await readdir(outside)).toEqual([])
  } finally {
    await rm(outside, { recursive: true })
  }
})

test('a copy of the playground is a profile like any other; itself it keeps its name', async () => {
  const ports = { ...home.ports, playground: async () => playgroundAccess }
  const workspace = createWorkspace({ ports, parameters: profileParameters, secrets: home.secrets })
  const copy = await workspace.duplicateProfile('playground', 'mine')
  expect(copy).toMatchObject({
    name: 'mine',
    values: { issuer: playgroundAccess.issuer },
    users: [{ username: 'alice' }, { username: 'bob' }],
  })
  expect(await workspace.resolveProfile('mine')).toEqual(copy)
  expect(await onDisk('mine')).not.toContain('clear-')
  expect(await problemOfWork(workspace.renameProfile('playground', 'x'))).toMatchObject({ code: 'parameter-invalid' })
})
