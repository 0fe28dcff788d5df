import type { CliProcess } from './cli-process.ts'
import { readBounded } from './read-bounded.ts'
import { usage } from './usage.ts'

const longestSecret = 64 * 1024

/**
 * Reads a secret from stdin: typed without echo on a terminal, else all of the piped text without its last line end.
 * @throws ProblemError parameter-missing when nothing came, cancelled after Ctrl+C
 */
export async function readSecret(cli: CliProcess, prompt: string): Promise<string> {
  const text = cli.stdin.isTTY ? await readTyped(cli, prompt) : await readPiped(cli)
  if (text) return text
  throw usage('parameter-missing', 'The value is read from stdin, and nothing came.', 'Pipe it in, or type it.')
}

async function readPiped({ stdin }: CliProcess): Promise<string> {
  const bytes = await readBounded(stdin, longestSecret, 'The value')
  return bytes.toString('utf8').replace(/\r?\n$/, '')
}

/** Reads keys one by one with the terminal's echo off, up to Enter. */
async function readTyped(cli: CliProcess, prompt: string): Promise<string> {
  const { stdin, stderr } = cli
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let typed = ''
  const take = (keys: Buffer) => {
    for (const key of keys.toString('utf8')) {
      if (key === '\r' || key === '\n' || key === '\u0004') return resolve(typed)
      if (key === '\u0003') return reject(usage('cancelled', 'Nothing was set.'))
      typed = key === '\u007f' || key === '\b' ? Array.from(typed).slice(0, -1).join('') : typed + key
    }
    return undefined
  }
  stderr.write(prompt)
  stdin.setRawMode?.(true)
  stdin.on('data', take)
  try {
    return await promise
  } finally {
    stdin.off('data', take)
    stdin.setRawMode?.(false)
    stdin.pause()
    stderr.write('\n')
  }
}
