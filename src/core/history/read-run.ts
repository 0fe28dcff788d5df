import { readFile, stat } from 'node:fs/promises'
import type { BodySlice } from '../../contract/engine.ts'
import type { RunEvent } from '../../contract/events.ts'
import { isJsonObject } from '../../contract/json.ts'
import type { Problem } from '../../contract/problem.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { readLines } from './read-lines.ts'
import { type RunPaths, bodyPathOf, historyFailed } from './run-paths.ts'

/** The format this Grantlab writes and reads. */
const knownFormat = 1
/** Bodies are bounded when they are received; masks make them longer, but never by so much. */
const maximumBodyBytes = 67_108_864

/** Parses a line; undefined when it is no event. */
export function parseEvent(text: string): RunEvent | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isEvent = isJsonObject(value) && typeof value.type === 'string' && typeof value.seq === 'number'
    return isEvent ? (value as unknown as RunEvent) : undefined
  } catch {
    return undefined
  }
}

/** What stands against a first line: it is none, or a newer Grantlab's; undefined when nothing does. */
export function problemOfFirst(first: RunEvent | undefined, file: string): Problem | undefined {
  const format: number = first?.type === 'run.started' ? first.format : NaN
  if (format === knownFormat) return undefined
  return format > knownFormat
    ? problem('file-newer', `${file} has format ${format}; this Grantlab reads format ${knownFormat}.`, {
        place: { file, line: 1, pointer: '/format' },
        whatToDo: ['Use a newer Grantlab for this run.'],
      }).problem
    : problem('file-invalid', `${file} does not begin as a run does.`, { place: { file, line: 1 } }).problem
}

/**
 * The events of a run in order. A last line that was cut off is left out; a broken line elsewhere is told and left out.
 * @throws ProblemError file-newer, file-invalid, run-not-found, data-folder-failed
 */
export async function* readRun(paths: RunPaths, onProblem?: (problem: Problem) => void): AsyncGenerator<RunEvent> {
  try {
    for await (const { text, number, isWhole } of readLines(paths.file)) {
      const event = parseEvent(text)
      const refusal = number === 1 ? problemOfFirst(event, paths.file) : undefined
      if (refusal) throw new ProblemError(refusal)
      if (event) yield event
      else if (isWhole) onProblem?.(brokenLine(paths.file, number))
    }
  } catch (error) {
    throw errorCodeOf(error) ? readFailed(paths, error) : error
  }
}

/** A slice of a body in characters. @throws ProblemError run-not-found, parameter-invalid, data-folder-failed */
export async function readBodySlice(
  paths: RunPaths,
  id: string,
  range: { offset: number; length: number },
): Promise<BodySlice> {
  const { offset, length } = range
  if (![offset, length].every((number) => Number.isSafeInteger(number) && number >= 0)) {
    throw problem('parameter-invalid', 'A slice of a body has a whole offset and length, not below 0.')
  }
  const path = bodyPathOf(paths, id)
  try {
    if ((await stat(path)).size > maximumBodyBytes) throw problem('file-invalid', `${path} is too large to be read.`)
    const text = await readFile(path, 'utf8')
    return { text: text.slice(offset, offset + length), characters: text.length }
  } catch (error) {
    throw errorCodeOf(error) ? readFailed(paths, error) : error
  }
}

function readFailed({ runId, file }: RunPaths, error: unknown): ProblemError {
  if (errorCodeOf(error) !== 'ENOENT') return historyFailed(file, error)
  return problem('run-not-found', `This part of run ${runId} is not on disk.`, { cause: error })
}

function brokenLine(file: string, line: number): Problem {
  return problem('file-invalid', `${file}:${line} is no event and was left out.`, { place: { file, line } }).problem
}
