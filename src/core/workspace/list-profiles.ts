import type { Problem } from '../../contract/problem.ts'
import { type Profile, type ProfileSummary, isSecretReference } from '../../contract/profile.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import type { SecretResolver } from '../vault/secret-resolver.ts'
import { playgroundProfileName, playgroundTitle } from './playground-profile.ts'
import {
  type ProfilePlace,
  profileEnding,
  profileFileNames,
  profilesFolderOf,
  readProfileFile,
} from './profile-folder.ts'
import { refusalOfName } from './profile-name.ts'

interface Listed {
  name: string
  profile?: Profile
  problem?: Problem
}

/** Every profile of the folder after the playground's; what cannot be read is listed with its problem. */
export async function listProfiles(
  place: ProfilePlace,
  secrets: Pick<SecretResolver, 'missing'>,
): Promise<ProfileSummary[]> {
  const summaries: ProfileSummary[] = [
    { name: playgroundProfileName, title: playgroundTitle, issuer: '', builtIn: true, missingSecrets: [] },
  ]
  for (const { name, profile, problem: found } of await readAll(place)) {
    summaries.push({
      name,
      title: profile?.title ?? name,
      issuer: String(profile?.values.issuer ?? ''),
      builtIn: false,
      missingSecrets: profile ? await secrets.missing(secretsIn(profile)) : [],
      ...(found ? { problem: found } : {}),
    })
  }
  return summaries
}

/** The names of all secrets that the profiles of the folder refer to, each once. */
export async function secretNamesOf(place: ProfilePlace): Promise<string[]> {
  const all = await readAll(place)
  return [...new Set(all.flatMap(({ profile }) => (profile ? secretsIn(profile) : [])))].sort()
}

async function readAll(place: ProfilePlace): Promise<Listed[]> {
  const listed: Listed[] = []
  for (const fileName of await profileFileNames(place)) listed.push(await readOne(place, fileName))
  return listed
}

async function readOne(place: ProfilePlace, fileName: string): Promise<Listed> {
  const refused = refuseFileName(place, fileName)
  if (refused) return { name: fileName, problem: refused }
  const name = fileName.slice(0, -profileEnding.length)
  try {
    return { name, profile: await readProfileFile(place, name) }
  } catch (error) {
    if (error instanceof ProblemError) return { name, problem: error.problem }
    throw error
  }
}

/** Why a file of this name is no profile: another ending, a name that is none, or the playground's. */
function refuseFileName(place: ProfilePlace, fileName: string): Problem | undefined {
  const name = fileName.slice(0, -profileEnding.length)
  const refusal = !fileName.endsWith(profileEnding)
    ? `The name must end with ${profileEnding}.`
    : name === playgroundProfileName
      ? 'The profile playground is made by Grantlab and read from no file.'
      : refusalOfName(name)
  if (!refusal) return undefined
  return problem('file-invalid', `The file profiles/${fileName} is not read. ${refusal}`, {
    place: { file: `${profilesFolderOf(place)}/${fileName}` },
    whatToDo: ['Rename the file.'],
  }).problem
}

function secretsIn({ values }: Profile): string[] {
  return [...new Set(Object.values(values).flatMap((value) => (isSecretReference(value) ? [value.secret] : [])))]
}
