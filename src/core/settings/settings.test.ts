import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ParameterValues } from '../../contract/description.ts'
import { usualSettings } from '../../contract/settings.ts'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import { settingDescriptions } from './setting-descriptions.ts'
import { createSettings, settingsPathOf } from './settings.ts'

let folder: string
let path: string
const open = () => createSettings({ dataFolder: join(folder, 'data'), workingFolder: folder })
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-settings-'))
  path = settingsPathOf(join(folder, 'data'))
})
afterEach(() => rm(folder, { recursive: true }))

async function put(text: string): Promise<void> {
  await mkdir(join(folder, 'data'), { recursive: true })
  await writeFile(path, text)
}

test('every setting is described once, with its usual value', () => {
  const described = Object.fromEntries(settingDescriptions.map(({ name, default: usual }) => [name, usual]))
  expect(described).toEqual(usualSettings)
})

test('without a file the usual values count, and reading makes none', async () => {
  expect(await open().show()).toEqual(usualSettings)
  await expect(stat(join(folder, 'data'))).rejects.toThrow('ENOENT')
})

test('what is saved is found by the next process, nobody else may read it, and the rest stays', async () => {
  await put('{"version": 1, "history_days": 7, "from_elsewhere": {"a": [1]}}')
  const settings = open()
  expect(await settings.save({ theme: 'dark', proxy: 'http://p.test:3128' })).toEqual({
    ...usualSettings,
    theme: 'dark',
    proxy: 'http://p.test:3128',
    history_days: 7,
  })
  expect(await open().read()).toEqual(await settings.read())
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
    version: 1,
    history_days: 7,
    from_elsewhere: { a: [1] },
    theme: 'dark',
    proxy: 'http://p.test:3128',
  })
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await settings.save({ proxy: '', theme: null })).proxy).toBe('')
  expect((await settings.read()).theme).toBe('system')
})

test('a change by another process is seen by the next reading', async () => {
  const [one, other] = [open(), open()]
  expect((await one.read()).history_runs).toBe(1000)
  for (const history_runs of [1, 2, 3]) {
    await other.save({ history_runs })
    expect((await one.read()).history_runs).toBe(history_runs)
  }
  await rm(path)
  expect(await one.read()).toEqual(usualSettings)
})

test('saves at once, by one process or several, lose nothing', async () => {
  const [one, other] = [open(), open()]
  const values: ParameterValues[] = [{ theme: 'dark' }, { history_days: 1 }, { history_runs: 2 }]
  for (const value of values) await one.save(value)
  await Promise.all(Array.from({ length: 10 }, (_, index) => one.save({ history_runs: index + 1 })))
  expect(await other.read()).toMatchObject({ theme: 'dark', history_days: 1, history_runs: 10 })
})

test('a path of certificates is made a whole one', async () => {
  await open().save({ ca_file: 'corp.pem' })
  expect((await open().read()).ca_file).toBe(join(folder, 'corp.pem'))
})

test.each<[string, ParameterValues, string]>([
  ['an unknown name', { colour: 'red' }, 'parameter-unknown'],
  ['a prototype', JSON.parse('{"__proto__": {"theme": "dark"}}') as ParameterValues, 'parameter-unknown'],
  ['a wrong choice', { theme: 'purple' }, 'parameter-invalid'],
  ['too few runs', { history_runs: 0 }, 'parameter-invalid'],
  ['a text for a number', { history_days: '7' }, 'parameter-invalid'],
  ['credentials in a proxy', { proxy: 'http://me:s3cr3t@p.test:3128' }, 'parameter-invalid'],
  ['a user in a proxy', { proxy: 'http://s3cr3t@p.test' }, 'parameter-invalid'],
  ['another scheme', { proxy: 'socks5://s3cr3t.test' }, 'parameter-invalid'],
  ['a path in a proxy', { proxy: 'http://p.test/s3cr3t' }, 'parameter-invalid'],
  ['a query in a proxy', { proxy: 'http://p.test?s3cr3t' }, 'parameter-invalid'],
  ['no address', { proxy: 's3cr3t' }, 'parameter-invalid'],
  ['a proxy of several lines', { proxy: 'http://p.test\ns3cr3t' }, 'parameter-invalid'],
  ['a very long proxy', { proxy: `http://${'s3cr3t'.repeat(2000)}` }, 'parameter-invalid'],
  ['a NUL in a path', { ca_file: '/s3cr3t\0' }, 'parameter-invalid'],
])('%s is refused and nothing is written', async (_case, values, code) => {
  const found = await problemOfWork(open().save({ history_days: 3, ...values }))
  expect(found.code).toBe(code)
  expect(JSON.stringify(found)).not.toContain('s3cr3t')
  await expect(stat(path)).rejects.toThrow('ENOENT')
})

