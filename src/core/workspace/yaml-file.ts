import type { Document, LineCounter, Node, Pair, YAMLError, YAMLMap } from 'yaml'
import type { ProblemCode, ProblemPlace } from '../../contract/problem.ts'
import { fileKinds } from '../files/file-versions.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { type EntrySource, type YamlEntry, readYamlEntry } from './yaml-entry.ts'
import { sentenceFor } from './yaml-sentences.ts'

/** The version this Grantlab reads and writes; profiles and the workspace's own file go together. */
const knownVersion = fileKinds.profile.version

/** A YAML file that is a mapping of names, with places for problems. */
export interface YamlFile {
  file: string
  document: Document<YAMLMap>
  entries: YamlEntry[]
}

/** A text and the file it is, or is to be. */
export interface YamlSource {
  text: string
  file: string
}

/** What could be read of a YAML file, and what is wrong with it. */
export interface ExaminedYaml extends Omit<YamlFile, 'document'> {
  /** undefined when the file is no mapping of names at all */
  document: Document<YAMLMap> | undefined
  /** in the order they were found, at most `most` and those of the grammar */
  problems: ProblemError[]
}

/**
 * Reads a YAML mapping of plain names, each once. Texts of the library are not passed on: they quote the file.
 * @throws ProblemError file-invalid with line and column; file-newer for a later version
 */
export async function readYamlFile(source: YamlSource): Promise<YamlFile> {
  const { problems, document, ...rest } = await examineYamlFile(source, 1)
  if (problems[0] || !document) throw problems[0] ?? problem('file-invalid', source.file)
  return { ...rest, document }
}

/**
 * Reads as `readYamlFile` does, and goes on after a problem, up to `most` of them. Behind the first place that is no
 * YAML nothing is read; of a file of a later version only that is said.
 */
export async function examineYamlFile(source: YamlSource, most: number): Promise<ExaminedYaml> {
  const { parseDocument, LineCounter: Counter, isMap } = await import('yaml')
  const lines = new Counter()
  const document = parseDocument(source.text, {
    lineCounter: lines,
    prettyErrors: false,
    // Names are checked for repetition below: the library compares each with each, which takes minutes at 1 MB.
    uniqueKeys: false,
    logLevel: 'error',
  })
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  const problems = errors.slice(0, most).map((error) => syntaxProblem(error, source, lines))
  if (!isMap(document.contents)) {
    return {
      file: source.file,
      document: undefined,
      entries: [],
      problems: problems[0] ? problems : [noMapping(source)],
    }
  }
  const readable = { ...source, document, lines, end: errors[0]?.pos[0] ?? Infinity }
  const found = readEntries(document.contents.items, readable, most)
  const version = errors.length === 0 ? versionProblem(found.entries, source.file) : undefined
  const all = [...problems, ...found.problems, ...(version ? [version] : [])]
  return {
    file: source.file,
    document: document as Document<YAMLMap>,
    entries: found.entries,
    problems: version?.problem.code === 'file-newer' ? [version] : all,
  }
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

function readEntries(pairs: readonly Pair<Node, Node | null>[], source: EntrySource & { end: number }, most: number) {
  const entries: YamlEntry[] = []
  const problems: ProblemError[] = []
  const seen = new Set<string>()
  for (const pair of pairs) {
    if (problems.length >= most || endOf(pair) > source.end) break
    const read = readYamlEntry(pair, source)
    if ('problem' in read) problems.push(fileProblem('file-invalid', read.problem, read.place))
    else if (seen.has(read.key)) problems.push(repeated(read))
    else entries.push(read)
    if ('key' in read) seen.add(read.key)
  }
  return { entries, problems }
}

function repeated({ key, keyPlace }: YamlEntry): ProblemError {
  return fileProblem('file-invalid', `${key.slice(0, 80)} stands here twice.`, keyPlace)
}

/** Where an entry ends, its value included. */
function endOf({ key, value }: Pair<Node, Node | null>): number {
  return (value?.range ?? key.range)?.[1] ?? 0
}

function noMapping({ file }: YamlSource): ProblemError {
  const detail = `The file must begin with version: ${knownVersion}, then one name: value per line.`
  return fileProblem('file-invalid', detail, { file, line: 1, column: 1, pointer: '' })
}

function syntaxProblem({ code, pos }: YAMLError, { file }: YamlSource, lines: LineCounter): ProblemError {
  const { line, col } = lines.linePos(pos[0])
  return fileProblem('file-invalid', sentenceFor(code), { file, line, column: col })
}

function versionProblem(entries: YamlEntry[], file: string): ProblemError | undefined {
  const entry = entries.find(({ key }) => key === 'version')
  const version = entry?.value
  if (version === knownVersion) return undefined
  const place = entry?.valuePlace ?? { file, line: 1, column: 1, pointer: '/version' }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < knownVersion) {
    return fileProblem('file-invalid', `The file must say version: ${knownVersion}.`, place)
  }
  return fileProblem(
    'file-newer',
    `This file has version ${version}; this Grantlab knows version ${knownVersion} and leaves it as it is.`,
    { ...place, whatToDo: ['Use a newer Grantlab for this file.'] },
  )
}
