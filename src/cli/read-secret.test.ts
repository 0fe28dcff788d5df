import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { CliProcess } from './cli-process.ts'
import { readPasted, readSecret } from './read-secret.ts'

/** A terminal at which these keys are pressed, and what happens to it in order. */
function terminal(keys: string | Buffer[]) {
  const happened: string[] = []
  const pieces = typeof keys === 'string' ? [Buffer.from(keys)] : keys
  const stdin = Object.assign(Readable.from(pieces), {
    isTTY: true,
    setRawMode: (on: boolean) => void happened.push(on ? 'echo off' : 'echo on'),
  })
  const stderr = { isTTY: true, write: (text: string) => void happened.push(text) }
  return { happened, cli: { stdin, stderr, interrupted: new AbortController().signal } as unknown as CliProcess }
}

test('the echo is off before anybody is asked, and on again afterwards', async () => {
  const { cli, happened } = terminal('hunter2\r')
  expect(await readSecret(cli, 'Value: ')).toBe('hunter2')
  expect(happened).toEqual(['echo off', 'Value: ', 'echo on', '\n'])
})

test('a paste has several lines, and pieces that end within a character', async () => {
  const [bytes, rest] = [Buffer.from('a ü'), Buffer.from('\rb\u0004c')]
  const { cli } = terminal([bytes.subarray(0, 3), bytes.subarray(3), rest])
  expect(await readPasted(cli, 'Text: ')).toBe('a ü\nb')
})

test('what is taken back is gone, whole characters at a time; Ctrl+C cancels', async () => {
  expect(await readSecret(terminal('a😀\u007f\bbc\r').cli, '')).toBe('bc')
  await expect(readSecret(terminal('abc\u0003').cli, '')).rejects.toMatchObject({ problem: { code: 'cancelled' } })
})
