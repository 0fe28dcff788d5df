import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ParameterValues } from '../contract/description.ts'
import type { ProblemError } from '../core/index.ts'
import type { CliProcess } from './cli-process.ts'
import { withTexts } from './read-texts.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-texts-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const multiline = (name: string) => ({ name, title: name, type: 'multiline' as const, hint: 'A text.' })
const read = (values: Record<string, string>, stdin: Buffer | string = '') =>
  withTexts(
    { stdin: Readable.from([Buffer.from(stdin)]), interrupted: new AbortController().signal } as unknown as CliProcess,
    Object.keys(values).map(multiline),
    values,
  )
const fileOf = async (content: Buffer | string) => {
  const path = join(folder, 'body')
  await writeFile(path, content)
  return `@${path}`
}

it('takes a text as it is, from a file or from stdin, with its line ends', async () => {
  expect(await read({ body: 'plain' })).toEqual({ body: 'plain' })
  expect(await read({ body: '@@home' })).toEqual({ body: '@home' })
  expect(await read({ body: await fileOf('a\nü\n') })).toEqual({ body: 'a\nü\n' })
  expect(await read({ body: '-' }, 'from stdin\n')).toEqual({ body: 'from stdin\n' })
})

it('refuses what is not there, no text, too long, or stdin twice', async () => {
  const refusal = (detail: RegExp) => ({
    problem: { code: 'parameter-invalid', detail: expect.stringMatching(detail) as string },
  })
  await expect(read({ body: `@${join(folder, 'none')}` })).rejects.toMatchObject(refusal(/--body names .*ENOENT/))
  await expect(read({ body: `@${folder}` })).rejects.toMatchObject(refusal(/EISDIR/))
  await expect(read({ body: await fileOf(Buffer.from([0xff, 0xfe, 0x00])) })).rejects.toMatchObject(refusal(/UTF-8/))
  await expect(read({ body: '-' }, Buffer.alloc(1024 * 1024 + 1, 97))).rejects.toMatchObject(refusal(/1048576 bytes/))
  await expect(read({ body: '-', other_body: '-' })).rejects.toMatchObject(refusal(/--body and --other-body/))
})

it.runIf(process.platform !== 'win32')('reads until it is cancelled from a pipe that nobody writes into', async () => {
  const path = join(folder, 'pipe')
  spawnSync('/bin/sh', ['-c', 'mkfifo "$0"', path])
  const interruption = new AbortController()
  const cli = { interrupted: interruption.signal } as unknown as CliProcess
  const reading = withTexts(cli, [multiline('body')], { body: `@${path}` })
  interruption.abort()
  await expect(reading).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  // Its opening ends with a writer, so that no thread of this test stays behind.
  await writeFile(path, '')
})

describe('what a file holds', () => {
  const token = {
    name: 'token',
    title: 'Token',
    type: 'secret',
    hint: 'A token.',
    required: true,
    fromFile: true,
  } as const
  const keys = { name: 'jwks', title: 'Keys', type: 'multiline', hint: 'Keys.', fromFile: true } as const
  const fileName = { name: 'name', title: 'Name', type: 'text', hint: 'The name.' } as const
  const take = (values: ParameterValues, stdin: Buffer | string = '', isTTY = false) =>
    withTexts(
      {
        stdin: Object.assign(Readable.from([Buffer.from(stdin)]), { isTTY }),
        stderr: { isTTY: false, write: () => undefined },
        interrupted: new AbortController().signal,
      } as unknown as CliProcess,
      [token, keys, fileName],
      values,
    )
  const path = async (content: Buffer | string) => (await fileOf(content)).slice(1)

  it('is read from the file, from stdin where - is said, and from stdin where nothing is', async () => {
    const file = await path('from a file\n')
    expect(await take({ token: { file } })).toEqual({ token: 'from a file\n', name: 'body' })
    expect(await take({ token: { file: '-' } }, 'piped')).toEqual({ token: 'piped' })
    expect(await take({}, 'piped')).toEqual({ token: 'piped' })
    expect(await take({ token: { file }, name: 'mine' })).toMatchObject({ name: 'mine' })
  })

  it('may come from elsewhere: a value of the environment or a reference stays', async () => {
    expect(await take({ token: '@not a file' })).toEqual({ token: '@not a file' })
    expect(await take({ token: { secret: 'name' } })).toEqual({ token: { secret: 'name' } })
  })

  it('is read as Windows shells write it, too', async () => {
    const utf16 = Buffer.from('\ufefftoken ü', 'utf16le')
    expect(await take({ token: { file: await path(utf16) } })).toMatchObject({ token: 'token ü' })
    expect(await take({ token: { file: await path(utf16.swap16()) } })).toMatchObject({ token: 'token ü' })
    expect(await take({ token: { file: await path('\ufefftoken') } })).toMatchObject({ token: 'token' })
  })

  it('is pasted on a terminal, over several lines, up to Ctrl+D and without what was taken back', async () => {
    expect(await take({}, 'curl \\\r -H ü\u007fx\u0004 not this', true)).toEqual({ token: 'curl \\\n -H x' })
    await expect(take({}, 'abc\u0003', true)).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  })

  it('of keys may be named without @, and is taken as it is where it is no name', async () => {
    const file = await path('{"keys":[]}')
    for (const jwks of [file, `@${file}`])
      expect(await take({ token: 't', jwks })).toMatchObject({ jwks: '{"keys":[]}' })
    expect(await take({ token: 't', jwks: '-' }, 'piped')).toMatchObject({ jwks: 'piped' })
    for (const jwks of ['https://as.test/jwks', ' {"kty":"RSA"}', '-----BEGIN PUBLIC KEY-----\n', '']) {
      expect(await take({ token: 't', jwks })).toEqual({ token: 't', jwks })
    }
  })

  it('is refused where stdin is wanted twice, nothing came, or no file is there; a secret is not repeated', async () => {
    const refused = (code: string) => ({ problem: { code } })
    await expect(take({ token: { file: '-' }, jwks: '-' })).rejects.toMatchObject(refused('parameter-invalid'))
    await expect(take({}, ' \n')).rejects.toMatchObject(refused('parameter-missing'))
    await expect(take({ token: { file: await path('') } })).rejects.toMatchObject(refused('parameter-missing'))
    await expect(take({ token: { file: await path(Buffer.from([0xc3, 0x28])) } })).rejects.toMatchObject(
      refused('parameter-invalid'),
    )
    // SECURITY: somebody gives the token itself as an argument.
    const error: unknown = await take({ token: { file: 'eyJhbGciOiJub25lIn0.e30.' } }).catch((one: unknown) => one)
    expect(error).toMatchObject(refused('parameter-invalid'))
    expect(JSON.stringify((error as ProblemError).problem)).not.toContain('eyJ')
    // Who gives the keys by stdin has not given the token.
    expect(await take({ jwks: '-' }, 'keys')).toEqual({ jwks: 'keys' })
  })
})
