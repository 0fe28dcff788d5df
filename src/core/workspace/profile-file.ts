import type { ParameterDescription } from '../../contract/description.ts'
import type { Profile } from '../../contract/profile.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { findLiteralSecret } from './literal-secret.ts'
import { checkProfileValue, nameHint, secretInFile, withoutValue } from './profile-values.ts'
import { readUsers } from './profile-users.ts'
import type { YamlEntry } from './yaml-entry.ts'
import { type YamlFile, fileProblem } from './yaml-file.ts'

/** The longest title, in characters. */
export const maximumTitleCharacters = 200

/** Parameters that may stand in a profile. */
export type ProfileParameters = readonly ParameterDescription[]

/**
 * Reads a profile out of its file.
 * @throws ProblemError secret-in-file, file-invalid, each with line, column and pointer
 */
export function readProfile(name: string, yaml: Pick<YamlFile, 'entries'>, parameters: ProfileParameters): Profile {
  const { profile, problems } = examineProfile(yaml, parameters, 1)
  if (problems[0]) throw problems[0]
  return { name, ...profile, title: profile.title || name }
}

/** Reads as `readProfile` does, and goes on after a problem, until there are `most` of them. */
export function examineProfile(
  { entries }: Pick<YamlFile, 'entries'>,
  parameters: ProfileParameters,
  most: number,
): { profile: Omit<Profile, 'name'>; problems: ProblemError[] } {
  const profile: Omit<Profile, 'name'> = { title: '', values: {} }
  const problems: ProblemError[] = []
  for (const entry of entries) {
    if (problems.length >= most) break
    try {
      problems.push(...readEntry(entry, parameters, profile))
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      problems.push(error)
    }
  }
  return { profile, problems: problems.slice(0, most) }
}

/** Takes an entry into the profile. @throws ProblemError when there is one thing wrong with it; several are answered */
function readEntry(entry: YamlEntry, parameters: ProfileParameters, profile: Omit<Profile, 'name'>): ProblemError[] {
  if (entry.key === 'users') return readUsersOf(entry, profile)
  if (entry.key === 'title') profile.title = readTitle(entry)
  else if (entry.key === 'production') {
    if (readProduction(entry)) profile.production = true
  } else if (entry.key !== 'version') readValue(entry, parameters, profile)
  return []
}

function readUsersOf(entry: YamlEntry, profile: Omit<Profile, 'name'>): ProblemError[] {
  const { users, faults } = readUsers(entry.value)
  if (users.length > 0) profile.users = users
  return faults.map(({ path, detail, isLiteralSecret }) => {
    const place = entry.placeOf(path)
    return isLiteralSecret ? secretInFile(detail, 'password', place) : fileProblem('file-invalid', detail, place)
  })
}

function readTitle({ value, valuePlace }: YamlEntry): string {
  if (value === null) return ''
  if (typeof value === 'string' && value.length <= maximumTitleCharacters) return value
  throw fileProblem('file-invalid', `title must be a text of at most ${maximumTitleCharacters} characters.`, valuePlace)
}

function readProduction({ value, valuePlace }: YamlEntry): boolean {
  if (value === null || typeof value === 'boolean') return value === true
  throw fileProblem('file-invalid', 'production must be true or false.', valuePlace)
}

function readValue(entry: YamlEntry, parameters: ProfileParameters, profile: Omit<Profile, 'name'>): void {
  const description = parameters.find(({ name }) => name === entry.key)
  if (!description) throw unknownName(entry, parameters)
  const literal = findLiteralSecret(description, entry.value)
  if (literal) throw secretInFile(literal, description.type === 'secret' ? description.name : '', entry.valuePlace)
  try {
    Object.assign(profile.values, checkProfileValue(description, entry.value))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const isNumber = typeof entry.value === 'number' || typeof entry.value === 'boolean'
    const whatToDo = isNumber ? [`Put it in quotes to make it a text: ${entry.key}: "…"`] : []
    throw fileProblem('file-invalid', withoutValue(error.problem.detail), { ...entry.valuePlace, whatToDo })
  }
}

function unknownName({ key, keyPlace }: YamlEntry, parameters: ProfileParameters): ProblemError {
  const detail = `${key.slice(0, 80)} is no parameter that a profile can have.${nameHint(key, parameters)}`
  return fileProblem('file-invalid', detail, keyPlace)
}
