import { readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Profile } from '../../contract/profile.ts'
import { fileKinds } from '../files/file-versions.ts'
import { type TextFile, findReal } from '../files/read-text-file.ts'
import { readVersionedFile } from '../files/read-versioned-file.ts'
import { errorCodeOf, reasonOf } from '../files/system-error.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { builtInProfiles } from './built-in-profiles.ts'
import { nearestName } from './nearest-name.ts'
import { type ProfileParameters, readProfile } from './profile-file.ts'
import { checkOwnProfileName, checkProfileName } from './profile-name.ts'
import { readYamlFile } from './yaml-file.ts'

/** A workspace folder and what its profiles may hold. */
export interface ProfilePlace {
  folder: string
  parameters: ProfileParameters
  /** it lies in the data folder, which nobody else may read */
  isPrivate: boolean
}

/** What file names of profiles end with. */
export const profileEnding = '.yaml'

/** The folder of the profiles. */
export function profilesFolderOf({ folder }: Pick<ProfilePlace, 'folder'>): string {
  return join(folder, 'profiles')
}

/** The file of a profile. The name must have been checked. */
export function profilePathOf(place: Pick<ProfilePlace, 'folder'>, name: string): string {
  return join(profilesFolderOf(place), `${name}${profileEnding}`)
}

/** The text of a profile's file; undefined when there is none. @throws ProblemError file-invalid */
export function readProfileText(place: ProfilePlace, name: string): Promise<TextFile | undefined> {
  return readVersionedFile(profilePathOf(place, name), fileKinds.profile, { within: place.folder })
}

/** Reads a profile. @throws ProblemError profile-not-found, file-invalid, file-newer, secret-in-file */
export async function readProfileFile(place: ProfilePlace, name: string): Promise<Profile> {
  const file = await readProfileText(place, checkProfileName(name))
  if (!file) throw await profileNotFound(place, name)
  const yaml = await readYamlFile({ text: file.text, file: profilePathOf(place, name) })
  return readProfile(name, yaml, place.parameters)
}

/**
 * Deletes a profile's file; one that is broken can be deleted, one of a newer Grantlab cannot.
 * Answers the text as it stood.
 * @throws ProblemError profile-not-found, parameter-invalid, file-newer, data-folder-failed
 */
export async function deleteProfileFile(place: ProfilePlace, name: string): Promise<string> {
  checkOwnProfileName(name)
  // SECURITY: a profiles folder that is a link would have files outside the workspace deleted.
  await findReal(profilesFolderOf(place), place.folder)
  const text = await rawTextOf(place, name)
  try {
    await readProfileFile(place, name)
  } catch (error) {
    const code = error instanceof ProblemError ? error.problem.code : undefined
    if (code !== 'file-invalid' && code !== 'secret-in-file') throw error
  }
  try {
    await unlink(profilePathOf(place, name))
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') throw await profileNotFound(place, name)
    throw cannotWrite(profilePathOf(place, name), error)
  }
  return text
}

/** The bytes of a file as they stand; empty for what is no UTF-8 text, such as a link to nowhere: nothing brings it back. */
async function rawTextOf(place: ProfilePlace, name: string): Promise<string> {
  try {
    return (await readProfileText(place, name))?.raw ?? ''
  } catch (error) {
    if (error instanceof ProblemError) return ''
    throw error
  }
}

/** The problem of a name that a profile has already. */
export function profileExists(place: Pick<ProfilePlace, 'folder'>, name: string): ProblemError {
  return problem('profile-exists', `There is a profile ${name} already.`, {
    place: { file: profilePathOf(place, name) },
    whatToDo: ['Choose another name, or replace it on purpose (replace).'],
  })
}

/** File names in the profiles folder, sorted; hidden ones, such as half-written files, are left out. */
export async function profileFileNames(place: ProfilePlace): Promise<string[]> {
  const folder = profilesFolderOf(place)
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.') && /\.ya?ml$/i.test(name)).sort()
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return []
    throw problem('file-invalid', `${folder} cannot be read: ${reasonOf(error)}.`, {
      place: { file: folder },
      cause: error,
    })
  }
}

/** The problem of a file that cannot be written, with the system's reason. */
export function cannotWrite(path: string, error: unknown): ProblemError {
  return problem('data-folder-failed', `${path} cannot be written: ${reasonOf(error)}.`, {
    place: { file: path },
    cause: error,
  })
}

/** The problem of a name that no profile has, with those there are. */
export async function profileNotFound(place: ProfilePlace, name: string): Promise<ProblemError> {
  const files = await profileFileNames(place)
  const names = [
    ...builtInProfiles.map((profile) => profile.name),
    ...files.filter((file) => file.endsWith(profileEnding)).map((file) => file.slice(0, -profileEnding.length)),
  ]
  const near = nearestName(name, names)
  const shown = names.length > 20 ? [...names.slice(0, 20), `and ${names.length - 20} more`] : names
  return problem(
    'profile-not-found',
    `There is no profile ${name} in ${place.folder}. There are: ${shown.join(', ')}.`,
    {
      whatToDo: [
        ...(near ? [`Is ${near} meant?`] : []),
        'Make it in the window with New profile, or start Grantlab with another workspace (workspace).',
      ],
    },
  )
}
