import { mkdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { errorCodeOf, reasonOf } from '../files/system-error.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { isFile, workspaceFileName } from './find-workspace.ts'
import { prepareFolder } from './prepare-folder.ts'
import { cannotWrite } from './profile-folder.ts'

const longestPath = 4096
/** A folder on a server that is gone answers never, or after minutes. */
const longestWaitMs = 10_000

/** A folder to open. */
export interface OpenWorkspace {
  /** a path as a person gave it; a relative one begins at `workingFolder` */
  folder: string
  workingFolder: string
  /** the data folder's own workspace, which is one without any file in it */
  own: string
  /** makes the folder, its parent being there, and grantlab.yaml where they are missing */
  create: boolean
}

/**
 * The whole path of a folder that can be opened as workspace. Runs nothing and reads no profile.
 * @throws ProblemError file-invalid for what is no such folder, or does not answer within 10 s; data-folder-failed,
 * file-newer when it cannot be made one
 */
export async function findFolderToOpen(wanted: OpenWorkspace): Promise<string> {
  const { folder } = wanted
  if (folder.length > longestPath || folder.includes('\0')) {
    throw problem('file-invalid', `A path has at most ${longestPath} characters, none of them NUL.`)
  }
  const path = resolve(wanted.workingFolder, folder)
  if (path === wanted.own) return path
  await inTime(look(path, wanted.create), path)
  return path
}

async function look(path: string, create: boolean): Promise<void> {
  if (!(await isThere(path))) {
    if (!create) throw noWorkspace(path, 'There is no such folder.')
    await mkdir(path).catch((error: unknown) => {
      throw errorCodeOf(error) === 'ENOENT'
        ? noWorkspace(path, 'The folder it is to be made in does not exist.')
        : cannotWrite(path, error)
    })
  }
  if (await isFile(join(path, workspaceFileName))) return
  if (create) return prepareFolder({ folder: path, isPrivate: false })
  throw problem('file-invalid', `${path} is no workspace: there is no ${workspaceFileName} in it.`, {
    place: { file: join(path, workspaceFileName) },
    whatToDo: ['Make it one (create), or open the folder that holds the file.'],
  })
}

async function isThere(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return false
    throw noWorkspace(path, `It cannot be opened: ${reasonOf(error)}.`, error)
  }
  throw noWorkspace(path, 'It is no folder.')
}

function noWorkspace(path: string, why: string, cause?: unknown): ProblemError {
  return problem('file-invalid', `${path}: ${why}`, {
    place: { file: path },
    whatToDo: [`Name the folder that holds ${workspaceFileName}.`],
    ...(cause ? { cause } : {}),
  })
}

async function inTime<T>(work: Promise<T>, path: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(noWorkspace(path, 'The disk does not answer.')), longestWaitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
