import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import type { FileKind } from './file-versions.ts'
import { makeFolder } from './make-folder.ts'
import { readVersionedFile } from './read-versioned-file.ts'

/** A kind that has been through two changes. */
const kind: FileKind = {
  title: 'a made-up thing',
  version: 3,
  versionOf: (text) => Number(/^v(\d)/.exec(text)?.[1] ?? NaN) || undefined,
  migrations: {
    1: (text) => text.replace('v1', 'v2').replace('colour', 'color'),
    2: (text) => text.replace('v2', 'v3').replace('color', 'hue'),
  },
}

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-versions-'))
  path = join(folder, 'thing')
})
afterEach(() => rm(folder, { recursive: true }))

test('an older file is copied, then migrated step by step, in its own manner', async () => {
  const old = '\uFEFFv1\r\ncolour\r\n'
  await writeFile(path, old)
  await chmod(path, 0o640)
  expect(await readVersionedFile(path, kind)).toMatchObject({ text: 'v3\nhue\n', raw: '\uFEFFv3\r\nhue\r\n' })
  expect(await readFile(path, 'utf8')).toBe('\uFEFFv3\r\nhue\r\n')
  expect(await readFile(`${path}.v1`, 'utf8')).toBe(old)
  expect((await stat(path)).mode & 0o777).toBe(0o640)
  expect(await readdir(folder)).toEqual(['thing', 'thing.v1'])
})

test('a copy that is there stays: it is the older one', async () => {
  await writeFile(path, 'v2\ncolor')
  await writeFile(`${path}.v2`, 'first')
  await readVersionedFile(path, kind)
  expect(await readFile(`${path}.v2`, 'utf8')).toBe('first')
  expect(await readFile(path, 'utf8')).toBe('v3\nhue')
})

test.each(['v3\nhue', 'v4\nfuture', 'v0\n', 'no version'])('%j is not touched', async (text) => {
  await writeFile(path, text)
  expect((await readVersionedFile(path, kind))?.raw).toBe(text)
  expect(await readdir(folder)).toEqual(['thing'])
})

test('many readers at once migrate it once', async () => {
  await writeFile(path, 'v1\ncolour')
  const read = await Promise.all(Array.from({ length: 8 }, () => readVersionedFile(path, kind)))
  expect(new Set(read.map((file) => file?.text))).toEqual(new Set(['v3\nhue']))
  expect(await readFile(path, 'utf8')).toBe('v3\nhue')
  expect(await readFile(`${path}.v1`, 'utf8')).toBe('v1\ncolour')
})

test('where nothing can be written it is migrated for the reader only', async () => {
  const cmdline: FileKind = {
    ...kind,
    versionOf: () => 1,
    migrations: { 1: () => 'two', 2: (text) => `${text}, three` },
  }
  const file = await readVersionedFile('/proc/self/comm', cmdline)
  expect(file?.text).toBe('two, three')
})

test('no file is undefined', async () => {
  expect(await readVersionedFile(path, kind)).toBeUndefined()
})

test('folders are made, and a disk that takes none says so at once', async () => {
  await makeFolder(join(folder, 'a/b/c'), 0o700)
  await makeFolder(join(folder, 'a/b/c'))
  expect((await stat(join(folder, 'a/b'))).mode & 0o777).toBe(0o700)
  await writeFile(path, '')
  await expect(makeFolder(path)).rejects.toMatchObject({ code: 'ENOTDIR' })
  await expect(makeFolder('/proc/none/below')).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await problemOfWork(readVersionedFile(folder, kind))).toMatchObject({ code: 'file-invalid' })
})
