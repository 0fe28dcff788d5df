import { type ProblemError, problem } from '../problems/problem-error.ts'
import type { FileKind } from './file-versions.ts'
import { type ReadOptions, type TextFile, readTextFile } from './read-text-file.ts'
import { errorCodeOf } from './system-error.ts'
import { writeFileAtomically } from './write-file-atomically.ts'
import { writtenLike } from './written-like.ts'

/**
 * Reads a text file of a kind; undefined when there is none. One of an earlier version is copied to `NAME.v<version>`,
 * then made into one of today, on disk where that can be written, else for this reading only. One of a later version
 * comes as it is: its reader says so with `newerFile`.
 * @throws ProblemError file-invalid
 */
export async function readVersionedFile(
  path: string,
  kind: FileKind,
  options: ReadOptions = {},
): Promise<TextFile | undefined> {
  const file = await readTextFile(path, options)
  if (!file) return undefined
  const version = kind.versionOf(file.text)
  if (version === undefined || version < 1 || version >= kind.version) return file
  const text = migrated(file.text, version, kind)
  if ((await readTextFile(path, options))?.raw !== file.raw) return readVersionedFile(path, kind, options)
  try {
    await keepCopy(file, version)
    const { realPath, mode } = file
    await writeFileAtomically({ path: realPath, text: writtenLike(file, text), replace: true, mode })
  } catch (error) {
    // Where nothing can be written the old file can still be read.
    if (errorCodeOf(error) === '') throw error
  }
  return { ...file, text, raw: writtenLike(file, text) }
}

function migrated(text: string, from: number, { version, migrations }: FileKind): string {
  let now = text
  for (let at = from; at < version; at++) now = migrations[at]?.(now) ?? now
  return now
}

/** A copy that is there already stays: it is the older one. */
async function keepCopy({ realPath, raw, mode }: TextFile, version: number): Promise<void> {
  try {
    await writeFileAtomically({ path: `${realPath}.v${version}`, text: raw, replace: false, mode })
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error
  }
}

/** The problem of a file that a newer Grantlab wrote: it can be looked at and is left as it is. */
export function newerFile(path: string, { title, version: known }: FileKind, version: number): ProblemError {
  return problem(
    'file-newer',
    `${path}: This is ${title} of version ${version}; this Grantlab knows version ${known} and leaves it as it is.`,
    { place: { file: path, pointer: '/version' }, whatToDo: ['Use a newer Grantlab for this file.'] },
  )
}
