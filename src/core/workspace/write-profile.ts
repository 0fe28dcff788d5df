import type { Profile, ProfileSource } from '../../contract/profile.ts'
import { type TextFile } from '../files/read-text-file.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { plainText, writtenLike } from '../files/written-like.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { checkProfile } from './check-profile.ts'
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
import { readYamlFile } from './yaml-file.ts'

/** A whole file to write. */
export interface WriteProfile {
  name: string
  text: string
  /** only when the file still holds this text; empty: only when there is none */
  was?: string | undefined
  /** the text as it was deleted before comes back as it was, even broken */
  wasDeleted?: boolean
}

/**
 * A profile's file as it stands, broken or not; without byte order mark, its lines ended by `\n`.
 * @throws ProblemError profile-not-found, parameter-invalid, file-invalid for what is no text
 */
export async function readProfileSource(place: ProfilePlace, name: string): Promise<ProfileSource> {
  const file = await readProfileText(place, checkOwnProfileName(name))
  if (!file) throw await profileNotFound(place, name)
  return { name, file: profilePathOf(place, name), text: file.text }
}

/**
 * Writes a profile's whole file. A text that has a problem is refused with it and nothing is written: whoever edits it
 * still has it. Byte order mark and line ends of a file that is there stay.
 * @throws ProblemError file-changed, profile-exists, file-invalid, file-newer, secret-in-file, data-folder-failed
 */
export async function writeProfileText(place: ProfilePlace, wanted: WriteProfile): Promise<Profile> {
  const name = checkOwnProfileName(wanted.name)
  const text = plainText(wanted.text)
  const [first] = await checkProfile(place, name, text)
  if (first && !wanted.wasDeleted) throw new ProblemError(first)
  await prepareFolder(place)
  const existing = await readProfileText(place, name)
  await refuseChanged(place, wanted, existing)
  await put(place, { name, existing, text: existing ? writtenLike(existing, text) : wanted.text })
  if (first) return { name, title: name, values: {} }
  return readProfile(name, await readYamlFile({ text, file: profilePathOf(place, name) }), place.parameters)
}

async function refuseChanged(place: ProfilePlace, { name, was }: WriteProfile, existing: TextFile | undefined) {
  // A file of a newer Grantlab is never written over, whatever the text.
  const newer = existing && (await checkProfile(place, name)).find(({ code }) => code === 'file-newer')
  if (newer) throw new ProblemError(newer)
  if (was === undefined || plainText(was) === (existing?.text ?? '')) return
  if (was === '') throw profileExists(place, name)
  throw fileChanged(place, name)
}

async function put(
  place: ProfilePlace,
  { name, existing, text }: { name: string; existing?: TextFile | undefined; text: string },
) {
  const path = profilePathOf(place, name)
  try {
    const mode = existing ? { mode: existing.mode } : {}
    await writeFileAtomically({ path: existing?.realPath ?? path, text, replace: existing !== undefined, ...mode })
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') throw fileChanged(place, name)
    throw cannotWrite(path, error)
  }
}

/** The problem of a file that somebody else changed since it was read. */
export function fileChanged(place: ProfilePlace, name: string): ProblemError {
  const file = profilePathOf(place, name)
  return problem('file-changed', `${file} was changed by something else since it was read; nothing was written.`, {
    place: { file },
    whatToDo: ['Look at the file as it is now, then make the change again.'],
  })
}
