import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Registration } from '../../contract/registration.ts'
import { createRegistrationStore } from './create-registration-store.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-registrations-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function registration(id: string, change: Partial<Registration> = {}): Registration {
  return {
    id,
    isOwn: true,
    vendor: 'rfc7592',
    issuer: 'https://as.test',
    profile: null,
    client_id: `client-${id}`,
    title: id,
    registeredAt: '2026-01-01T00:00:00.000Z',
    state: 'registered',
    profiles: [],
    ...change,
  }
}

const fileOf = (id: string) => join(folder, 'registrations', `${id}.json`)

test('what is saved comes back, newest first, in files that only their owner reads', async () => {
  const store = createRegistrationStore(folder)
  expect(await store.list()).toEqual([])
  await store.save(registration('a0'))
  await store.save(registration('b0', { registeredAt: '2026-02-01T00:00:00.000Z' }))
  expect((await store.list()).map(({ id }) => id)).toEqual(['b0', 'a0'])
  expect(await createRegistrationStore(folder).get('a0')).toEqual(registration('a0'))
  expect((await stat(fileOf('a0'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'registrations'))).mode & 0o777).toBe(0o700)
})

test('of several of one client the one that is not gone is found', async () => {
  const store = createRegistrationStore(folder)
  const same = { client_id: 'c' }
  await store.save(registration('a0', same))
  await store.save(registration('b0', { ...same, state: 'gone', registeredAt: '2026-02-01T00:00:00.000Z' }))
  expect(await store.find('https://as.test', 'c')).toMatchObject({ id: 'a0' })
  await store.change('a0', (now) => ({ ...now, state: 'gone' }))
  expect(await store.find('https://as.test', 'c')).toMatchObject({ id: 'b0' })
  expect(await store.find('https://other.test', 'c')).toBeUndefined()
})

test('changes of one come one after the other, over several stores of the same folder', async () => {
  const stores = Array.from({ length: 4 }, () => createRegistrationStore(folder))
  await stores[0]!.save(registration('a0'))
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      stores[index % 4]!.change('a0', (now) => ({ ...now, profiles: [...now.profiles, `p${index}`] })),
    ),
  )
  const { profiles } = await stores[0]!.get('a0')
  expect(profiles.toSorted()).toEqual(Array.from({ length: 20 }, (_, index) => `p${index}`).sort())
})

test('a change may leave it, and of what is not there nothing is made', async () => {
  const store = createRegistrationStore(folder)
  await store.save(registration('a0'))
  expect(await store.change('a0', () => undefined)).toEqual(registration('a0'))
  expect(await store.change('b0', (now) => now)).toBeUndefined()
  expect([await store.remove('a0'), await store.remove('a0')]).toEqual([true, false])
})

test.each([
  ['cut', '{"version":1,"id":"a0","isOwn":true'],
  ['of another shape', '{"version":1,"id":5}'],
  ['with a client that is none', JSON.stringify({ version: 1, ...registration('a0'), client: { client_id: 5 } })],
  ['without a version', JSON.stringify(registration('a0'))],
  ['of a later version', JSON.stringify({ version: 2, ...registration('a0') })],
])('a file that is %s is left as it is and left out', async (_what, text) => {
  await mkdir(join(folder, 'registrations'))
  await writeFile(fileOf('a0'), text)
  const store = createRegistrationStore(folder)
  await store.save(registration('b0'))
  expect((await store.list()).map(({ id }) => id)).toEqual(['b0'])
  await expect(store.get('a0')).rejects.toMatchObject({ problem: { code: 'registration-not-found' } })
  expect(await store.change('a0', (now) => now)).toBeUndefined()
  expect(await store.remove('a0')).toBe(false)
  expect(await readFile(fileOf('a0'), 'utf8')).toBe(text)
})

test('a file of a later version is not written over', async () => {
  await mkdir(join(folder, 'registrations'))
  await writeFile(fileOf('a0'), JSON.stringify({ version: 2 }))
  await expect(createRegistrationStore(folder).save(registration('a0'))).rejects.toMatchObject({
    problem: { code: 'file-newer' },
  })
})

test.each(['../settings', 'a/b', '', 'A0', 'x'.repeat(65)])('SECURITY: %j names no file', async (id) => {
  const store = createRegistrationStore(folder)
  await writeFile(join(folder, 'settings.json'), '{"version":1}')
  const wanted = { problem: { code: 'registration-not-found' } }
  await expect(store.get(id)).rejects.toMatchObject(wanted)
  await expect(store.save(registration(id))).rejects.toMatchObject(wanted)
  expect(await store.remove(id)).toBe(false)
  expect(await readdir(folder)).toContain('settings.json')
})

test('a disk that refuses is told', async () => {
  await writeFile(join(folder, 'registrations'), 'no folder')
  await expect(createRegistrationStore(folder).save(registration('a0'))).rejects.toMatchObject({
    problem: { code: 'data-folder-failed', detail: expect.stringContaining('The list of registrations') },
  })
})
