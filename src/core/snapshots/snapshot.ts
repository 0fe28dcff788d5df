import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import { fileKinds } from '../files/file-versions.ts'
import { newerFile } from '../files/read-versioned-file.ts'
import { problem } from '../problems/problem-error.ts'

/** What a server said about itself at one time. */
export interface Snapshot {
  issuer: string
  /** ISO time */
  takenAt: string
  /** the whole document */
  document: JsonObject
  /** RFC 7638 thumbprints of its keys in order, the first 100; absent when the keys were not read */
  keys?: string[]
}

/** The text of a snapshot's file; easy to read and to compare in git. */
export function textOfSnapshot({ issuer, takenAt, document, keys }: Snapshot): string {
  return `${JSON.stringify({ grantlab: 'metadata-snapshot', version: fileKinds.snapshot.version, issuer, takenAt, document, ...(keys ? { keys } : {}) }, null, 2)}\n`
}

/**
 * Reads a snapshot, or a plain metadata document that somebody saved by other means.
 * @throws ProblemError file-invalid, file-newer
 */
export function readSnapshot(text: string, file: string): Snapshot {
  const read = parse(text, file)
  if (read.grantlab !== 'metadata-snapshot') return { issuer: textOf(read.issuer), takenAt: '', document: read }
  if (typeof read.version === 'number' && read.version > fileKinds.snapshot.version) {
    throw newerFile(file, fileKinds.snapshot, read.version)
  }
  if (!isJsonObject(read.document)) throw invalid(file, 'It has no document.')
  const keys = Array.isArray(read.keys) ? read.keys.filter((key) => typeof key === 'string') : undefined
  return {
    issuer: textOf(read.issuer),
    takenAt: textOf(read.takenAt),
    document: read.document,
    ...(keys ? { keys } : {}),
  }
}

function parse(text: string, file: string): JsonObject {
  try {
    const read = JSON.parse(text) as Json
    if (isJsonObject(read)) return read
  } catch {
    // Said below, without the text: the parser quotes it.
  }
  throw invalid(file, 'It is neither a snapshot nor a metadata document in JSON.')
}

function invalid(file: string, why: string) {
  return problem('file-invalid', `${file}: ${why}`, {
    place: { file },
    whatToDo: ['Save one with: grantlab discover ISSUER --save FILE'],
  })
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
