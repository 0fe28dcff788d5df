import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHome, playgroundAccess, problemOfWork, profileParameters } from './testing/workspace-fixture.ts'
import { createWorkspace } from './workspace.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

const acme = `# Acme, production
version: 1
title: Acme
issuer: https://login.acme.test # the tenant of the team

# asked for in the portal
client_id: app-1
client_secret: {secret: acme_prod}
scope: openid profile
`

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
  expect(await home.workspace.listProfiles()).toHaveLength(1)
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
  expect((await workspace.listProfiles())[0]).toMatchObject({ name: 'playground', title: 'Playground', builtIn: true })
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
  const [builtIn, file] = await home.workspace.listProfiles()
  expect(builtIn).toMatchObject({ name: 'playground', builtIn: true })
  expect(file).toMatchObject({ name: 'playground.yaml', builtIn: false, problem: { code: 'file-invalid' } })
})

test('a missing profile is answered with those there are and the nearest', async () => {
  await home.writeProfile('acme-prod', acme)
  const found = await problemOfWork(home.workspace.resolveProfile('acme-prd'))
  expect(found).toMatchObject({ code: 'profile-not-found' })
  expect(found.detail).toContain('playground, acme-prod')
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

test('a newer file is listed with its problem and stays as it is', async () => {
  const newer = 'version: 2\nissuer: https://a.test\nfuture: {x: 1}\n'
  await home.writeProfile('next', newer)
  expect((await home.workspace.listProfiles())[1]).toMatchObject({ name: 'next', problem: { code: 'file-newer' } })
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

test('a workspace copied to a second home needs one secret there', async () => {
  await home.writeProfile('acme', acme)
  await home.ports.vault.set('acme_prod', 'from-first-home')
  const second = await createHome()
  try {
    await cp(join(home.home, 'team'), join(second.home, 'team'), { recursive: true })
    const profile = await second.workspace.resolveProfile('acme')
    expect(profile).toEqual(await home.workspace.resolveProfile('acme'))
    expect((await second.workspace.listProfiles())[1]).toMatchObject({ missingSecrets: ['acme_prod'] })
    expect(await problemOfWork(second.secrets.resolve(['acme_prod']))).toMatchObject({ code: 'secret-missing' })
    await second.ports.vault.set('acme_prod', 'typed-once')
    expect((await second.workspace.listProfiles())[1]).toMatchObject({ missingSecrets: [] })
    expect(await second.secrets.resolve(['acme_prod'])).toEqual(new Map([['acme_prod', 'typed-once']]))
  } finally {
    await second.remove()
  }
})
