import { appendFile, mkdir, open, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodeOf } from '../files/system-error.ts'
import type { Clock } from '../ports.ts'
import { describeError } from './describe-error.ts'

/** At this size the file becomes the old one, so that both together stay below half a megabyte. */
const maximumBytes = 262_144
const maximumLineCharacters = 4_000
const tailBytes = 16_384

/** The masked, size-bounded log of a data folder. Nothing here ever rejects: no work fails for want of a log. */
export interface Log {
  /** Adds one line; the text must hold no secret. */
  write(text: string): void
  /** Adds an error of Grantlab itself: its kind and where it happened, never its text unless `mask` has masked it. */
  fault(where: string, error: unknown, mask?: (text: string) => string): void
  /** The last lines, newest last. */
  tail(lines: number): Promise<string[]>
  /** Resolves when all so far is on disk. */
  flush(): Promise<void>
}

/** Creates the log; no file is made before the first line. */
export function createLog(options: { dataFolder: string; clock: Pick<Clock, 'now'> }): Log {
  const path = join(options.dataFolder, 'grantlab.log')
  let last: Promise<void> = Promise.resolve()
  const write = (text: string) => {
    const line = `${new Date(options.clock.now()).toISOString()} ${process.pid} ${oneLine(text)}\n`
    last = last.then(() => append(path, line)).catch(() => undefined)
  }
  return {
    write,
    fault: (where, error, mask) => write(`${where}: ${describeError(error, mask)}`),
    async tail(lines) {
      await last
      return (await readEnd(path)).split('\n').filter(Boolean).slice(-lines)
    },
    flush: () => last,
  }
}

/** SECURITY: a line break in a stranger's text must not forge a line of the log. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ⏎ ')
  return line.length > maximumLineCharacters ? `${line.slice(0, maximumLineCharacters)}…` : line
}

async function append(path: string, line: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  const size = await stat(path).then(
    (facts) => facts.size,
    () => 0,
  )
  // Of two processes that do this at once one finds nothing to rename, and the line goes into the new file.
  if (size + line.length > maximumBytes) await rename(path, `${path}.old`)
  await appendFile(path, line, { mode: 0o600 })
}

async function readEnd(path: string): Promise<string> {
  try {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      const bytes = Buffer.alloc(Math.min(size, tailBytes))
      await file.read(bytes, 0, bytes.length, size - bytes.length)
      const text = bytes.toString('utf8')
      return size > bytes.length ? text.slice(text.indexOf('\n') + 1) : text
    } finally {
      await file.close()
    }
  } catch (error) {
    return errorCodeOf(error) === 'ENOENT' ? '' : 'The log cannot be read.'
  }
}
