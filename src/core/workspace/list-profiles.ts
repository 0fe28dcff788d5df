import type { Problem } from '../../contract/problem.ts'
import { type Profile, type ProfileSummary, isSecretReference } from '../../contract/profile.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import type { SecretResolver } from '../vault/secret-resolver.ts'
import { builtInProfiles, isBuiltInProfile } from './built-in-profiles.ts'
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

/** Every profile of the folder after those that Grantlab makes; what cannot be read is listed with its problem. */
export async function listProfiles(
  place: ProfilePlace,
  secrets: Pick<SecretResolver, 'missing'>,
): Promise<ProfileSummary[]> {
  const summaries: ProfileSummary[] = builtInProfiles.map(({ name, title, vendor }) => ({
    name,
    title,
    issuer: '',
    ...vendorIn(vendor),
    builtIn: true,
    production: false,
    missingSecrets: [],
  }))
  for (const listed of await readAll(place)) summaries.push(await summaryOf(listed, secrets))
  return summaries
}

async function summaryOf(
  { name, profile, problem: found }: Listed,
  secrets: Pick<SecretResolver, 'missing'>,
): Promise<ProfileSummary> {
  return {
    name,
    title: profile?.title ?? name,
    issuer: String(profile?.values.issuer ?? ''),
    ...vendorIn(profile?.values.vendor),
    builtIn: false,
    production: profile?.production ?? false,
    missingSecrets: profile ? await secrets.missing(secretsIn(profile)) : [],
    ...(found ? { problem: found } : {}),
  }
}

const vendorIn = (vendor: unknown) => (typeof vendor === 'string' ? { vendor } : {})

/** Every secret that profiles of the folder refer to, with the names of those profiles. */
export async function secretUseOf(place: ProfilePlace): Promise<Map<string, string[]>> {
  const use = new Map<string, string[]>()
  for (const { name, profile } of await readAll(place)) {
    for (const secret of profile ? secretsIn(profile) : []) use.set(secret, [...(use.get(secret) ?? []), name])
  }
  return use
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

/** Why a file of this name is no profile: another ending, a name that is none, or that of one that Grantlab makes. */
function refuseFileName(place: ProfilePlace, fileName: string): Problem | undefined {
  const name = fileName.slice(0, -profileEnding.length)
  const refusal = !fileName.endsWith(profileEnding)
    ? `The name must end with ${profileEnding}.`
    : isBuiltInProfile(name)
      ? `The profile ${name} is made by Grantlab and read from no file.`
      : refusalOfName(name)
  if (!refusal) return undefined
  return problem('file-invalid', `The file profiles/${fileName} is not read. ${refusal}`, {
    place: { file: `${profilesFolderOf(place)}/${fileName}` },
    whatToDo: ['Rename the file.'],
  }).problem
}

/** Names of secrets in the values, those of the connection among them, and of test users' passwords. */
function secretsIn({ values, users = [] }: Profile): string[] {
  const all = [...Object.values(values), ...users.map(({ password }) => password)]
  return [...new Set(all.flatMap((value) => (isSecretReference(value) ? [value.secret] : [])))]
}
