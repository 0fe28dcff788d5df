import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ParameterValues } from '../../contract/description.ts'
import { createHome, problemOfWork } from './testing/workspace-fixture.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

const clear = 's3cr3t-VALUE'

/** Reads a profile of this text and answers its problem; the marked secret must not be anywhere in it. */
async function problemOf(text: string | Uint8Array) {
  await home.writeProfile('acme', text)
  const found = await problemOfWork(home.workspace.resolveProfile('acme'))
  expect(JSON.stringify(found)).not.toContain(clear)
  expect(found.place?.file).toBe(home.profilePath('acme'))
  const { line, column, pointer } = found.place ?? {}
  return { code: found.code, detail: found.detail, whatToDo: found.whatToDo?.join(' '), at: [line, column, pointer] }
}

test('a literal secret is refused with its place and what to write instead', async () => {
  const found = await problemOf(`version: 1\nissuer: https://a.test\nclient_secret: ${clear}\n`)
  expect(found).toMatchObject({ code: 'secret-in-file', at: [3, 16, '/client_secret'] })
  expect(found.detail).toContain('acme.yaml:3:16: A secret stands in clear: client_secret.')
  expect(found.whatToDo).toContain('client_secret: {secret: my_secret}')
})

test.each([
  ['number', 'client_secret: 12345678', '/client_secret'],
  ['wrong reference', `client_secret: {secret: acme, value: ${clear}}`, '/client_secret'],
  ['reference that is no name', `client_secret: {secret: "a b ${clear}"}`, '/client_secret'],
  ['list', `password: [${clear}]`, '/password'],
  ['block text', `password: |\n  ${clear}\n`, '/password'],
  ['pair with a secret name', `token_parameters: [[client_secret, ${clear}]]`, '/token_parameters'],
  ['pair in capitals', `authorization_parameters:\n  - [Refresh_Token, ${clear}]`, '/authorization_parameters'],
  ['password in an address', `issuer: https://me:${clear}@a.test`, '/issuer'],
  ['secret in a query', `resource: ["https://a.test/?access_token=${clear}"]`, '/resource'],
])('a secret in clear is seen as %s', async (_case, line, pointer) => {
  expect(await problemOf(`version: 1\n${line}\n`)).toMatchObject({
    code: 'secret-in-file',
    at: [expect.any(Number), expect.any(Number), pointer],
  })
})

test.each<[string, string, [number?, number?, string?], RegExp]>([
  ['unknown name', `version: 1\nclientid: ${clear}`, [2, 1, '/clientid'], /Is client_id meant\?/],
  [
    'unknown name, nothing near',
    `version: 1\nzzzzzzzzzz: ${clear}`,
    [2, 1, '/zzzzzzzzzz'],
    /There are: title, production, users, issuer/,
  ],
  ['__proto__', 'version: 1\n__proto__: {a: 1}', [2, 1, '/__proto__'], /no parameter/],
  ['number for a text', 'version: 1\nclient_id: 12345', [2, 12, '/client_id'], /must be a text/],
  ['text for an integer', `version: 1\nmax_age: ${clear}`, [2, 10, '/max_age'], /whole number/],
  ['below the minimum', 'version: 1\nmax_age: -1', [2, 10, '/max_age'], /whole number/],
  ['no address', `version: 1\nissuer: ${clear}`, [2, 9, '/issuer'], /absolute address/],
  ['no choice', `version: 1\nclient_auth: ${clear}`, [2, 14, '/client_auth'], /auto, none/],
  [
    'pairs as a mapping',
    `version: 1\ntoken_parameters: {client_secret: ${clear}}`,
    [2, 19, '/token_parameters'],
    /list of/,
  ],
  ['list of mappings', `version: 1\nresource: [{a: ${clear}}]`, [2, 11, '/resource'], /list of texts/],
  ['name twice', `version: 1\nscope: a\nscope: ${clear}`, [3, 1, '/scope'], /stands here twice/],
  ['title is a list', 'version: 1\ntitle: [a]', [2, 8, '/title'], /title must be a text/],
  ['no version', 'issuer: https://a.test', [1, 1, '/version'], /version: 1/],
  ['version as text', 'version: "1"', [1, 10, '/version'], /version: 1/],
  ['version 0', 'version: 0', [1, 10, '/version'], /version: 1/],
  ['empty', '', [1, 1, ''], /begin with version: 1/],
  ['a list', `- ${clear}`, [1, 1, ''], /begin with version: 1/],
  ['a text', clear, [1, 1, ''], /begin with version: 1/],
  ['open quote', `version: 1\nclient_secret: "${clear}\n`, [3, 1], /missing/],
  ['text after a quote', `version: 1\nscope: "a"${clear}`, [2, 11], /YAML/],
  ['second colon', `version: 1\nscope: a: ${clear}`, [2, 8], /second "name: value"/],
  ['tab', `version: 1\nscope:\n\t- ${clear}`, [3, 1], /tab/],
  ['two documents', `version: 1\n---\nscope: ${clear}`, [2, 1], /second document/],
  ['unknown tag', `version: 1\nscope: !secret ${clear}`, [2, 8], /tag/],
  ['unknown alias', 'version: 1\nscope: *nowhere', [2, 8, '/scope'], /alias/],
  ['name that is a list', 'version: 1\n? [a]\n: 1', [2, 3], /plain text/],
])('%s is a clear problem with its place', async (...[, text, at, detail]) => {
  const found = await problemOf(text)
  expect(found.code).toBe('file-invalid')
  expect(found.detail).toMatch(detail)
  expect(found.at).toEqual([at[0], at[1], at[2]])
})

