import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { problemIn } from '../contract/wire.ts'
import { askFirst } from './ask-first.ts'
import type { CliProcess } from './cli-process.ts'
import { readArguments } from './read-arguments.ts'
import { listSubjects } from './subjects.ts'

/** Asks before a command line, on a terminal where somebody typed a text, or without one. */
async function ask(args: string[], typed?: string) {
  const invocation = readArguments(args, listSubjects(), {})
  if (invocation.kind !== 'run') throw new Error(`read as ${invocation.kind}`)
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined })
  const interruption = new AbortController()
  let shown = ''
  const stderr = { isTTY: true, write: (text: string) => void (shown += text) }
  if (typed === '^C') interruption.abort()
  else stdin.end(typed)
  const cli = { stdin, stderr, interrupted: interruption.signal } as unknown as CliProcess
  const found = await askFirst(cli, invocation).then(() => undefined, problemIn)
  return { code: found?.code, whatToDo: found?.whatToDo?.join(), shown }
}

test('on a terminal the words of the command are wanted, and nothing else will do', async () => {
  expect(await ask(['reset'], 'reset\n')).toMatchObject({
    code: undefined,
    shown: expect.stringContaining('Type reset to go on'),
  })
  expect((await ask(['history', 'clear'], ' history clear \n')).code).toBeUndefined()
  for (const typed of ['yes\n', '\n', '', 'history\n', '^C']) {
    expect((await ask(['history', 'clear'], typed)).code).toBe('cancelled')
  }
})

test('without a terminal it needs --yes and says so', async () => {
  expect(await ask(['reset'])).toMatchObject({
    code: 'confirmation-needed',
    whatToDo: expect.stringContaining('--yes'),
  })
  expect(await ask(['reset', '--yes'])).toMatchObject({ code: undefined, shown: '' })
})

test('what removes nothing asks nothing', async () => {
  expect(await ask(['reset', '--dry-run'])).toMatchObject({ code: undefined, shown: '' })
  expect(await ask(['history', 'list'])).toMatchObject({ code: undefined, shown: '' })
  expect(() => readArguments(['history', 'list', '--yes'], listSubjects(), {})).toThrow('--yes')
})
