import { createHash } from 'node:crypto'
import { type JsonObject, isJsonObject } from '../../contract/json.ts'
import { type Sealed, isSealed, open, seal } from './seal.ts'

/** What a record holds. */
export type RecordKind = 'secret' | 'tokens'

/** What is told of a record without its key. It is part of the seal: nobody can change it unnoticed. */
export interface RecordHead {
  kind: RecordKind
  id: string
  /** the vault it belongs to */
  owner: string
  /** ISO time */
  savedAt: string
  /** of a secret: where it may go */
  binding?: JsonObject
}

/** The version of records that is written now. */
const version = 1

/** A record as it stands on disk. */
export interface RecordFile extends RecordHead, Sealed {}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const namePattern = new RegExp(`^(?:secret-[0-9a-f]{40}|tokens-(${uuid}))\\.json$`)

/** The name of a record's file. SECURITY: harmless on every system, whatever a secret is called; tokens have a UUID. */
export function recordFileName(kind: RecordKind, id: string): string {
  const hash = createHash('sha256').update(`${kind}\n${id}`).digest('hex').slice(0, 40)
  const name = `${kind}-${kind === 'tokens' ? id : hash}.json`
  if (!namePattern.test(name)) throw new TypeError('not the id of a record')
  return name
}

/** The id of a record of tokens by its file name; empty for a secret's file, undefined for what is no record's. */
export function idOfFileName(name: string): string | undefined {
  const found = namePattern.exec(name)
  return found ? (found[1] ?? '') : undefined
}

/** The text of a record's file. */
export function sealRecord(key: Uint8Array, head: RecordHead, text: string): string {
  const { kind, id, owner, savedAt, binding } = head
  const told = { version, kind, id, owner, savedAt, ...(binding ? { binding } : {}) }
  return `${JSON.stringify({ ...told, ...seal(key, text, aboutOf(head)) })}\n`
}

/** The clear text of a record; undefined when key, head or content is another than it was sealed with. */
export function openRecord(key: Uint8Array, file: RecordFile): string | undefined {
  return open(key, file, aboutOf(file))
}

/** A record's file as read; `newer` for one that a newer Grantlab wrote, `damaged` for what is none. */
export function parseRecord(text: string): RecordFile | 'newer' | 'damaged' {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return 'damaged'
  }
  if (!isJsonObject(file)) return 'damaged'
  const found: JsonObject = file
  if (Number.isInteger(found.version) && Number(found.version) > version) return 'newer'
  const isHead = ['kind', 'id', 'owner', 'savedAt'].every((name) => typeof found[name] === 'string')
  const isBound = found.binding === undefined || isJsonObject(found.binding)
  return found.version === version && isHead && isBound && isSealed(found)
    ? (found as unknown as RecordFile)
    : 'damaged'
}

/** SECURITY: everything the head says, so that records cannot be swapped, renamed or sent elsewhere. */
function aboutOf({ kind, id, owner, savedAt, binding }: RecordHead): string {
  return JSON.stringify(['grantlab record', version, kind, id, owner, savedAt, binding ?? null])
}
