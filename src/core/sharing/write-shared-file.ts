import { resolve } from 'node:path'
import { errorCodeOf, reasonOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { problem } from '../problems/problem-error.ts'

/** A file that a person asked for. */
export interface SharedFile {
  /** as the person named it */
  file: string
  /** the folder that a relative name starts from */
  workingFolder: string
  text: string
  replace: boolean
}

/** Writes it whole or not at all, readable by its owner, and answers where it is. @throws ProblemError file-invalid */
export async function writeSharedFile({ file, workingFolder, text, replace }: SharedFile): Promise<string> {
  const path = resolve(workingFolder, file)
  try {
    await writeFileAtomically({ path, text, replace, mode: 0o600 })
    return path
  } catch (error) {
    if (!errorCodeOf(error)) throw error
    if (errorCodeOf(error) === 'EEXIST') {
      throw problem('file-invalid', `${path} is there already and stays as it is.`, {
        place: { file: path },
        whatToDo: ['Name another file, or say that it may be replaced (replace).'],
      })
    }
    throw problem('file-invalid', `${path} cannot be written: ${reasonOf(error)}.`, {
      place: { file: path },
      cause: error,
    })
  }
}
