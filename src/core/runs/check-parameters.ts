import type { ParameterDescription, ParameterValues } from '../../contract/description.ts'
import { isJsonObject, type Json } from '../../contract/json.ts'
import { isSecretReference } from '../../contract/profile.ts'
import { problem } from '../problems/problem-error.ts'

/**
 * Checks values against their descriptions and fills in defaults. Empty text and empty lists count as not given, except
 * where a description says that they are values.
 * @throws ProblemError parameter-unknown, parameter-missing, parameter-invalid, each naming the parameter
 */
export function checkParameters(
  descriptions: readonly ParameterDescription[],
  values: ParameterValues,
): ParameterValues {
  const known = new Set(descriptions.map(({ name }) => name))
  const unknown = Object.keys(values).find((name) => !known.has(name))
  if (unknown !== undefined) {
    throw problem('parameter-unknown', `There is no parameter ${unknown} here. There are: ${[...known].join(', ')}.`)
  }
  const checked: ParameterValues = {}
  for (const description of descriptions) {
    const value = givenOrDefault(description, values)
    if (value !== undefined) checked[description.name] = checkOne(description, value)
  }
  for (const { name, title, required } of descriptions) {
    if (required && checked[name] === undefined) {
      throw problem('parameter-missing', `${title} (${name}) is needed.`, {
        whatToDo: [`Set it here or in the profile (${name}).`],
      })
    }
  }
  return checked
}

function givenOrDefault(
  { name, mayBeEmpty, default: usual }: ParameterDescription,
  values: ParameterValues,
): Json | undefined {
  const given = Object.hasOwn(values, name) ? values[name] : undefined
  const isGiven = !isEmpty(given) || (mayBeEmpty && given !== undefined && given !== null)
  return isGiven ? given : usual
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

const isText = (value: Json): value is string => typeof value === 'string'
const isPair = (value: Json) => Array.isArray(value) && value.length === 2 && value.every(isText)

/** An address of this machine, which alone may be quoted, with an optional port. */
const onThisMachine = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/

/** Bytes of a text of several lines, such as a request body. */
const longestMultiline = 1024 * 1024

/** For each type: whether the value fits, and what would. */
const checks: Record<
  ParameterDescription['type'],
  [fits: (value: Json, d: ParameterDescription) => boolean, wanted: string]
> = {
  text: [isText, 'a text'],
  multiline: [
    (value) => isText(value) && Buffer.byteLength(value) <= longestMultiline,
    `a text of at most ${longestMultiline} bytes`,
  ],
  url: [
    (value) => isText(value) && URL.canParse(value) && !onThisMachine.test(value),
    'an absolute address such as https://login.example.test',
  ],
  integer: [
    (value, d) =>
      Number.isInteger(value) && Number(value) >= (d.minimum ?? -Infinity) && Number(value) <= (d.maximum ?? Infinity),
    'a whole number',
  ],
  boolean: [(value) => typeof value === 'boolean', 'true or false'],
  choice: [(value, d) => (d.choices ?? []).some((choice) => choice.value === value), 'one of'],
  words: [isText, 'words separated by spaces'],
  list: [(value) => Array.isArray(value) && value.every(isText), 'a list of texts'],
  pairs: [(value) => Array.isArray(value) && value.every(isPair), 'a list of [name, value]'],
  object: [
    (value, d) => (d.repeats ? Array.isArray(value) && value.every(isJsonObject) : isJsonObject(value)),
    'an object',
  ],
  secret: [(value) => isText(value) || isSecretReference(value), 'a text or {secret: NAME}'],
}

function checkOne(description: ParameterDescription, value: Json): Json {
  const [fits, wanted] = checks[description.type]
  if (fits(value, description)) return value
  const choices = description.choices?.map((choice) => choice.value).join(', ')
  const range = [description.minimum, description.maximum].filter((bound) => bound !== undefined).join(' to ')
  // SECURITY: a secret that does not fit must not be quoted; pairs, objects, bodies and addresses may hold one, too.
  const maySay = !['secret', 'pairs', 'object', 'url', 'multiline'].includes(description.type)
  const shown = maySay ? ` It is ${JSON.stringify(value).slice(0, 200)}.` : ''
  throw problem(
    'parameter-invalid',
    `${description.title} (${description.name}) must be ${wanted}${choices ? ` ${choices}` : ''}${range ? ` (${range})` : ''}.${shown}`,
    description.type === 'url' ? { whatToDo: [withScheme(value)] } : {},
  )
}

function withScheme(value: Json): string {
  return isText(value) && onThisMachine.test(value)
    ? `Perhaps http://${value} is meant.`
    : 'Begin the address with https://, or with http:// for this machine.'
}
