import type { CliProcess } from './cli-process.ts'
import { readBounded } from './read-bounded.ts'
import { usage } from './usage.ts'

const longestSecret = 64 * 1024

/**
 * Reads a secret from stdin: typed without echo on a terminal, else all of the piped text without its last line end.
 * @throws ProblemError parameter-missing when nothing came, cancelled after Ctrl+C
 */
export async function readSecret(cli: CliProcess, prompt: string): Promise<string> {
  const text = cli.stdin.isTTY ? await readTyped(cli, { prompt, ends: enter }) : await readPiped(cli)
  if (text) return text
  throw usage('parameter-missing', 'The value is read from stdin, and nothing came.', 'Pipe it in, or type it.')
}

/**
 * Reads a text of several lines that is pasted on a terminal, without echo, up to Ctrl+D. A terminal in its usual mode
 * would cut long lines, and what follows a line end would be left to the shell.
 * @throws ProblemError cancelled after Ctrl+C
 */
export function readPasted(cli: CliProcess, prompt: string): Promise<string> {
  return readTyped(cli, { prompt, ends: [endOfText] })
}

const endOfText = '\u0004'
const enter = ['\r', '\n', endOfText]

async function readPiped({ stdin, interrupted }: CliProcess): Promise<string> {
  const bytes = await readBounded(stdin, { bound: longestSecret, what: 'The value', interrupted })
  return bytes.toString('utf8').replace(/\r?\n$/, '')
}

interface Typing {
  prompt: string
  /** the keys that end it */
  ends: readonly string[]
}

/** Reads keys one by one with the terminal's echo off, up to one that ends it. */
async function readTyped(cli: CliProcess, { prompt, ends }: Typing): Promise<string> {
  const { stdin, stderr } = cli
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const typed: string[] = []
  // A long paste comes in pieces that may end within a character.
  const decoder = new TextDecoder()
  const take = (keys: Buffer) => {
    for (const key of decoder.decode(keys, { stream: true })) {
      if (ends.includes(key)) return resolve(typed.join(''))
      if (key === '\u0003') return reject(usage('cancelled', 'Nothing was set.'))
      if (key === '\u007f' || key === '\b') typed.pop()
      else typed.push(key === '\r' ? '\n' : key)
    }
    return undefined
  }
  // SECURITY: the echo is off before anybody is asked.
  stdin.setRawMode?.(true)
  stdin.on('data', take)
  stderr.write(prompt)
  try {
    return await promise
  } finally {
    stdin.off('data', take)
    stdin.setRawMode?.(false)
    stdin.pause()
    stderr.write('\n')
  }
}
