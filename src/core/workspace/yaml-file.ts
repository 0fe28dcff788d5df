import type { Document, LineCounter, Node, Pair, YAMLError, YAMLMap } from 'yaml'
import type { Json } from '../../contract/json.ts'
import type { ProblemCode, ProblemPlace } from '../../contract/problem.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { sentenceFor } from './yaml-sentences.ts'

/** The version this Grantlab reads and writes. */
const knownVersion = 1
/** Aliases resolved in one value; more is an attempt to fill the memory. */
const maximumAliases = 100

/** One `key: value` at the top of a file. */
export interface YamlEntry {
  key: string
  keyPlace: ProblemPlace
  valuePlace: ProblemPlace
  value: Json
}

/** A YAML file that is a mapping of names, with places for problems. */
export interface YamlFile {
  file: string
  document: Document<YAMLMap>
  entries: YamlEntry[]
}

interface Source {
  text: string
  file: string
}

/** The place of a name in a file, when nothing nearer is known. */
export function pointerTo(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/**
 * Reads a YAML mapping of plain names, each once. Texts of the library are not passed on: they quote the file.
 * @throws ProblemError file-invalid with line and column; file-newer for a later version
 */
export async function readYamlFile(source: Source): Promise<YamlFile> {
  const { parseDocument, LineCounter: Counter } = await import('yaml')
  const lines = new Counter()
  const document = parseDocument(source.text, {
    lineCounter: lines,
    prettyErrors: false,
    // Names are checked for repetition below: the library compares each with each, which takes minutes at 1 MB.
    uniqueKeys: false,
    logLevel: 'error',
  })
  const [first] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  if (first) throw syntaxProblem(first, source, lines)
  const root = await rootOf(document, source)
  const entries: YamlEntry[] = []
  const seen = new Set<string>()
  for (const pair of root.items) {
    const entry = readEntry(pair as Pair<Node, Node | null>, { ...source, document, lines })
    if (seen.has(entry.key)) throw fileProblem('file-invalid', `${entry.key} stands here twice.`, entry.keyPlace)
    seen.add(entry.key)
    entries.push(entry)
  }
  checkVersion(entries, source.file)
  return { file: source.file, document: document as Document<YAMLMap>, entries }
}

/** Builds a problem with advice whose detail begins with the place, as `file:line:column`. */
export function fileProblem(
  code: ProblemCode,
  detail: string,
  { whatToDo, ...place }: ProblemPlace & { whatToDo?: string[] },
): ProblemError {
  const at = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')
  return problem(code, at === '' ? detail : `${at}: ${detail}`, { place, ...(whatToDo?.length ? { whatToDo } : {}) })
}

async function rootOf(document: Document, { file }: Source): Promise<YAMLMap> {
  const { isMap } = await import('yaml')
  if (isMap(document.contents)) return document.contents
  throw fileProblem('file-invalid', 'The file must begin with version: 1, then one name: value per line.', {
    file,
    line: 1,
    column: 1,
    pointer: '',
  })
}

interface EntrySource extends Source {
  document: Document
  lines: LineCounter
}

function readEntry(pair: Pair<Node, Node | null>, source: EntrySource): YamlEntry {
  const keyValue = (pair.key as { value?: unknown }).value
  const keyStart = pair.key.range?.[0] ?? 0
  if (typeof keyValue !== 'string') {
    throw fileProblem('file-invalid', 'A name must be plain text.', placeAt(keyStart, source))
  }
  const pointer = pointerTo(keyValue)
  const valuePlace = placeAt(pair.value?.range?.[0] ?? keyStart, source, pointer)
  return {
    key: keyValue,
    keyPlace: placeAt(keyStart, source, pointer),
    valuePlace,
    value: jsonOf(pair.value, source, valuePlace),
  }
}

function jsonOf(node: Node | null, { document }: EntrySource, place: ProblemPlace): Json {
  if (!node) return null
  try {
    return node.toJS(document, { maxAliasCount: maximumAliases }) as Json
  } catch {
    // Unknown aliases and alias bombs show only here.
    throw fileProblem('file-invalid', 'An alias (*name) here names nothing, or too much.', {
      ...place,
      whatToDo: ['Write the value out: a profile needs no aliases.'],
    })
  }
}

function placeAt(offset: number, { file, lines }: EntrySource, pointer?: string): ProblemPlace {
  const { line, col } = lines.linePos(offset)
  return { file, line, column: col, ...(pointer === undefined ? {} : { pointer }) }
}

function syntaxProblem({ code, pos }: YAMLError, { file }: Source, lines: LineCounter): ProblemError {
  const { line, col } = lines.linePos(pos[0])
  return fileProblem('file-invalid', sentenceFor(code), { file, line, column: col })
}

function checkVersion(entries: YamlEntry[], file: string): void {
  const entry = entries.find(({ key }) => key === 'version')
  const version = entry?.value
  if (version === knownVersion) return
  const place = entry?.valuePlace ?? { file, line: 1, column: 1, pointer: '/version' }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < knownVersion) {
    throw fileProblem('file-invalid', `The file must say version: ${knownVersion}.`, place)
  }
  throw fileProblem(
    'file-newer',
    `This file has version ${version}; this Grantlab knows version ${knownVersion} and leaves it as it is.`,
    { ...place, whatToDo: ['Use a newer Grantlab for this file.'] },
  )
}
