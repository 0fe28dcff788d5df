import { chmod, mkdir, readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { builtInProfiles } from './built-in-profiles.ts'
import { acme, createHome, problemOfWork, profileParameters } from './testing/workspace-fixture.ts'
import { createWorkspace } from './workspace.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

test('a byte order mark and Windows line ends are read, and kept by an edit', async () => {
  await home.writeProfile('acme', `\uFEFF${acme.replaceAll('\n', '\r\n')}`)
  const { values } = await home.workspace.resolveProfile('acme')
  expect(values.scope).toBe('openid profile')
  await home.workspace.saveProfile({ name: 'acme', values: { ...values, scope: 'openid' }, replace: true })
  const text = await readFile(home.profilePath('acme'), 'utf8')
  expect(text).toBe(`\uFEFF${acme.replace('openid profile', 'openid').replaceAll('\n', '\r\n')}`)
})

test('an edit keeps comments, order, mode and what did not change', async () => {
  await home.writeProfile('acme', acme)
  await chmod(home.profilePath('acme'), 0o640)
  const profile = await home.workspace.saveProfile({
    name: 'acme',
    title: 'Acme: "live" #1',
    values: {
      scope: 'openid email',
      issuer: 'https://login2.acme.test',
      client_secret: { secret: 'acme_prod' },
      client_id: 'app-1',
      authorization_parameters: [['kc_idp_hint', 'google']],
      resource: ['https://api.acme.test', 'https://b.acme.test'],
      max_age: 0,
    },
    replace: true,
  })
  expect(await readFile(home.profilePath('acme'), 'utf8')).toBe(`# Acme, production
version: 1
title: 'Acme: "live" #1'
issuer: https://login2.acme.test # the tenant of the team

# asked for in the portal
client_id: app-1
client_secret: {secret: acme_prod}
scope: openid email
resource:
  - https://api.acme.test
  - https://b.acme.test
max_age: 0
authorization_parameters:
  - [kc_idp_hint, google]
`)
  expect((await stat(home.profilePath('acme'))).mode & 0o777).toBe(0o640)
  expect(await home.workspace.resolveProfile('acme')).toEqual(profile)
})

test('what is not among the saved values leaves the file, and an empty title too', async () => {
  await home.writeProfile('acme', acme)
  const values = { issuer: 'https://login.acme.test', client_id: '', scope: null, resource: [] }
  const profile = await home.workspace.saveProfile({ name: 'acme', title: '', values, replace: true })
  expect(profile).toEqual({ name: 'acme', title: 'acme', values: { issuer: 'https://login.acme.test' } })
  expect(await readFile(home.profilePath('acme'), 'utf8')).not.toMatch(/title|client_id|scope/)
})

test('texts that look like something else in YAML come back as texts', async () => {
  for (const text of [
    'no',
    '007',
    '1e3',
    'null',
    '~',
    '- a',
    'a: b',
    '# c',
    '"q"',
    "it's",
    ' x ',
    'ü€',
    '*a',
    '{}',
    'a\nb',
  ]) {
    await home.workspace.saveProfile({ name: 'p', values: { client_id: text }, replace: true })
    expect((await home.workspace.resolveProfile('p')).values.client_id).toBe(text)
  }
})

test('the first write makes the workspace; a new profile never writes over one', async () => {
  expect(await home.workspace.listProfiles()).toHaveLength(builtInProfiles.length)
  await expect(stat(join(home.home, 'team'))).rejects.toThrow('ENOENT')
  await home.workspace.saveProfile({ name: 'dev', values: { issuer: 'https://a.test' } })
  expect(await readFile(join(home.home, 'team', 'grantlab.yaml'), 'utf8')).toContain('version: 1')
  const refused = home.workspace.saveProfile({ name: 'dev', values: { issuer: 'https://b.test' } })
  expect(await problemOfWork(refused)).toMatchObject({
    code: 'profile-exists',
    detail: 'There is a profile dev already.',
  })
  expect((await home.workspace.resolveProfile('dev')).values.issuer).toBe('https://a.test')
})

test('a newer file is listed with its problem and stays as it is', async () => {
  const newer = 'version: 2\nissuer: https://a.test\nfuture: {x: 1}\n'
  await home.writeProfile('next', newer)
  expect((await home.workspace.listProfiles())[builtInProfiles.length]).toMatchObject({
    name: 'next',
    problem: { code: 'file-newer' },
  })
  for (const work of [
    home.workspace.resolveProfile('next'),
    home.workspace.saveProfile({ name: 'next', values: {}, replace: true }),
    home.workspace.deleteProfile('next'),
  ]) {
    expect(await problemOfWork(work)).toMatchObject({
      code: 'file-newer',
      place: { file: home.profilePath('next'), line: 1, column: 10, pointer: '/version' },
    })
  }
  expect(await readFile(home.profilePath('next'), 'utf8')).toBe(newer)
})

test('nothing is written into a workspace of a newer Grantlab', async () => {
  await mkdir(join(home.home, 'team'))
  await writeFile(join(home.home, 'team', 'grantlab.yaml'), 'version: 7\n')
  const save = home.workspace.saveProfile({ name: 'dev', values: {} })
  expect(await problemOfWork(save)).toMatchObject({ code: 'file-newer' })
  expect(await readdir(join(home.home, 'team'))).toEqual(['grantlab.yaml'])
})

test('a broken file is not written over, and can be deleted', async () => {
  await home.writeProfile('bad', 'version: 1\n\tissuer: x')
  const save = home.workspace.saveProfile({ name: 'bad', values: {}, replace: true })
  expect(await problemOfWork(save)).toMatchObject({ code: 'file-invalid', place: { line: 2 } })
  expect(await readFile(home.profilePath('bad'), 'utf8')).toBe('version: 1\n\tissuer: x')
  await home.workspace.deleteProfile('bad')
  expect(await problemOfWork(home.workspace.deleteProfile('bad'))).toMatchObject({ code: 'profile-not-found' })
})

test('of saves at once, by one or several workspaces, exactly one makes the profile', async () => {
  const workspaces = Array.from({ length: 4 }, () =>
    createWorkspace({ ports: home.ports, parameters: profileParameters, secrets: home.secrets }),
  )
  const saves = Array.from({ length: 24 }, (_, index) =>
    workspaces[index % 4]!.saveProfile({ name: 'one', values: { client_id: `c${index}` } }),
  )
  const settled = await Promise.allSettled(saves)
  const won = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(won).toHaveLength(1)
  expect(await home.workspace.resolveProfile('one')).toEqual(won[0])
  for (const one of settled) {
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ problem: { code: 'profile-exists' } })
  }
})

