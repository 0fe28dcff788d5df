import { unlink } from 'node:fs/promises'
import { isJsonObject, type Json } from '../../contract/json.ts'
import { readTextFile } from '../files/read-text-file.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { type RunPaths, historyFailed } from './run-paths.ts'

/** The longest note, in characters. */
export const maximumNoteCharacters = 2000
const knownVersion = 1

/** What a person said about a run; it lies beside the run's file, which is never changed. */
export interface Annotation {
  note: string
  pinned: boolean
}

const none: Annotation = { note: '', pinned: false }

/**
 * What was said about a run. A file that cannot be understood says nothing, but counts as pinned: what somebody wrote
 * must not leave by itself.
 */
export async function readAnnotation(paths: RunPaths): Promise<Annotation> {
  const read = await readFields(paths).catch(() => ({ pinned: true }))
  return { ...none, ...read }
}

async function readFields({ annotation }: RunPaths): Promise<Partial<Annotation>> {
  const file = await readTextFile(annotation)
  if (!file) return {}
  const read = JSON.parse(file.text) as Json
  if (!isJsonObject(read)) return { pinned: true }
  return {
    ...(typeof read.note === 'string' ? { note: read.note.slice(0, maximumNoteCharacters) } : {}),
    pinned: read.pinned === true,
  }
}

/**
 * Writes what was said about a run, masked by the caller; nothing said leaves no file.
 * @throws ProblemError parameter-invalid for a note that is too long; file-newer; data-folder-failed
 */
export async function writeAnnotation(paths: RunPaths, annotation: Annotation): Promise<void> {
  if (annotation.note.length > maximumNoteCharacters) {
    throw problem('parameter-invalid', `A note has at most ${maximumNoteCharacters} characters.`)
  }
  await refuseNewer(paths)
  try {
    if (annotation.note === '' && !annotation.pinned) await removeAnnotation(paths)
    else await write(paths, annotation)
  } catch (error) {
    throw historyFailed(paths.annotation, error)
  }
}

function write({ annotation: path }: RunPaths, annotation: Annotation): Promise<void> {
  const text = `${JSON.stringify({ version: knownVersion, ...annotation })}\n`
  return writeFileAtomically({ path, text, replace: true, mode: 0o600 })
}

/** Takes away what was said. @throws the system's error */
export async function removeAnnotation({ annotation }: RunPaths): Promise<void> {
  try {
    await unlink(annotation)
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error
  }
}

async function refuseNewer({ annotation }: RunPaths): Promise<void> {
  const file = await readTextFile(annotation)
  const version = file && versionIn(file.text)
  if (version !== undefined && version > knownVersion) throw newer(annotation, version)
}

function versionIn(text: string): number | undefined {
  try {
    const read = JSON.parse(text) as Json
    return isJsonObject(read) && typeof read.version === 'number' ? read.version : undefined
  } catch {
    return undefined
  }
}

function newer(file: string, version: number): ProblemError {
  return problem(
    'file-newer',
    `The note has version ${version}; this Grantlab knows version ${knownVersion} and leaves it as it is.`,
    { place: { file }, whatToDo: ['Use a newer Grantlab for this note.'] },
  )
}
