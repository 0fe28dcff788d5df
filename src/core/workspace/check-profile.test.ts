import { afterEach, beforeEach, expect, test } from 'vitest'
import { acme, createHome, problemOfWork } from './testing/workspace-fixture.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

/** Places and codes of what is wrong with a text. */
async function check(text: string) {
  const problems = await home.workspace.checkProfile('acme', text)
  return problems.map(({ code, place }) => [code, place?.line, place?.column, place?.pointer])
}

test('a text without a problem has none, with comments, byte order mark and all', async () => {
  expect(await check(acme)).toEqual([])
})

test('everything wrong is told at once, in the order of the file', async () => {
  const text = `issuer: nowhere
clientid: x
client_secret: clear
scope: [a]
users:
  - {password: clear}
  - {username: a, colour: red}
scope: twice
`
  expect(await check(text)).toEqual([
    ['file-invalid', 1, 1, '/version'],
    ['file-invalid', 1, 9, '/issuer'],
    ['file-invalid', 2, 1, '/clientid'],
    ['secret-in-file', 3, 16, '/client_secret'],
    ['file-invalid', 4, 8, '/scope'],
    ['file-invalid', 6, 5, '/users/0'],
    ['secret-in-file', 6, 16, '/users/0/password'],
    ['file-invalid', 7, 27, '/users/1/colour'],
    ['file-invalid', 8, 1, '/scope'],
  ])
})

test('the grammar comes with what is wrong before it, and nothing that follows from it', async () => {
  expect(await check('clientid: x\nissuer: "https://a.test\n')).toEqual([
    ['file-invalid', 1, 1, '/clientid'],
    ['file-invalid', 3, 1, undefined],
  ])
  expect(await check('')).toEqual([['file-invalid', 1, 1, '']])
  expect(await check('- a')).toEqual([['file-invalid', 1, 1, '']])
})

test('of a newer file only that is said', async () => {
  expect(await check('version: 2\nfuture: {a: 1}\nissuer: 1\n')).toEqual([['file-newer', 1, 10, '/version']])
})

test('at most 50 problems are answered, in a bearable time', async () => {
  const text = `version: 1\n${Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n')}`
  expect(await check(text)).toHaveLength(50)
  const quotes = `version: 1\n${'a: "b"c\n'.repeat(5_000)}`
  expect(await check(quotes)).toHaveLength(50)
  expect(await check('x'.repeat(1_048_577))).toEqual([['file-invalid', undefined, undefined, undefined]])
})

test('it agrees with the reader: what has no problem can be read, what has one cannot', async () => {
  for (const text of [
    acme,
    `${acme}\nclientid: x`,
    'version: 1',
    'version: 1\nscope: *a',
    '{',
    'version: 1\nusers: [1]',
  ]) {
    await home.writeProfile('acme', text)
    const problems = await home.workspace.checkProfile('acme', text)
    expect(await home.workspace.checkProfile('acme')).toEqual(problems)
    if (problems.length === 0) await home.workspace.resolveProfile('acme')
    else expect(problems).toContainEqual(await problemOfWork(home.workspace.resolveProfile('acme')))
  }
})

test('without a text the file is checked, also one that is no text', async () => {
  expect(await problemOfWork(home.workspace.checkProfile('acme'))).toMatchObject({ code: 'profile-not-found' })
  await home.writeProfile('acme', Buffer.from('version: 1\ntitle: caf\u00e9', 'latin1'))
  expect(await home.workspace.checkProfile('acme')).toMatchObject([{ code: 'file-invalid', place: { line: 2 } }])
  for (const name of ['playground', '../x', 'A']) {
    expect(await problemOfWork(home.workspace.checkProfile(name, acme))).toMatchObject({ code: 'parameter-invalid' })
  }
})
