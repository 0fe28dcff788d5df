import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { builtInProfiles } from './built-in-profiles.ts'
import { acme, createHome, playgroundAccess, problemOfWork, profileParameters } from './testing/workspace-fixture.ts'
import { createWorkspace } from './workspace.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

test('a profile file is read with its title and values', async () => {
  await home.writeProfile('acme', acme)
  expect(await home.workspace.resolveProfile('acme')).toEqual({
    name: 'acme',
    title: 'Acme',
    values: {
      issuer: 'https://login.acme.test',
      client_id: 'app-1',
      client_secret: { secret: 'acme_prod' },
      scope: 'openid profile',
    },
  })
})

test('the workspace is found upward from the working folder, else in the data folder', async () => {
  const { workspaceFolder: _named, ...ports } = home.ports
  const options = { parameters: profileParameters, secrets: home.secrets }
  const own = createWorkspace({ ports, ...options })
  expect(await own.folder()).toBe(join(ports.dataFolder, 'workspace'))
  await own.saveProfile({ name: 'dev', values: {} })
  expect((await stat(ports.dataFolder)).mode & 0o777).toBe(0o700)
  const deep = join(ports.workingFolder, 'a', 'b')
  await mkdir(deep, { recursive: true })
  await writeFile(join(ports.workingFolder, 'grantlab.yaml'), 'version: 1\n')
  // A folder of that name marks nothing.
  await mkdir(join(deep, 'grantlab.yaml'))
  const upward = createWorkspace({ ports: { ...ports, workingFolder: deep }, ...options })
  expect(await upward.folder()).toBe(ports.workingFolder)
  const file = createWorkspace({ ports: { ...ports, workspaceFolder: 'grantlab.yaml' }, ...options })
  expect(await problemOfWork(file.folder())).toMatchObject({ code: 'file-invalid' })
})

test('the playground profile always exists, and starts the playground only when it is resolved', async () => {
  let starts = 0
  const playground = async () => {
    starts++
    return playgroundAccess
  }
  const { secrets } = home
  const workspace = createWorkspace({ ports: { ...home.ports, playground }, parameters: profileParameters, secrets })
  const [first, second] = await workspace.listProfiles()
  expect(first).toMatchObject({ name: 'playground', title: 'Playground', builtIn: true })
  expect(first).not.toHaveProperty('vendor')
  expect(second).toMatchObject({ name: 'telnyx-emulator', vendor: 'telnyx' })
  expect(starts).toBe(0)
  const profile = await workspace.resolveProfile('playground')
  expect(profile).toMatchObject({
    builtIn: true,
    values: { issuer: playgroundAccess.issuer, client_id: 'public', redirect_uri: 'http://127.0.0.1:0/callback' },
    users: [
      { username: 'alice', title: 'Alice', password: { secret: 'playground_user_alice' } },
      { username: 'bob', title: 'Bob', password: { secret: 'playground_user_bob' } },
    ],
  })
  expect(JSON.stringify(profile)).not.toContain('clear-')
  const other = await workspace.resolveProfile('playground', { client_id: 'confidential-post' })
  expect(other.values.client_secret).toEqual({ secret: 'playground_confidential_post' })
  expect(await problemOfWork(home.workspace.resolveProfile('playground'))).toMatchObject({ code: 'playground-failed' })
})

test('a file profile named playground is refused and told', async () => {
  for (const work of [
    home.workspace.saveProfile({ name: 'playground', values: {}, replace: true }),
    home.workspace.deleteProfile('playground'),
  ]) {
    expect(await problemOfWork(work)).toMatchObject({ code: 'parameter-invalid' })
  }
  await home.writeProfile('playground', acme)
  const [builtIn, , file] = await home.workspace.listProfiles()
  expect(builtIn).toMatchObject({ name: 'playground', builtIn: true })
  expect(file).toMatchObject({ name: 'playground.yaml', builtIn: false, problem: { code: 'file-invalid' } })
})

test('a missing profile is answered with those there are and the nearest', async () => {
  await home.writeProfile('acme-prod', acme)
  const found = await problemOfWork(home.workspace.resolveProfile('acme-prd'))
  expect(found).toMatchObject({ code: 'profile-not-found' })
  expect(found.detail).toContain('playground, telnyx-emulator, acme-prod')
  expect(found.whatToDo?.[0]).toBe('Is acme-prod meant?')
})

const hostileNames = [
  '../x',
  'a/b',
  'a\\b',
  '..',
  '.',
  '',
  '.hidden',
  'A',
  'con',
  'nul.prod',
  'com1',
  'x.',
  'a b',
  'ä',
  'x'.repeat(65),
  '-x',
  'a\0b',
]

test.each(hostileNames)('%j is no profile name', async (name) => {
  for (const work of [
    home.workspace.resolveProfile(name),
    home.workspace.saveProfile({ name, values: {} }),
    home.workspace.deleteProfile(name),
  ]) {
    expect(await problemOfWork(work)).toMatchObject({ code: 'parameter-invalid' })
  }
  expect(await readdir(home.home)).toEqual(['work'])
})

