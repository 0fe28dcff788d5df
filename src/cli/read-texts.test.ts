import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
