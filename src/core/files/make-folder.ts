import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCodeOf } from './system-error.ts'

/**
 * Makes a folder and those it lies in, where they are missing. Node's own `recursive` is not used: where a disk takes no
 * folders, such as /proc, it tries for ever.
 * @throws the system's error; `ENOTDIR` when there is something else of that name
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await makeOne(path, mode)
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path), mode)
    await makeOne(path, mode)
  }
}

async function makeOne(path: string, mode: number | undefined): Promise<void> {
  try {
    await mkdir(path, mode === undefined ? {} : { mode })
  } catch (error) {
    // A disk that takes nothing may say so before it looks whether the folder is there.
    if (await isFolder(path)) return
    throw errorCodeOf(error) === 'EEXIST' ? Object.assign(new Error('no folder'), { code: 'ENOTDIR' }) : error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
}
