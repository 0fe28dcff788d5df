import type { ParameterValues } from '../../contract/description.ts'
import type { Profile, TestUser } from '../../contract/profile.ts'
import type { TextFile } from '../files/read-text-file.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { plainText } from '../files/written-like.ts'
import { problem } from '../problems/problem-error.ts'
import { type ProfileChange, buildProfileText, editProfileText } from './edit-profile.ts'
import { maximumTitleCharacters, readProfile } from './profile-file.ts'
import { prepareFolder } from './prepare-folder.ts'
import { type ProfilePlace, cannotWrite, profileExists, profilePathOf, readProfileText } from './profile-folder.ts'
import { checkOwnProfileName } from './profile-name.ts'
import { checkProfileUsers, checkProfileValues } from './profile-values.ts'
import { readYamlFile } from './yaml-file.ts'

/** Someone else may save the same file again and again; after so many tries a person must look. */
const maximumTries = 20

/** A profile to write. */
export interface SaveProfile {
  name: string
  /** left out: as it was, or the name; empty: none */
  title?: string | undefined
  /** all values */
  values: ParameterValues
  /** left out: as it was */
  production?: boolean | undefined
  /** left out: as they were */
  users?: TestUser[] | undefined
  /** changes the file that is there */
  replace?: boolean | undefined
}

/** Writes a profile's file; see `Workspace.saveProfile`. */
export async function saveProfileFile(place: ProfilePlace, { replace, ...wanted }: SaveProfile): Promise<Profile> {
  const name = checkOwnProfileName(wanted.name)
  const change = {
    title: checkTitle(wanted.title),
    values: checkProfileValues(wanted.values, place.parameters),
    production: wanted.production,
    users: wanted.users && checkProfileUsers(wanted.users),
  }
  await prepareFolder(place)
  for (let tries = 0; tries < maximumTries; tries++) {
    const existing = await readProfileText(place, name)
    if (existing && !replace) throw profileExists(place, name)
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
  const saved = readProfile(name, await readYamlFile({ text: plainText(text), file: path }), place.parameters)
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
