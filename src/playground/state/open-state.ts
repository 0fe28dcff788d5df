import { randomBytes } from 'node:crypto'
import { link, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { PlaygroundError } from '../playground-error.ts'
import { generateState } from './generate-state.ts'
import { makeFolder } from './make-folder.ts'
import { parseState } from './parse-state.ts'
import { stateFileName, type PlaygroundState } from './playground-state.ts'
import { writePrivate } from './write-private.ts'

/**
 * The state kept in the data folder; makes it on the first start. Of several processes that start at once one writes,
 * and all answer what it wrote. An existing file is never changed.
 * @throws PlaygroundError that names the file when it is damaged, newer than this version, or cannot be used.
 */
export async function openState(dataFolder: string): Promise<PlaygroundState> {
  const file = join(dataFolder, stateFileName)
  try {
    const existing = await readIfPresent(file)
    if (existing !== undefined) return await parseState(existing, file)
    await makeFolder(dataFolder)
    await createOnce(dataFolder, JSON.stringify(await generateState(), null, 2))
    return await parseState(await readFile(file, 'utf8'), file)
  } catch (cause) {
    if (cause instanceof PlaygroundError) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new PlaygroundError('state-file-unusable', `${file} cannot be used: ${why}`, { cause })
  }
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Writes the whole file or nothing, unless another process was first; then that one's file stays. */
async function createOnce(dataFolder: string, text: string): Promise<void> {
  const file = join(dataFolder, stateFileName)
  const draft = join(dataFolder, `.${stateFileName}.${randomBytes(6).toString('hex')}`)
  await writePrivate(draft, text)
  try {
    // A hard link is the one step that is both atomic and refused when the name exists; rename would overwrite.
    await link(draft, file)
  } catch (error) {
    if (isWithoutHardLinks(error)) await writePrivate(file, text).catch(ignoreExisting)
    else ignoreExisting(error)
  } finally {
    await unlink(draft)
  }
}

function ignoreExisting(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error
}

/** Some file systems (exFAT, some network shares) have no hard links. */
function isWithoutHardLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
}
