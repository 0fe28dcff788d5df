import type { ParameterDescription, ParameterType } from '../contract/description.ts'
import type { Json } from '../contract/json.ts'
import type { Flag } from './flags.ts'
import { usage } from './usage.ts'

/** Environment variables. */
export type Environment = Record<string, string | undefined>

type Reader = (texts: readonly string[], flag: Flag) => Json

const text: Reader = ([first = '']) => first

const readers: Record<ParameterType, Reader> = {
  text,
  // What `@FILE` and `-` stand for is read when the command runs.
  multiline: text,
  url: text,
  integer: ([first = ''], flag) => readInteger(first, flag),
  boolean: (_texts, { kind }) => kind === 'yes',
  choice: ([first = ''], flag) => readChoice(first, flag),
  words: (texts) => texts.join(' '),
  list: (texts) => [...texts],
  pairs: (texts, flag) => texts.map((pair) => readPair(pair, flag)),
  object: (texts, flag) => readObjects(texts, flag),
  secret: text,
}

/**
 * The value of a parameter from what was given with its flag. An environment variable is read here; a secret's name
 * becomes a reference.
 * @throws ProblemError that names the flag and what would fit
 */
export function readValue(flag: Flag, texts: readonly string[], environment: Environment): Json {
  const [first = ''] = texts
  if (flag.kind === 'reference') return { secret: first }
  // What the file says is read when the command runs.
  if (flag.kind === 'file') return { file: first }
  if (flag.kind === 'variable') return readVariable(first, flag, environment)
  return readers[flag.parameter.type](texts, flag)
}

function readVariable(variable: string, { name }: Flag, environment: Environment): string {
  // A variable's name, and nothing else: a secret given here by mistake must not come back in a message.
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) {
    throw usage('parameter-invalid', `--${name} wants the name of an environment variable, not the value itself.`)
  }
  const value = environment[variable]
  if (value) return value
  throw usage(
    'secret-missing',
    `The environment variable ${variable}, named by --${name}, is ${value === '' ? 'empty' : 'not set'}.`,
    `Set ${variable} before you call grantlab.`,
  )
}

function readInteger(given: string, { name, parameter }: Flag): number {
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = parameter
  const value = /^-?\d{1,15}$/.test(given) ? Number(given) : Number.NaN
  if (value >= minimum && value <= maximum) return value
  throw usage('parameter-invalid', `--${name} wants a whole number${rangeOf(parameter)}; it is ${given}.`)
}

function rangeOf({ minimum, maximum }: ParameterDescription): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` of ${minimum} or more`
  return maximum === undefined ? '' : ` of ${maximum} or less`
}

function readChoice(given: string, { name, parameter }: Flag): string {
  const values = (parameter.choices ?? []).map(({ value }) => value)
  if (values.includes(given)) return given
  throw usage('parameter-invalid', `--${name} must be one of ${values.join(', ')}; it is ${given}.`)
}

function readPair(given: string, { name }: Flag): [string, string] {
  const at = given.indexOf('=')
  if (at > 0) return [given.slice(0, at), given.slice(at + 1)]
  // SECURITY: what was given is not quoted: it may be a secret whose name was forgotten.
  throw usage('parameter-invalid', `--${name} wants NAME=VALUE.`)
}

/** With `repeats` one object for each time the flag is given. */
function readObjects(texts: readonly string[], flag: Flag): Json {
  const objects = texts.map((given) => readJson(given, flag))
  return flag.repeats ? objects : (objects[0] ?? null)
}

function readJson(given: string, { name }: Flag): Json {
  try {
    return JSON.parse(given) as Json
  } catch {
    throw usage('parameter-invalid', `--${name} wants JSON.`)
  }
}
