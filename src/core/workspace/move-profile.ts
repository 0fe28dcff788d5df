import { unlink } from 'node:fs/promises'
import type { Profile } from '../../contract/profile.ts'
import type { TextFile } from '../files/read-text-file.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { prepareFolder } from './prepare-folder.ts'
import { readProfile } from './profile-file.ts'
import {
  type ProfilePlace,
  cannotWrite,
  profileExists,
  profileNotFound,
  profilePathOf,
  readProfileText,
} from './profile-folder.ts'
import { checkOwnProfileName } from './profile-name.ts'
import { fileChanged } from './write-profile.ts'
import { readYamlFile } from './yaml-file.ts'

/**
 * Writes the same bytes under another name; a name that is taken is refused.
 * @throws ProblemError profile-not-found, profile-exists, file-invalid, file-newer, secret-in-file, data-folder-failed
 */
export async function duplicateProfileFile(place: ProfilePlace, name: string, to: string): Promise<Profile> {
  return (await copy(place, checkOwnProfileName(name), to)).profile
}

/**
 * Gives a profile's file another name. The new one is whole before the old one goes, and the bytes are the same, so
 * that version control sees a move; a link becomes the file it points to.
 * @throws as `duplicateProfileFile`; file-changed when the file was changed meanwhile: then it keeps its name
 */
export async function renameProfileFile(place: ProfilePlace, name: string, to: string): Promise<Profile> {
  const { profile, file } = await copy(place, checkOwnProfileName(name), to)
  try {
    if ((await readProfileText(place, name))?.raw !== file.raw) throw fileChanged(place, name)
    await unlink(profilePathOf(place, name))
  } catch (error) {
    await unlink(profilePathOf(place, to)).catch(() => undefined)
    throw errorCodeOf(error) ? cannotWrite(profilePathOf(place, name), error) : error
  }
  return profile
}

async function copy(place: ProfilePlace, name: string, to: string): Promise<{ profile: Profile; file: TextFile }> {
  checkOwnProfileName(to)
  const file = await readProfileText(place, name)
  if (!file) throw await profileNotFound(place, name)
  const yaml = await readYamlFile({ text: file.text, file: profilePathOf(place, name) })
  const profile = readProfile(to, yaml, place.parameters)
  await prepareFolder(place)
  try {
    await writeFileAtomically({ path: profilePathOf(place, to), text: file.raw, replace: false, mode: file.mode })
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') throw profileExists(place, to)
    throw cannotWrite(profilePathOf(place, to), error)
  }
  return { profile, file }
}