test('changes at once in one workspace come one after the other', async () => {
  await home.writeProfile('acme', acme)
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      home.workspace.saveProfile({ name: 'acme', values: { client_id: `c${index}` }, replace: true }),
    ),
  )
  const text = await readFile(home.profilePath('acme'), 'utf8')
  expect(text).toContain('client_id: c9')
  expect(text).toContain('# Acme, production')
  expect(await readdir(join(home.home, 'team', 'profiles'))).toEqual(['acme.yaml'])
})

test('what a killed writer left behind is taken away by a later write, fresh ones of others are not', async () => {
  await home.writeProfile('acme', acme)
  const folder = join(home.home, 'team', 'profiles')
  const [old, fresh] = ['0123456789abcdef', 'fedcba9876543210'].map((id) => join(folder, `.acme.yaml.${id}.tmp`))
  await writeFile(old!, 'half')
  await writeFile(fresh!, 'half')
  await utimes(old!, 1_000_000, 1_000_000)
  await home.workspace.saveProfile({ name: 'acme', values: {}, replace: true })
  expect(await readdir(folder)).toEqual(['.acme.yaml.fedcba9876543210.tmp', 'acme.yaml'])
})

test('a folder that cannot be written is a clear problem', async () => {
  await mkdir(join(home.home, 'team'))
  await writeFile(join(home.home, 'team', 'profiles'), 'a file')
  const save = home.workspace.saveProfile({ name: 'dev', values: {} })
  expect(await problemOfWork(save)).toMatchObject({ code: 'data-folder-failed' })
})
