import { basename } from 'node:path'
import type { ParameterDescription, ParameterValues } from '../contract/description.ts'
import { isJsonObject } from '../contract/json.ts'
import type { CliProcess } from './cli-process.ts'
import { flagNameOf } from './flags.ts'
import { decodeSaved, decodeUtf8, readSource } from './read-source.ts'
import { readPasted } from './read-secret.ts'
import { usage } from './usage.ts'

const longestText = 1024 * 1024

/** The largest thing that is read from a file is a capsule. */
const longestFile = 64 * 1024 * 1024

/** A parameter whose text stands elsewhere. */
interface Place {
  description: ParameterDescription
  flag: string
  /** a path, or `-` for stdin */
  path: string
}

/**
 * Parameters with their texts of several lines and those that a file holds: `@FILE` stands for a file's text, `-` for all
 * of stdin, `@@` for an @ that begins the text itself. What is needed from a file and not named is what is piped in.
 * @throws ProblemError parameter-invalid for what cannot be read, is no text or too large; parameter-missing; cancelled
 */
export async function withTexts(
  cli: CliProcess,
  descriptions: readonly ParameterDescription[],
  parameters: ParameterValues,
): Promise<ParameterValues> {
  const read: ParameterValues = { ...parameters }
  const places: Place[] = []
  for (const description of descriptions) {
    const path = pathOf(description, parameters[description.name])
    if (path !== undefined) places.push({ description, flag: flagOf(description), path })
    else if (typeof read[description.name] === 'string') read[description.name] = inlineOf(description, read)
  }
  const [first, second] = places.filter(({ path }) => path === '-')
  if (first && second) throw usage('parameter-invalid', `${first.flag} and ${second.flag} both want stdin.`)
  const left = descriptions.find((one) => isFile(one) && one.required && parameters[one.name] === undefined)
  if (left && !first) places.push({ description: left, flag: flagOf(left), path: '-' })
  for (const place of places) read[place.description.name] = await textOf(cli, place)
  return { ...named(descriptions, places), ...read }
}

/** Whether its text is always read from somewhere. */
function isFile({ fromFile, type }: ParameterDescription): boolean {
  return fromFile === true && type !== 'multiline'
}

function flagOf(description: ParameterDescription): string {
  return `--${flagNameOf(description.name)}${isFile(description) ? '-file' : ''}`
}

/** What cannot be a file's name: an address, a key's JSON or PEM. */
const isItself = /^\s*(?:https?:\/\/|[{[]|-----BEGIN )/i

function pathOf({ type, fromFile }: ParameterDescription, given: ParameterValues[string]): string | undefined {
  // A flag that names a file leaves no text behind, which could as well come from the environment.
  if (isJsonObject(given)) return fromFile && typeof given.file === 'string' ? given.file : undefined
  if (type !== 'multiline' || typeof given !== 'string') return undefined
  return pathIn(given, fromFile)
}

function pathIn(given: string, isOftenFile = false): string | undefined {
  if (given === '-') return given
  if (given.startsWith('@')) return given.startsWith('@@') ? undefined : given.slice(1)
  return isOftenFile && given !== '' && !isItself.test(given) ? given : undefined
}

function inlineOf({ name, type }: ParameterDescription, values: ParameterValues): ParameterValues[string] {
  const text = values[name]
  return type === 'multiline' && typeof text === 'string' && text.startsWith('@@') ? text.slice(1) : text
}

async function textOf(cli: CliProcess, { description, flag, path }: Place): Promise<string> {
  if (!isFile(description)) return decodeUtf8(await readSource(cli, { path, flag, bound: longestText }), flag)
  const { title, type } = description
  const isTyped = path === '-' && cli.stdin.isTTY
  const source = { path, flag, bound: longestFile, isSecret: type === 'secret' }
  const text = isTyped
    ? await readPasted(cli, `${title}: paste it, then press Ctrl+D. `)
    : decodeSaved(await readSource(cli, source), flag)
  if (text.trim() !== '') return text
  const where = path === '-' ? 'stdin, and nothing came' : 'a file, and nothing stands in it'
  throw usage('parameter-missing', `${title} is read from ${where}.`, 'Name a file, or pipe the text in.')
}

/** The file's name goes along where a command has a place for it. */
function named(descriptions: readonly ParameterDescription[], places: readonly Place[]): ParameterValues {
  const file = places.find(({ description, path }) => isFile(description) && path !== '-')
  const isWanted = descriptions.some(({ name, type }) => name === 'name' && type === 'text')
  return file && isWanted ? { name: basename(file.path) } : {}
}
