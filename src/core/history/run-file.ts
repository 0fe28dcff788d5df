import { type FileHandle, open, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder } from '../files/make-folder.ts'
import type { RunEvent } from '../../contract/events.ts'
import type { Problem } from '../../contract/problem.ts'
import { type RunPaths, bodyPathOf, historyFailed } from './run-paths.ts'

const flushAfterMs = 200
const flushAtCharacters = 65_536

/** The file of one run while it is written. Nothing here ever rejects: a run does not fail for want of disk. */
export interface RunFile {
  /** what the disk refused, once it has; nothing more is written then */
  readonly problem: Problem | undefined
  /** Adds an event, already masked; it reaches the disk within 200 ms, in order. */
  append(event: RunEvent): void
  /** Stores a masked body, before the events that come after it. */
  writeBody(id: string, text: string): void
  /** Resolves when all so far is on disk. */
  flush(): Promise<void>
  close(): Promise<void>
  /** Closes and takes file and bodies away. */
  discard(): Promise<void>
}

/** What a run file tells outside. */
export interface RunFileHooks {
  /** told once when the disk refuses */
  onProblem?: ((problem: Problem) => void) | undefined
  onClosed?: (() => void) | undefined
}

/** Opens the file of a new run. The file itself is made with the first batch, and must not exist before. */
export function createRunFile(paths: RunPaths, hooks: RunFileHooks = {}): RunFile {
  const writer = createWriter(paths, hooks)
  let lines = ''
  let timer: NodeJS.Timeout | undefined
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const batch = lines
    lines = ''
    return batch === '' ? writer.idle() : writer.write((file) => file.appendFile(batch))
  }
  const close = async (): Promise<void> => {
    await flush()
    await writer.close()
  }
  return {
    get problem() {
      return writer.problem
    },
    append(event) {
      if (writer.problem) return
      lines += `${JSON.stringify(event)}\n`
      if (lines.length >= flushAtCharacters) void flush()
      // A run always closes its file, so the timer need not keep the process alive.
      else timer ??= setTimeout(() => void flush(), flushAfterMs).unref()
    },
    writeBody(id, text) {
      void writer.write(async () => {
        await makeFolder(paths.bodies, 0o700)
        await writeFile(bodyPathOf(paths, id), text, { mode: 0o600, flag: 'wx' })
      })
    },
    flush,
    close,
    async discard() {
      await close()
      await Promise.allSettled([rm(paths.file, { force: true }), rm(paths.bodies, { recursive: true, force: true })])
    },
  }
}

/** Does one write after the other; after the first that fails, none: a gap in the middle would look like a whole file. */
function createWriter(paths: RunPaths, { onProblem, onClosed }: RunFileHooks) {
  let last: Promise<void> = Promise.resolve()
  let file: FileHandle | undefined
  let failed: Problem | undefined
  let closed: Promise<void> | undefined
  const attempt = async (work: (file: FileHandle) => Promise<unknown>): Promise<void> => {
    if (failed) return
    try {
      file ??= await openNew(paths)
      await work(file)
    } catch (error) {
      failed = historyFailed(paths.file, error).problem
      onProblem?.(failed)
    }
  }
  const write = (work: (file: FileHandle) => Promise<unknown>): Promise<void> => {
    last = last.then(() => attempt(work))
    return last
  }
  const end = async (): Promise<void> => {
    await last
    await file?.close().catch(() => undefined)
    onClosed?.()
  }
  return {
    get problem() {
      return failed
    },
    write,
    idle: () => last,
    close: () => (closed ??= end()),
  }
}

async function openNew(paths: RunPaths): Promise<FileHandle> {
  await makeFolder(dirname(paths.file), 0o700)
  return open(paths.file, 'ax', 0o600)
}
