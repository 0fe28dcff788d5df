import { isUtf8 } from 'node:buffer'
import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'
import type { ProblemPlace } from '../../contract/problem.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { errorCodeOf, reasonOf } from './system-error.ts'

/** The largest file a person is expected to write by hand, in bytes. */
const defaultMaximumBytes = 1_048_576

/** A text file as it was read. */
export interface TextFile {
  /** decoded, without byte order mark, lines ended by `\n` */
  text: string
  /** the bytes as they stand, for comparing and for writing back in the same manner */
  raw: string
  hasBom: boolean
  hasCrlf: boolean
  /** permission bits */
  mode: number
  /** where the file really is, links followed */
  realPath: string
}

/** What is read, and within which bounds. */
export interface ReadOptions {
  /** the folder the file must really lie in, links followed */
  within?: string
  /** default 1 MiB */
  maximumBytes?: number
}

/**
 * Reads a UTF-8 text file; undefined when there is none.
 * @throws ProblemError file-invalid for what is no plain readable file, is too large, is no UTF-8 or lies elsewhere
 */
export async function readTextFile(path: string, options: ReadOptions = {}): Promise<TextFile | undefined> {
  const realPath = await findReal(path, options.within)
  if (realPath === undefined) return undefined
  const { bytes, mode } = await readBytes(path, realPath, options.maximumBytes ?? defaultMaximumBytes)
  if (!isUtf8(bytes)) throw notUtf8(path, bytes)
  const raw = bytes.toString('utf8')
  const hasBom = raw.startsWith('\uFEFF')
  const text = (hasBom ? raw.slice(1) : raw).replaceAll('\r\n', '\n')
  return { text, raw, hasBom, hasCrlf: raw.includes('\r\n'), mode, realPath }
}

/**
 * Reads a file of any content; undefined when there is none.
 * @throws ProblemError file-invalid for what is no plain readable file, is too large or lies elsewhere
 */
export async function readPlainFile(path: string, options: ReadOptions = {}): Promise<Buffer | undefined> {
  const realPath = await findReal(path, options.within)
  if (realPath === undefined) return undefined
  return (await readBytes(path, realPath, options.maximumBytes ?? defaultMaximumBytes)).bytes
}

/**
 * Where a file or folder really is, links followed; undefined when there is none.
 * @throws ProblemError file-invalid when that is outside of `within`, or cannot be told
 */
export async function findReal(path: string, within?: string): Promise<string | undefined> {
  try {
    const realPath = await realpath(path)
    // SECURITY: a cloned workspace may hold links; without this check one could pull in, or overwrite, any file.
    if (within !== undefined && !isWithin(await realpath(within), realPath)) {
      throw invalid(path, `It is a link to a place outside ${within}.`)
    }
    return realPath
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined
    throw errorCodeOf(error) ? invalid(path, `It cannot be read: ${reasonOf(error)}.`, { cause: error }) : error
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

async function readBytes(path: string, realPath: string, maximumBytes: number) {
  let file: FileHandle | undefined
  try {
    // Without O_NONBLOCK a named pipe in the folder would keep the open waiting for ever.
    file = await open(realPath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const facts = await file.stat()
    if (!facts.isFile()) throw invalid(path, 'It is no plain file.')
    if (facts.size > maximumBytes) throw tooLarge(path, maximumBytes)
    const bytes = await readUpTo(file, maximumBytes + 1, () => tooLarge(path, maximumBytes))
    return { bytes, mode: facts.mode & 0o777 }
  } catch (error) {
    throw errorCodeOf(error) ? invalid(path, `It cannot be read: ${reasonOf(error)}.`, { cause: error }) : error
  } finally {
    await file?.close()
  }
}

/** Reads to the end, but never more than `bound` bytes: the file may grow while it is read. */
async function readUpTo(file: FileHandle, bound: number, refusal: () => ProblemError): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let total = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(65_536, bound - total)))
    if (bytesRead === 0) return Buffer.concat(parts)
    parts.push(buffer.subarray(0, bytesRead))
    total += bytesRead
    if (total >= bound) throw refusal()
  }
}

function tooLarge(path: string, maximumBytes: number): ProblemError {
  return invalid(path, `It is larger than ${maximumBytes} bytes, more than Grantlab reads here.`)
}

function notUtf8(path: string, bytes: Buffer): ProblemError {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return invalid(path, 'It is written in UTF-16; save it as UTF-8.')
  }
  const before = bytes.toString('utf8').split('\uFFFD', 1)[0] ?? ''
  const line = before.split('\n').length
  const column = before.length - before.lastIndexOf('\n')
  return invalid(path, 'It is not UTF-8 text; save it as UTF-8.', { place: { line, column } })
}

function invalid(path: string, detail: string, more: { cause?: unknown; place?: ProblemPlace } = {}): ProblemError {
  const { cause, place } = more
  return problem('file-invalid', `${path}: ${detail}`, { place: { file: path, ...place }, ...(cause ? { cause } : {}) })
}
