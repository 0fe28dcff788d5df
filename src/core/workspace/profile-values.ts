import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import type { ProblemPlace } from '../../contract/problem.ts'
import type { TestUser } from '../../contract/profile.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { checkParameters } from '../runs/check-parameters.ts'
import { findLiteralSecret } from './literal-secret.ts'
import { nearestName } from './nearest-name.ts'
import { readUsers } from './profile-users.ts'
import { fileProblem } from './yaml-file.ts'

/** What a profile has besides parameters. */
const ownNames = ['title', 'production', 'users']

/** The value by its name when it is set; @throws ProblemError parameter-invalid */
export function checkProfileValue(description: ParameterDescription, value: Json | undefined): ParameterValues {
  const { default: _default, required: _required, ...bare } = description
  return checkParameters([bare], { [description.name]: value })
}

/**
 * Values that are to be written, checked; what counts as not set is left out.
 * @throws ProblemError parameter-unknown, parameter-invalid, secret-in-file
 */
export function checkProfileValues(
  values: ParameterValues,
  parameters: readonly ParameterDescription[],
): ParameterValues {
  const unknown = Object.keys(values).find((name) => !parameters.some((one) => one.name === name))
  if (unknown !== undefined) {
    throw problem(
      'parameter-unknown',
      `${unknown.slice(0, 80)} cannot stand in a profile.${nameHint(unknown, parameters)}`,
    )
  }
  const checked: ParameterValues = {}
  for (const description of parameters) {
    const value = Object.hasOwn(values, description.name) ? values[description.name] : undefined
    if (value === '') continue
    const { name, type } = description
    const literal = findLiteralSecret(description, value)
    if (literal) throw secretInFile(literal, type === 'secret' ? name : '', { pointer: `/values/${name}` })
    Object.assign(checked, checkProfileValue(description, value))
  }
  return checked
}

/**
 * Test users that are to be written, checked.
 * @throws ProblemError parameter-invalid, secret-in-file
 */
export function checkProfileUsers(given: unknown): TestUser[] {
  const { users, faults } = readUsers(given as Json)
  const [first] = faults
  if (!first) return users
  const pointer = `/users${first.path.map((part) => `/${part}`).join('')}`
  if (first.isLiteralSecret) throw secretInFile(first.detail, 'password', { pointer })
  throw problem('parameter-invalid', first.detail, { place: { pointer } })
}

/** The problem of a secret in clear; `name` is the parameter that should name a secret, empty when none can there. */
export function secretInFile(what: string, name: string, place: ProblemPlace): ProblemError {
  // SECURITY: the value itself must never be part of this text.
  const detail = `A secret stands in clear: ${what}. A workspace goes into git, so it only names secrets.`
  return fileProblem('secret-in-file', detail, {
    ...place,
    whatToDo: [
      ...(name !== ''
        ? [`Write instead: ${name}: {secret: my_secret}`, 'Then give that name a value: grantlab secret set my_secret']
        : ['Take it out: only parameters made for secrets, such as client_secret, can name one.']),
      'If others have seen it, let the server issue a new one.',
    ],
  })
}

/** The sentence without the value it quotes: a secret may have landed under the wrong name. */
export function withoutValue(detail: string): string {
  return detail.replace(/ It is .*$/s, '')
}

/** What may have been meant by a name that a profile cannot have. */
export function nameHint(name: string, parameters: readonly ParameterDescription[]): string {
  const names = [...ownNames, ...parameters.map((one) => one.name)]
  const near = nearestName(name, names)
  return near ? ` Is ${near} meant?` : ` There are: ${names.join(', ')}.`
}
