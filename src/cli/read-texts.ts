import { createReadStream } from 'node:fs'
import type { ParameterDescription, ParameterValues } from '../contract/description.ts'
import type { CliProcess } from './cli-process.ts'
import { flagNameOf } from './flags.ts'
import { readBounded } from './read-bounded.ts'
import { usage } from './usage.ts'

const longestText = 1024 * 1024

/**
 * Parameters with their texts of several lines: `@FILE` stands for a file's text, `-` for all of stdin, `@@` for an @
 * that begins the text itself.
 * @throws ProblemError parameter-invalid for what cannot be read, is no UTF-8 text or over 1 MiB; cancelled
 */
export async function withTexts(
  cli: CliProcess,
  descriptions: readonly ParameterDescription[],
  parameters: ParameterValues,
): Promise<ParameterValues> {
  const read: ParameterValues = { ...parameters }
  let stdinUsed = ''
  for (const { name, type } of descriptions) {
    const given = parameters[name]
    if (type !== 'multiline' || typeof given !== 'string') continue
    const flag = `--${flagNameOf(name)}`
    if (given === '-' && stdinUsed) throw usage('parameter-invalid', `${stdinUsed} and ${flag} both want stdin.`)
    if (given === '-') stdinUsed = flag
    read[name] = await textOf(cli, flag, given)
  }
  return read
}

async function textOf(cli: CliProcess, flag: string, given: string): Promise<string> {
  if (given.startsWith('@@')) return given.slice(1)
  if (given === '-') return decode(await bytesOf(cli, cli.stdin, `What ${flag} read from stdin`), flag)
  if (!given.startsWith('@')) return given
  return decode(await readFile(cli, given.slice(1), flag), flag)
}

async function readFile(cli: CliProcess, path: string, flag: string): Promise<Buffer> {
  try {
    return await bytesOf(cli, createReadStream(path), `The file ${path}`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw usage('parameter-invalid', `${flag} names the file ${path}, which cannot be read: ${code}.`)
  }
}

function bytesOf({ interrupted }: CliProcess, stream: AsyncIterable<unknown>, what: string): Promise<Buffer> {
  return readBounded(stream, { bound: longestText, what, interrupted })
}

function decode(bytes: Buffer, flag: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw usage('parameter-invalid', `What ${flag} names is no UTF-8 text.`)
  }
}
