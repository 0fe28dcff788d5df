import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ParameterValues } from '../../contract/description.ts'
import type { Profile } from '../../contract/profile.ts'
import { type TextFile, findReal, readTextFile } from '../files/read-text-file.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { problem } from '../problems/problem-error.ts'
import { type ProfileChange, buildProfileText, editProfileText } from './edit-profile.ts'
import { workspaceFileName } from './find-workspace.ts'
import { checkProfileValues, maximumTitleCharacters, readProfile } from './profile-file.ts'
import { type ProfilePlace, cannotWrite, profilePathOf, profilesFolderOf, readProfileText } from './profile-folder.ts'
import { checkOwnProfileName } from './profile-name.ts'
import { readYamlFile } from './yaml-file.ts'

/** Someone else may save the same file again and again; after so many tries a person must look. */
const maximumTries = 20

const newWorkspaceText = '# A Grantlab workspace: its profiles lie in profiles/NAME.yaml.\nversion: 1\n'

/** A profile to write. */
export interface SaveProfile {
  name: string
  /** left out: as it was, or the name; empty: none */
  title?: string | undefined
  /** all values */
  values: ParameterValues
  /** changes the file that is there */
  replace?: boolean | undefined
}

/** Writes a profile's file; see `Workspace.saveProfile`. */
export async function saveProfileFile(place: ProfilePlace, { replace, ...wanted }: SaveProfile): Promise<Profile> {
  const name = checkOwnProfileName(wanted.name)
  const change = { title: checkTitle(wanted.title), values: checkProfileValues(wanted.values, place.parameters) }
  await prepareFolder(place)
  for (let tries = 0; tries < maximumTries; tries++) {
    const existing = await readProfileText(place, name)
    if (existing && !replace) throw exists(place, name)
    const saved = await tryToWrite(place, { name, existing, change })
    if (saved) return saved
  }
  const path = profilePathOf(place, name)
  throw problem('data-folder-failed', `${path} is changed by something else all the time, or is a link to nowhere.`, {
    place: { file: path },
  })
}

function checkTitle(title: string | undefined): string | undefined {
  if (title === undefined || (title.length <= maximumTitleCharacters && !/\p{Cc}/u.test(title))) return title
  throw problem('parameter-invalid', `A title is one line of at most ${maximumTitleCharacters} characters.`)
}

interface WriteOf {
  name: string
  existing: TextFile | undefined
  change: ProfileChange
}

/** Undefined when the file was changed by somebody else in the meantime; then nothing was written. */
async function tryToWrite(place: ProfilePlace, { name, existing, change }: WriteOf): Promise<Profile | undefined> {
  const path = profilePathOf(place, name)
  const text = existing
    ? await editProfileText(existing, await readYamlFile({ text: existing.text, file: path }), change)
    : await buildProfileText(change)
  // What could not be read again is not written.
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const saved = readProfile(name, await readYamlFile({ text: plain, file: path }), place.parameters)
  if (existing && (await readProfileText(place, name))?.raw !== existing.raw) return undefined
  try {
    await writeFileAtomically({
      path: existing?.realPath ?? path,
      text,
      replace: existing !== undefined,
      ...(existing ? { mode: existing.mode } : {}),
    })
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return undefined
    throw cannotWrite(path, error)
  }
  return saved
}

function exists(place: ProfilePlace, name: string) {
  return problem('profile-exists', `There is a profile ${name} already.`, {
    place: { file: profilePathOf(place, name) },
    whatToDo: ['Choose another name, or replace it on purpose (replace).'],
  })
}

/**
 * Makes the folder and its grantlab.yaml where they are missing.
 * @throws ProblemError file-newer when the workspace is of a newer Grantlab; file-invalid; data-folder-failed
 */
async function prepareFolder(place: ProfilePlace): Promise<void> {
  const path = join(place.folder, workspaceFileName)
  const profiles = profilesFolderOf(place)
  const file = await readTextFile(path, { within: place.folder })
  if (file) await readYamlFile({ text: file.text, file: path })
  try {
    await mkdir(profiles, { recursive: true, ...(place.isPrivate ? { mode: 0o700 } : {}) })
    if (!file) await writeFileAtomically({ path, text: newWorkspaceText, replace: false })
  } catch (error) {
    // Another process may have made the file first.
    if (errorCodeOf(error) !== 'EEXIST' || !(await readTextFile(path))) throw cannotWrite(profiles, error)
  }
  // SECURITY: a profiles folder that is a link would have files outside the workspace written.
  await findReal(profiles, place.folder)
}
