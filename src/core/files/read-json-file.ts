import { type Json, type JsonObject, isJsonObject } from '../../contract/json.ts'
import type { ProblemPlace } from '../../contract/problem.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import type { FileKind } from './file-versions.ts'
import { readVersionedFile } from './read-versioned-file.ts'

/** A JSON file of a kind, as it was read. */
export interface JsonFile {
  content: JsonObject
  version: number
  /** the bytes as they stand, for comparing */
  raw: string
}

/**
 * Reads a JSON object with a `version`; undefined when there is no file. One of a later version is read, too.
 * @throws ProblemError file-invalid with its place
 */
export async function readJsonFile(path: string, kind: FileKind): Promise<JsonFile | undefined> {
  const file = await readVersionedFile(path, kind)
  if (!file) return undefined
  const content = parsed(path, file.text)
  const { version } = content
  if (typeof version === 'number' && Number.isInteger(version) && version >= 1) {
    return { content, version, raw: file.raw }
  }
  throw invalid(path, `It must say "version": ${kind.version}.`, { pointer: '/version' })
}

function parsed(path: string, text: string): JsonObject {
  let content: Json
  try {
    content = JSON.parse(text) as Json
  } catch (error) {
    throw invalid(path, 'It is not written as JSON.', placeIn(text, error))
  }
  if (isJsonObject(content)) return content
  throw invalid(path, 'It must hold one JSON object.', { line: 1, column: 1, pointer: '' })
}

/** Where the parser stopped, as far as it says so. Its text is not passed on: it quotes the file. */
function placeIn(text: string, error: unknown): ProblemPlace {
  const { message } = error as Error
  const [, position] = /at position (\d+)/.exec(message) ?? []
  if (position === undefined && !/end of JSON/.test(message)) return {}
  const before = text.slice(0, position === undefined ? text.length : Number(position))
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}

function invalid(path: string, detail: string, place: ProblemPlace): ProblemError {
  const at = [path, place.line, place.column].filter((part) => part !== undefined).join(':')
  return problem('file-invalid', `${at}: ${detail}`, {
    place: { file: path, ...place },
    whatToDo: ['Mend it, or take it away: it is made anew then.'],
  })
}