test('broken files are listed with their problem beside good ones; hidden ones are not', async () => {
  await home.writeProfile('good', acme)
  await home.writeProfile('bad', 'version: 1\nissuer: [')
  await home.writeProfile('con', acme)
  await home.writeProfile('Upper', acme)
  await home.writeProfile('.half', 'x')
  await writeFile(join(home.home, 'team', 'profiles', 'other.yml'), acme)
  await writeFile(join(home.home, 'team', 'profiles', 'notes.txt'), 'x')
  await mkdir(home.profilePath('folder'))
  const listed = await home.workspace.listProfiles()
  expect(listed.map(({ name, problem }) => [name, problem?.code])).toEqual([
    ['playground', undefined],
    ['telnyx-emulator', undefined],
    ['Upper.yaml', 'file-invalid'],
    ['bad', 'file-invalid'],
    ['con.yaml', 'file-invalid'],
    ['folder', 'file-invalid'],
    ['good', undefined],
    ['other.yml', 'file-invalid'],
  ])
  expect(listed.find(({ name }) => name === 'good')).toEqual({
    name: 'good',
    title: 'Acme',
    issuer: 'https://login.acme.test',
    builtIn: false,
    production: false,
    missingSecrets: ['acme_prod'],
  })
})

test('links out of the workspace are neither read nor written nor deleted through', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'grantlab-outside-'))
  await writeFile(join(outside, 'mine.yaml'), acme)
  await mkdir(join(home.home, 'team', 'profiles'), { recursive: true })
  await symlink(join(outside, 'mine.yaml'), home.profilePath('link'))
  await symlink('link2.yaml', home.profilePath('link2'))
  expect(await problemOfWork(home.workspace.resolveProfile('link'))).toMatchObject({ code: 'file-invalid' })
  expect(await problemOfWork(home.workspace.resolveProfile('link2'))).toMatchObject({ code: 'file-invalid' })
  const save = home.workspace.saveProfile({ name: 'link', values: {}, replace: true })
  expect(await problemOfWork(save)).toMatchObject({ code: 'file-invalid' })
  await symlink(outside, join(home.home, 'team2'))
  const second = createWorkspace({
    ports: { ...home.ports, workspaceFolder: join(home.home, 'evil') },
    parameters: profileParameters,
    secrets: home.secrets,
  })
  await mkdir(join(home.home, 'evil'))
  await symlink(outside, join(home.home, 'evil', 'profiles'))
  for (const work of [second.saveProfile({ name: 'new', values: {} }), second.deleteProfile('mine')]) {
    expect(await problemOfWork(work)).toMatchObject({ code: 'file-invalid' })
  }
  expect(await readdir(outside)).toEqual(['mine.yaml'])
  expect(await readFile(join(outside, 'mine.yaml'), 'utf8')).toBe(acme)
})

test('a link within the workspace is followed, and an edit writes what it points to', async () => {
  await home.writeProfile('real', acme)
  await symlink('real.yaml', home.profilePath('alias'))
  await home.workspace.saveProfile({ name: 'alias', values: { issuer: 'https://new.test' }, replace: true })
  expect((await home.workspace.resolveProfile('real')).values.issuer).toBe('https://new.test')
  expect(await readFile(home.profilePath('alias'), 'utf8')).toBe(await readFile(home.profilePath('real'), 'utf8'))
})

test('a named pipe does not hold the list up', async () => {
  await home.writeProfile('good', acme)
  await promisify(execFile)('mkfifo', [home.profilePath('pipe')])
  expect((await home.workspace.listProfiles()).find(({ name }) => name === 'pipe')).toMatchObject({
    problem: { code: 'file-invalid' },
  })
})

test('a workspace copied to a second home needs one secret there', async () => {
  await home.writeProfile('acme', acme)
  await home.ports.vault.set('acme_prod', 'from-first-home')
  const second = await createHome()
  try {
    await cp(join(home.home, 'team'), join(second.home, 'team'), { recursive: true })
    const profile = await second.workspace.resolveProfile('acme')
    expect(profile).toEqual(await home.workspace.resolveProfile('acme'))
    expect((await second.workspace.listProfiles())[builtInProfiles.length]).toMatchObject({
      missingSecrets: ['acme_prod'],
    })
    expect(await problemOfWork(second.secrets.resolve(['acme_prod']))).toMatchObject({ code: 'secret-missing' })
    await second.ports.vault.set('acme_prod', 'typed-once')
    expect((await second.workspace.listProfiles())[builtInProfiles.length]).toMatchObject({ missingSecrets: [] })
    expect((await second.secrets.resolve(['acme_prod'])).get('acme_prod')?.value).toBe('typed-once')
  } finally {
    await second.remove()
  }
})
