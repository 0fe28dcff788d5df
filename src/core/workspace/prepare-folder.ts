import { join } from 'node:path'
import { fileKinds } from '../files/file-versions.ts'
import { makeFolder } from '../files/make-folder.ts'
import { findReal, readTextFile } from '../files/read-text-file.ts'
import { readVersionedFile } from '../files/read-versioned-file.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { workspaceFileName } from './find-workspace.ts'
import { type ProfilePlace, cannotWrite, profilesFolderOf } from './profile-folder.ts'
import { readYamlFile } from './yaml-file.ts'

const newWorkspaceText = '# A Grantlab workspace: its profiles lie in profiles/NAME.yaml.\nversion: 1\n'

/**
 * Makes the folder, its profiles folder and grantlab.yaml where they are missing.
 * @throws ProblemError file-newer when the workspace is of a newer Grantlab; file-invalid; data-folder-failed
 */
export async function prepareFolder(place: Pick<ProfilePlace, 'folder' | 'isPrivate'>): Promise<void> {
  const path = join(place.folder, workspaceFileName)
  const profiles = profilesFolderOf(place)
  const isThere = await readMark(place.folder)
  try {
    await makeFolder(profiles, place.isPrivate ? 0o700 : undefined)
    if (!isThere) await writeFileAtomically({ path, text: newWorkspaceText, replace: false })
  } catch (error) {
    // Another process may have made the file first.
    if (errorCodeOf(error) !== 'EEXIST' || !(await readTextFile(path))) throw cannotWrite(profiles, error)
  }
  // SECURITY: a profiles folder that is a link would have files outside the workspace written.
  await findReal(profiles, place.folder)
}

/**
 * Reads grantlab.yaml, the file that marks a workspace; false when there is none.
 * @throws ProblemError file-newer, file-invalid
 */
export async function readMark(folder: string): Promise<boolean> {
  const path = join(folder, workspaceFileName)
  const file = await readVersionedFile(path, fileKinds.workspace, { within: folder })
  if (file) await readYamlFile({ text: file.text, file: path })
  return file !== undefined
}