test('an alias bomb and deep nesting end at once', async () => {
  const letters = 'abcdefghi'.split('')
  const bomb = letters
    .map(
      (letter, index) =>
        `${letter}: &${letter} [${Array(9)
          .fill(index === 0 ? 'x' : `*${letters[index - 1]}`)
          .join()}]`,
    )
    .join('\n')
  expect(await problemOf(`version: 1\n${bomb}`)).toMatchObject({ code: 'file-invalid', at: [5, 7, '/d'] })
  expect(
    await problemOf(`version: 1\nx0: &a [x,x,x,x,x,x,x,x,x,x]\nscope: [${Array(500).fill('*a').join()}]`),
  ).toMatchObject({
    code: 'file-invalid',
  })
  expect(await problemOf(`version: 1\nscope: ${'['.repeat(100_000)}`)).toMatchObject({ code: 'file-invalid' })
})

test('an alias that is used within reason is read', async () => {
  await home.writeProfile('acme', 'version: 1\nissuer: &here https://a.test\nredirect_uri: *here\n')
  expect((await home.workspace.resolveProfile('acme')).values.redirect_uri).toBe('https://a.test')
  // The anchor would go, the alias stay: nothing is written.
  const save = home.workspace.saveProfile({ name: 'acme', values: { redirect_uri: 'https://a.test' }, replace: true })
  expect(await problemOfWork(save)).toMatchObject({ code: 'file-invalid' })
  expect((await home.workspace.resolveProfile('acme')).values.issuer).toBe('https://a.test')
})

test('files that are no UTF-8 or too large are refused', async () => {
  const latin = Buffer.from(`version: 1\ntitle: caf\u00e9\n`, 'latin1')
  expect(await problemOf(latin)).toMatchObject({ code: 'file-invalid', at: [2, 11, undefined] })
  expect((await problemOf(Buffer.from('\uFEFFversion: 1', 'utf16le'))).detail).toContain('UTF-16')
  const large = `version: 1\n# ${'x'.repeat(1_048_576)}`
  expect((await problemOf(large)).detail).toContain('larger than 1048576 bytes')
})

test('many names are read in a bearable time', async () => {
  const text = `version: 1\n${Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n')}`
  expect(await problemOf(text)).toMatchObject({ code: 'file-invalid', at: [2, 1, '/k0'] })
})

test.each<[string, ParameterValues, string]>([
  ['an unknown name', { clientid: 'x' }, 'parameter-unknown'],
  ['a prototype', JSON.parse('{"__proto__": {"issuer": "x"}}') as ParameterValues, 'parameter-unknown'],
  ['a wrong type', { max_age: 'soon' }, 'parameter-invalid'],
  ['a clear secret', { client_secret: clear }, 'secret-in-file'],
  ['a clear secret in a pair', { token_parameters: [['client_secret', clear]] }, 'secret-in-file'],
  ['a clear password in a proxy', { proxy: `me:${clear}@proxy.test:3128` }, 'secret-in-file'],
])('values with %s are not saved', async (_case, values, code) => {
  const found = await problemOfWork(home.workspace.saveProfile({ name: 'acme', values }))
  expect(found.code).toBe(code)
  expect(JSON.stringify(found)).not.toContain(clear)
  expect(await problemOfWork(home.workspace.resolveProfile('acme'))).toMatchObject({ code: 'profile-not-found' })
})

test('a title is one line', async () => {
  for (const title of ['a\nb', 'x'.repeat(201)]) {
    const found = await problemOfWork(home.workspace.saveProfile({ name: 'acme', title, values: {} }))
    expect(found.code).toBe('parameter-invalid')
  }
})
