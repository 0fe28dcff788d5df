import { isAbsolute, relative, resolve, sep } from 'node:path'
import { readPlainFile } from '../files/read-text-file.ts'
import { problem } from '../problems/problem-error.ts'

/** A file that a connection parameter names. */
export interface ConnectionFile {
  /** such as `ca_file` */
  parameter: string
  path: string
  /** where a relative path begins, and what it must not leave */
  folder: string
}

/** The bundles of whole operating systems have about 250 KB. */
const maximumBytes = 4 * 1024 * 1024

/** The whole path of the file. */
export function wholePathOf({ path, folder }: Omit<ConnectionFile, 'parameter'>): string {
  return resolve(folder, path)
}

/**
 * Reads such a file, at most 4 MiB.
 * @throws ProblemError `file-invalid` naming it
 */
export async function readConnectionFile(file: ConnectionFile): Promise<Uint8Array> {
  const whole = wholePathOf(file)
  const { parameter, path, folder } = file
  const place = { file: whole }
  if (path.includes('\0')) throw problem('file-invalid', `The path in ${parameter} has a character no path can have.`)
  // SECURITY: a relative path is part of a workspace that somebody else may have written; it stays in there.
  const isOutside = !isAbsolute(path) && relative(folder, whole).split(sep)[0] === '..'
  if (isOutside) {
    throw problem('file-invalid', `The path in ${parameter} leads out of the workspace ${folder}.`, {
      place,
      whatToDo: [`Give the whole path of the file (${parameter}), or put the file into the workspace.`],
    })
  }
  const content = await readPlainFile(whole, { maximumBytes, ...(isAbsolute(path) ? {} : { within: folder }) })
  if (content) return content
  throw problem('file-invalid', `There is no file ${whole}, which ${parameter} names.`, {
    place,
    whatToDo: [`Check the path (${parameter}); a relative one begins at ${folder}.`],
  })
}
