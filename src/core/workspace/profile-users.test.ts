import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestUser } from '../../contract/profile.ts'
import { builtInProfiles } from './built-in-profiles.ts'
import { createHome, problemOfWork } from './testing/workspace-fixture.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

const clear = 's3cr3t-VALUE'
const text = `version: 1
production: true # real people
issuer: https://a.test
# who signs in
users:
  - username: bob # nobody knows Bob's password
  # the one with everything
  - {username: alice, title: Alice A., password: {secret: alice_pw}}
`

test('production and test users are read; a title left out is the user name', async () => {
  await home.writeProfile('acme', text)
  expect(await home.workspace.resolveProfile('acme')).toEqual({
    name: 'acme',
    title: 'acme',
    production: true,
    values: { issuer: 'https://a.test' },
    users: [
      { username: 'bob', title: 'bob' },
      { username: 'alice', title: 'Alice A.', password: { secret: 'alice_pw' } },
    ],
  })
  expect((await home.workspace.listProfiles())[builtInProfiles.length]).toMatchObject({
    production: true,
    missingSecrets: ['alice_pw'],
  })
  expect(await home.workspace.secretUse()).toEqual(new Map([['alice_pw', ['acme']]]))
})

test('what is not given stays as it was, comments too', async () => {
  await home.writeProfile('acme', text)
  await home.workspace.saveProfile({ name: 'acme', values: { issuer: 'https://b.test' }, replace: true })
  expect(await readFile(home.profilePath('acme'), 'utf8')).toBe(text.replace('a.test', 'b.test'))
})

test('a change of users keeps those that stay as they stand, with their comments', async () => {
  await home.writeProfile('acme', text)
  const users: TestUser[] = [
    { username: 'carol', title: '' },
    { username: 'alice', title: 'Alice B.', password: { secret: 'alice_pw' } },
    { username: 'bob', title: 'bob' },
  ]
  const values = { issuer: 'https://a.test' }
  const saved = await home.workspace.saveProfile({ name: 'acme', values, users, production: false, replace: true })
  expect(await readFile(home.profilePath('acme'), 'utf8')).toBe(`version: 1
issuer: https://a.test
# who signs in
users:
  - {username: carol}
  # the one with everything
  - {username: alice, title: Alice B., password: {secret: alice_pw}}
  - username: bob # nobody knows Bob's password
`)
  expect(await home.workspace.resolveProfile('acme')).toEqual(saved)
  await home.workspace.saveProfile({ name: 'acme', values, users: [], replace: true })
  expect(await readFile(home.profilePath('acme'), 'utf8')).not.toContain('users')
})

test('a new profile is written with both', async () => {
  const users: TestUser[] = [{ username: 'no', title: '', password: { secret: 'p' } }]
  const saved = await home.workspace.saveProfile({ name: 'new', values: {}, production: true, users })
  expect(await home.workspace.resolveProfile('new')).toEqual(saved)
  expect(saved).toEqual({
    name: 'new',
    title: 'new',
    production: true,
    values: {},
    users: [{ username: 'no', title: 'no', password: { secret: 'p' } }],
  })
})

test.each<[string, string, [number, number, string], string, RegExp]>([
  [
    'a clear password',
    `users: [{username: a, password: ${clear}}]`,
    [2, 33, '/users/0/password'],
    'secret-in-file',
    /./,
  ],
  [
    'a reference with more',
    `users: [{username: a, password: {secret: b, v: ${clear}}}]`,
    [2, 33, '/users/0/password'],
    'secret-in-file',
    /./,
  ],
  ['a number as name', 'users:\n  - username: 12345', [3, 15, '/users/0/username'], 'file-invalid', /one line/],
  [
    'an unknown name',
    `users: [{username: a, pasword: ${clear}}]`,
    [2, 32, '/users/0/pasword'],
    'file-invalid',
    /There are: username/,
  ],
  ['no name', 'users: [{title: A}]', [2, 9, '/users/0'], 'file-invalid', /no username/],
  ['a text', `users: [${clear}]`, [2, 9, '/users/0'], 'file-invalid', /\{username: NAME\}/],
  ['a mapping', `users: {alice: ${clear}}`, [2, 8, '/users'], 'file-invalid', /must be a list/],
  ['the same twice', 'users: [{username: a}, {username: a}]', [2, 35, '/users/1/username'], 'file-invalid', /twice/],
  ['too many', `users: [${'{username: a}, '.repeat(101)}]`, [2, 8, '/users'], 'file-invalid', /at most 100/],
  ['production as text', 'production: "yes"', [2, 13, '/production'], 'file-invalid', /true or false/],
])('users with %s are a problem with its place', async (...[, line, at, code, detail]) => {
  await home.writeProfile('acme', `version: 1\n${line}\n`)
  const found = await problemOfWork(home.workspace.resolveProfile('acme'))
  expect(found.code).toBe(code)
  expect(found.detail).toMatch(detail)
  expect([found.place?.line, found.place?.column, found.place?.pointer]).toEqual(at)
  expect(JSON.stringify(found)).not.toContain(clear)
})

test.each<[string, unknown, string]>([
  ['a clear password', [{ username: 'a', title: '', password: clear }], 'secret-in-file'],
  ['no list', { username: clear }, 'parameter-invalid'],
  ['a long name', [{ username: clear.repeat(40), title: '' }], 'parameter-invalid'],
])('users with %s are not saved', async (_case, users, code) => {
  const found = await problemOfWork(home.workspace.saveProfile({ name: 'a', values: {}, users: users as TestUser[] }))
  expect(found.code).toBe(code)
  expect(JSON.stringify(found)).not.toContain(clear)
})

test.each([
  ['a header with credentials', `headers: [[Authorization, "Bearer ${clear}"]]`],
  ['a cookie', `headers: [[cookie, "a=${clear}"]]`],
  ['a password in the proxy address', `proxy: http://me:${clear}@p.test:3128`],
  ['one in a proxy address without its scheme', `proxy: me:${clear}@p.test:3128`],
  ['a private key', `ca_file: |\n  -----BEGIN RSA PRIVATE KEY-----\n  ${clear}`],
])('%s in clear is refused', async (_case, line) => {
  await home.writeProfile('acme', `version: 1\n${line}\n`)
  const found = await problemOfWork(home.workspace.resolveProfile('acme'))
  expect(found.code).toBe('secret-in-file')
  expect(JSON.stringify(found)).not.toContain(clear)
})
