import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import type { ProblemPlace } from '../../contract/problem.ts'
import type { Profile } from '../../contract/profile.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { checkParameters } from '../runs/check-parameters.ts'
import { findLiteralSecret } from './literal-secret.ts'
import { nearestName } from './nearest-name.ts'
import { type YamlEntry, type YamlFile, fileProblem } from './yaml-file.ts'

/** The longest title, in characters. */
export const maximumTitleCharacters = 200

/** Parameters that may stand in a profile. */
export type ProfileParameters = readonly ParameterDescription[]

/**
 * Reads a profile out of its file.
 * @throws ProblemError secret-in-file, file-invalid, each with line, column and pointer
 */
export function readProfile(name: string, yaml: YamlFile, parameters: ProfileParameters): Profile {
  const profile: Profile = { name, title: name, values: {} }
  for (const entry of yaml.entries) {
    if (entry.key === 'version') continue
    else if (entry.key === 'title') profile.title = readTitle(entry) || name
    else Object.assign(profile.values, readValue(entry, parameters))
  }
  return profile
}

function readTitle({ value, valuePlace }: YamlEntry): string {
  if (value === null) return ''
  if (typeof value === 'string' && value.length <= maximumTitleCharacters) return value
  throw fileProblem('file-invalid', `title must be a text of at most ${maximumTitleCharacters} characters.`, valuePlace)
}

function readValue(entry: YamlEntry, parameters: ProfileParameters): ParameterValues {
  const description = parameters.find(({ name }) => name === entry.key)
  if (!description) throw unknownName(entry, parameters)
  const literal = findLiteralSecret(description, entry.value)
  if (literal) throw secretInFile(literal, description, entry.valuePlace)
  try {
    return checkValue(description, entry.value)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const isNumber = typeof entry.value === 'number' || typeof entry.value === 'boolean'
    const whatToDo = isNumber ? [`Put it in quotes to make it a text: ${entry.key}: "…"`] : []
    throw fileProblem('file-invalid', withoutValue(error.problem.detail), { ...entry.valuePlace, whatToDo })
  }
}

/** The value by its name when it is set; @throws ProblemError parameter-invalid */
function checkValue(description: ParameterDescription, value: Json | undefined): ParameterValues {
  const { default: _default, required: _required, ...bare } = description
  return checkParameters([bare], { [description.name]: value })
}

/**
 * Values that are to be written, checked; what counts as not set is left out.
 * @throws ProblemError parameter-unknown, parameter-invalid, secret-in-file
 */
export function checkProfileValues(values: ParameterValues, parameters: ProfileParameters): ParameterValues {
  const unknown = Object.keys(values).find((name) => !parameters.some((one) => one.name === name))
  if (unknown !== undefined) {
    throw problem(
      'parameter-unknown',
      `${unknown.slice(0, 80)} cannot stand in a profile.${hintFor(unknown, parameters)}`,
    )
  }
  const checked: ParameterValues = {}
  for (const description of parameters) {
    const value = Object.hasOwn(values, description.name) ? values[description.name] : undefined
    if (value === '') continue
    const literal = findLiteralSecret(description, value)
    if (literal) throw secretInFile(literal, description, { pointer: `/values/${description.name}` })
    Object.assign(checked, checkValue(description, value))
  }
  return checked
}

function secretInFile(what: string, { name, type }: ParameterDescription, place: ProblemPlace): ProblemError {
  // SECURITY: the value itself must never be part of this text.
  const detail = `A secret stands in clear: ${what}. A workspace goes into git, so it only names secrets.`
  return fileProblem('secret-in-file', detail, {
    ...place,
    whatToDo: [
      ...(type === 'secret'
        ? [`Write instead: ${name}: {secret: my_secret}`, 'Then give that name a value: grantlab secret set my_secret']
        : ['Take it out: only client_secret and password can name a secret.']),
      'If others have seen it, let the server issue a new one.',
    ],
  })
}

/** The sentence without the value it quotes: a secret may have landed under the wrong name. */
function withoutValue(detail: string): string {
  return detail.replace(/ It is .*$/s, '')
}

function unknownName({ key, keyPlace }: YamlEntry, parameters: ProfileParameters): ProblemError {
  const detail = `${key.slice(0, 80)} is no parameter that a profile can have.${hintFor(key, parameters)}`
  return fileProblem('file-invalid', detail, keyPlace)
}

function hintFor(name: string, parameters: ProfileParameters): string {
  const names = parameters.map((one) => one.name)
  const near = nearestName(name, ['title', ...names])
  return near ? ` Is ${near} meant?` : ` There are: ${['title', ...names].join(', ')}.`
}