test.each<[string, string, object]>([
  ['half a file', '{"version": 1,\n  "theme": "da', { line: 2 }],
  ['no JSON', 'theme: dark', {}],
  ['a list', '[]', { line: 1 }],
  ['no version', '{"theme": "dark"}', { pointer: '/version' }],
  ['a version that is none', '{"version": "1"}', { pointer: '/version' }],
  ['nothing', '', { line: 1, column: 1 }],
])('of %s the usual values count, it is said, and the file stays', async (_case, text, place) => {
  await put(text)
  const settings = open()
  expect(await settings.show()).toMatchObject({
    ...usualSettings,
    problem: { code: 'file-invalid', place: { file: path, ...place } },
  })
  expect(await settings.read()).toEqual(usualSettings)
  expect(await problemOfWork(settings.save({ theme: 'dark' }))).toMatchObject({ code: 'file-invalid' })
  expect(await readFile(path, 'utf8')).toBe(text)
  await rm(path)
  expect(await settings.save({ theme: 'dark' })).toEqual({ ...usualSettings, theme: 'dark' })
})

test('a value that does not fit counts as usual until it is set again; the others count', async () => {
  await put('{"version": 1, "theme": "dark", "proxy": "http://me:s3cr3t@p.test", "history_days": -1}')
  const facts = await open().show()
  expect(facts).toMatchObject({
    ...usualSettings,
    theme: 'dark',
    problem: { code: 'file-invalid', place: { file: path, pointer: '/proxy' } },
  })
  expect(JSON.stringify(facts)).not.toContain('s3cr3t')
  expect(await open().save({ proxy: '', history_days: 0 })).toEqual({
    ...usualSettings,
    theme: 'dark',
    history_days: 0,
  })
})

test('a file of a newer Grantlab is read and left as it is', async () => {
  const text = '{"version": 2, "theme": "light", "future": true}'
  await put(text)
  expect(await open().show()).toMatchObject({ theme: 'light', problem: { code: 'file-newer', place: { file: path } } })
  expect(await problemOfWork(open().save({ theme: 'dark' }))).toMatchObject({ code: 'file-newer' })
  expect(await readFile(path, 'utf8')).toBe(text)
})

test('a folder, links in a circle and a disk that takes nothing are told', async () => {
  await mkdir(path, { recursive: true })
  expect(await open().show()).toMatchObject({ problem: { code: 'file-invalid' } })
  expect(await problemOfWork(open().save({ theme: 'dark' }))).toMatchObject({ code: 'file-invalid' })
  await rm(path, { recursive: true })
  await symlink('settings.json', path)
  expect(await open().show()).toMatchObject({ ...usualSettings, problem: { code: 'file-invalid' } })
  const readOnly = createSettings({ dataFolder: '/proc/grantlab', workingFolder: folder })
  expect(await readOnly.show()).toEqual(usualSettings)
  expect(await problemOfWork(readOnly.save({ theme: 'dark' }))).toMatchObject({ code: 'data-folder-failed' })
})
