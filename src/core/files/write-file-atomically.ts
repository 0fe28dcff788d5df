import { randomBytes } from 'node:crypto'
import { link, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCodeOf } from './system-error.ts'

/** After this time a temporary file is taken for one that a killed process left behind. */
const abandonedMs = 600_000

/** What to write where. */
export interface AtomicWrite {
  path: string
  text: string
  /** false: the file must not exist yet, and of two writers only one wins */
  replace: boolean
  /** permission bits; left out: the system's usual ones */
  mode?: number
}

/**
 * Writes a file so that a reader, or a crash at any moment, meets the old content or the new one, never a part.
 * @throws the system's error; `EEXIST` without `replace` when the file is there
 */
export async function writeFileAtomically(write: AtomicWrite): Promise<void> {
  const folder = dirname(write.path)
  const temporary = join(folder, `.${basename(write.path)}.${randomBytes(8).toString('hex')}.tmp`)
  try {
    await writeSynced(temporary, write)
    await (write.replace ? rename(temporary, write.path) : placeNew(temporary, write.path))
  } finally {
    await unlink(temporary).catch(ignore)
  }
  await syncFolder(folder)
  await removeAbandoned(folder, basename(write.path))
}

async function writeSynced(temporary: string, { text, mode }: AtomicWrite): Promise<void> {
  const file = await open(temporary, 'wx')
  try {
    await file.writeFile(text)
    // The mode of `open` is narrowed by the umask; a file that is replaced keeps exactly the one it had.
    if (mode !== undefined) await file.chmod(mode)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A link fails when the name is taken, so of two processes one wins; where there are no links, an empty file claims the name. */
async function placeNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') throw error
    await (await open(path, 'wx')).close()
    await rename(temporary, path)
  }
}

/** Makes the new name durable; systems that cannot open a folder need nothing of the kind. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(ignore)
  await handle?.sync().catch(ignore)
  await handle?.close()
}

/** Takes away what writers of this file left behind when they were killed. */
async function removeAbandoned(folder: string, name: string): Promise<void> {
  const start = `.${name}.`
  const names = await readdir(folder).catch(() => [])
  for (const other of names.filter((one) => one.startsWith(start) && /\.[0-9a-f]{16}\.tmp$/.test(one))) {
    const path = join(folder, other)
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > abandonedMs) await unlink(path).catch(ignore)
  }
}

function ignore(): undefined {
  return undefined
}
