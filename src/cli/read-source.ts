import { createReadStream } from 'node:fs'
import type { CliProcess } from './cli-process.ts'
import { readBounded } from './read-bounded.ts'
import { usage } from './usage.ts'

/** A text that stands elsewhere than in the command line. */
export interface Source {
  /** a path, or `-` for stdin */
  path: string
  /** the flag that names it, for messages */
  flag: string
  /** in bytes */
  bound: number
  /** SECURITY: its path is not repeated: somebody may have put the secret itself there */
  isSecret?: boolean
}

/**
 * Reads a source to its end.
 * @throws ProblemError parameter-invalid for what cannot be read or has more bytes than the bound; cancelled
 */
export async function readSource(cli: CliProcess, { path, flag, bound, isSecret }: Source): Promise<Buffer> {
  const { interrupted, stdin } = cli
  if (path === '-') return readBounded(stdin, { bound, what: `What ${flag} read from stdin`, interrupted })
  const what = isSecret ? `The file that ${flag} names` : `The file ${path}`
  try {
    return await readBounded(createReadStream(path), { bound, what, interrupted })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw unreadable({ path, flag, bound, ...(isSecret ? { isSecret } : {}) }, code)
  }
}

function unreadable({ path, flag, isSecret }: Source, code: string) {
  if (!isSecret) return usage('parameter-invalid', `${flag} names the file ${path}, which cannot be read: ${code}.`)
  return usage(
    'parameter-invalid',
    `The file that ${flag} names cannot be read: ${code}.`,
    `Name a file, or pipe the text itself in: on the command line it stands in the process list and the shell's history.`,
  )
}

/** The text of bytes that must be UTF-8. @throws ProblemError parameter-invalid */
export function decodeUtf8(bytes: Buffer, flag: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw usage('parameter-invalid', `What ${flag} names is no UTF-8 text.`)
  }
}

/**
 * The text of a file that somebody saved: UTF-8, or UTF-16 as some Windows shells write it, without its byte order mark.
 * @throws ProblemError parameter-invalid
 */
export function decodeSaved(bytes: Buffer, flag: string): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return decodeUtf8(bytes, flag).replace(/^\ufeff/, '')
}
