import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acme, createHome, problemOfWork } from './testing/workspace-fixture.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

const onDisk = (name = 'acme') => readFile(home.profilePath(name), 'utf8')

test('a whole text is written and read again', async () => {
  const written = await home.workspace.writeProfile({ name: 'acme', text: acme, was: '' })
  expect(written).toEqual(await home.workspace.resolveProfile('acme'))
  expect(await onDisk()).toBe(acme)
  expect(await home.workspace.profileSource('acme')).toEqual({
    name: 'acme',
    file: home.profilePath('acme'),
    text: acme,
  })
})

test('a file that was changed meanwhile is not written over', async () => {
  await home.workspace.writeProfile({ name: 'acme', text: acme })
  const { text } = await home.workspace.profileSource('acme')
  await home.writeProfile('acme', `${acme}max_age: 1\n`)
  const write = { name: 'acme', text: `${acme}max_age: 2\n` }
  expect(await problemOfWork(home.workspace.writeProfile({ ...write, was: text }))).toMatchObject({
    code: 'file-changed',
  })
  expect(await problemOfWork(home.workspace.writeProfile({ ...write, was: '' }))).toMatchObject({
    code: 'profile-exists',
  })
  expect(await onDisk()).toBe(`${acme}max_age: 1\n`)
  await home.workspace.writeProfile(write)
  expect(await onDisk()).toBe(`${acme}max_age: 2\n`)
  expect(await problemOfWork(home.workspace.writeProfile({ ...write, name: 'none', was: 'x' }))).toMatchObject({
    code: 'file-changed',
  })
})

test('byte order mark, Windows line ends and mode of a file stay', async () => {
  const windows = `\uFEFF${acme.replaceAll('\n', '\r\n')}`
  await home.writeProfile('acme', windows)
  await chmod(home.profilePath('acme'), 0o640)
  const { text } = await home.workspace.profileSource('acme')
  expect(text).toBe(acme)
  await home.workspace.writeProfile({
    name: 'acme',
    text: text.replace('app-1', 'app-2'),
    was: text.replaceAll('\n', '\r\n'),
  })
  expect(await onDisk()).toBe(windows.replace('app-1', 'app-2'))
  expect((await stat(home.profilePath('acme'))).mode & 0o777).toBe(0o640)
})

test.each([
  ['broken', 'version: 1\n\tissuer: x', 'file-invalid'],
  ['half done', 'version: 1\nissu: ', 'file-invalid'],
  ['with a clear secret', 'version: 1\nclient_secret: s3cr3t-VALUE', 'secret-in-file'],
  ['newer', 'version: 2', 'file-newer'],
  ['empty', '', 'file-invalid'],
])('a text that is %s is refused with its problem, and the file stays', async (_case, text, code) => {
  await home.writeProfile('acme', acme)
  const found = await problemOfWork(home.workspace.writeProfile({ name: 'acme', text }))
  expect(found).toMatchObject({ code, place: { file: home.profilePath('acme') } })
  expect(JSON.stringify(found)).not.toContain('s3cr3t')
  expect(await onDisk()).toBe(acme)
})

test('a broken file can be opened and mended; one of a newer Grantlab only opened', async () => {
  await home.writeProfile('acme', 'version: 1\n\tissuer: x')
  const { text } = await home.workspace.profileSource('acme')
  expect(text).toBe('version: 1\n\tissuer: x')
  await home.workspace.writeProfile({ name: 'acme', text: acme, was: text })
  expect(await onDisk()).toBe(acme)
  await home.writeProfile('acme', 'version: 2\nfuture: 1\n')
  expect((await home.workspace.profileSource('acme')).text).toBe('version: 2\nfuture: 1\n')
  expect(await problemOfWork(home.workspace.writeProfile({ name: 'acme', text: acme }))).toMatchObject({
    code: 'file-newer',
  })
})

test.each([
  ['a good file with Windows line ends', `\uFEFF${acme.replaceAll('\n', '\r\n')}`],
  ['a broken file', 'version: 1\r\n\tissuer: x'],
])('%s that was deleted comes back as it was', async (_case, text) => {
  await home.writeProfile('acme', text)
  const deleted = await home.workspace.deleteProfile('acme')
  expect(deleted).toBe(text)
  expect(await problemOfWork(home.workspace.profileSource('acme'))).toMatchObject({ code: 'profile-not-found' })
  await home.workspace.writeProfile({ name: 'acme', text: deleted, was: '' })
  expect(await onDisk()).toBe(text)
  expect(await problemOfWork(home.workspace.writeProfile({ name: 'acme', text: deleted, was: '' }))).toMatchObject({
    code: 'profile-exists',
  })
})

test('a broken text comes back under the name it had only', async () => {
  await home.writeProfile('acme', 'version: 1\n\tissuer: x')
  const text = await home.workspace.deleteProfile('acme')
  expect(await problemOfWork(home.workspace.writeProfile({ name: 'other', text }))).toMatchObject({
    code: 'file-invalid',
  })
})

test('the playground, names that are none and links outside are refused', async () => {
  for (const name of ['playground', '../x', 'A', 'a\0b', 'x'.repeat(5000)]) {
    expect(await problemOfWork(home.workspace.writeProfile({ name, text: acme }))).toMatchObject({
      code: 'parameter-invalid',
    })
    expect(await problemOfWork(home.workspace.profileSource(name))).toMatchObject({ code: 'parameter-invalid' })
  }
  await home.writeProfile('acme', acme)
  await symlink('/etc/hosts', home.profilePath('outside'))
  await symlink('loop.yaml', home.profilePath('loop'))
  for (const name of ['outside', 'loop']) {
    expect(await problemOfWork(home.workspace.profileSource(name))).toMatchObject({ code: 'file-invalid' })
    expect(await problemOfWork(home.workspace.writeProfile({ name, text: acme }))).toMatchObject({
      code: 'file-invalid',
    })
  }
})
