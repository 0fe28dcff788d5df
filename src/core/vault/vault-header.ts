import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../../contract/json.ts'
import type { VaultStore } from '../../contract/kept.ts'
import { fileKinds } from '../files/file-versions.ts'
import { readJsonFile } from '../files/read-json-file.ts'
import { newerFile } from '../files/read-versioned-file.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { type Derivation, isDerivation } from './passphrase-key.ts'
import { type Sealed, isSealed, open, seal } from './seal.ts'

/** A data key: its id, and what is needed to have it. The id is the name of its folder of records. */
export interface KeyFacts {
  /** a UUID */
  id: string
  store: Exclude<VaultStore, 'memory'>
  /** a known text sealed under the key: tells a wrong key from a damaged record */
  check: Sealed
  /** passphrase: how its key is derived, and the data key sealed under it */
  derivation?: Derivation
  wrapped?: Sealed
}

/** The header of a vault: which key is in use. Keys that are coming or leaving stand here, so that none is forgotten. */
export interface VaultHeader {
  /** a UUID; the vault is known by it in the keychain */
  id: string
  /** absent: nothing is sealed yet, or by choice nothing is kept on disk */
  key?: KeyFacts
  /** a person chose to keep everything in memory */
  inMemory?: boolean
  /** ids of keys that are not in use: of a move that was broken off, or that is not tidied up yet */
  unused: string[]
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The name under which the keychain has a data key. */
export function accountOf({ id }: Pick<VaultHeader, 'id'>, keyId: string): string {
  return `vault ${id} key ${keyId}`
}

/** The header's file of a vault folder. */
export function headerPathOf(folder: string): string {
  return join(folder, 'vault.json')
}

/** Differs whenever the header does; empty when there is none. */
export async function headerStamp(folder: string): Promise<string> {
  return stat(headerPathOf(folder), { bigint: true }).then(
    ({ mtimeNs, size, ino }) => `${mtimeNs} ${size} ${ino}`,
    (error: unknown) => (errorCodeOf(error) === 'ENOENT' ? '' : errorCodeOf(error)),
  )
}

/**
 * Reads the header; undefined when there is none.
 * @throws ProblemError vault-damaged, file-newer
 */
export async function readHeader(folder: string): Promise<VaultHeader | undefined> {
  const path = headerPathOf(folder)
  const file = await readJsonFile(path, fileKinds.vault).catch((error: unknown) => {
    throw error instanceof ProblemError ? damaged(path, error) : error
  })
  if (!file) return undefined
  if (file.version > fileKinds.vault.version) throw newerFile(path, fileKinds.vault, file.version)
  const header = headerIn(file.content)
  if (!header) throw damaged(path)
  return header
}

/** Writes the header; whoever is killed meanwhile leaves the old one or the new one. */
export async function writeHeader(folder: string, header: VaultHeader): Promise<void> {
  const text = `${JSON.stringify({ version: fileKinds.vault.version, ...header }, null, 2)}\n`
  await writeFileAtomically({ path: headerPathOf(folder), text, replace: true, mode: 0o600 })
}

/** Seals the known text under a key. */
export function sealCheck(key: Uint8Array, header: Pick<VaultHeader, 'id'>, keyId: string): Sealed {
  return seal(key, 'this key', checkAbout(header, keyId))
}

/** Tells whether a key is the one that a header means. */
export function isKeyOf(key: Uint8Array, header: Pick<VaultHeader, 'id'>, { id, check }: KeyFacts): boolean {
  return open(key, check, checkAbout(header, id)) !== undefined
}

/** What the data key is sealed about under a passphrase. SECURITY: a header with weaker numbers opens nothing. */
export function wrapAbout({ id }: Pick<VaultHeader, 'id'>, keyId: string, { N, r, p, salt }: Derivation): string {
  return JSON.stringify(['grantlab data key', 1, id, keyId, N, r, p, salt])
}

function checkAbout({ id }: Pick<VaultHeader, 'id'>, keyId: string): string {
  return JSON.stringify(['grantlab key check', 1, id, keyId])
}

function headerIn({ id, key, inMemory, unused }: JsonObject): VaultHeader | undefined {
  const ids = (unused ?? []) as unknown
  if (typeof id !== 'string' || !uuid.test(id)) return undefined
  if (!Array.isArray(ids) || !ids.every((one) => typeof one === 'string' && uuid.test(one))) return undefined
  if (key !== undefined && !isKeyFacts(key)) return undefined
  return {
    id,
    unused: ids,
    ...(key ? { key: key as unknown as KeyFacts } : {}),
    ...(inMemory ? { inMemory: true } : {}),
  }
}

function isKeyFacts(value: unknown): value is KeyFacts {
  const { id, store, check, derivation, wrapped } = (value ?? {}) as Partial<KeyFacts>
  // SECURITY: the id becomes the name of a folder.
  if (typeof id !== 'string' || !uuid.test(id) || !isSealed(check)) return false
  return store === 'keychain' || (store === 'passphrase' && isDerivation(derivation) && isSealed(wrapped))
}

function damaged(path: string, cause?: ProblemError): ProblemError {
  return problem('vault-damaged', `The header of the vault cannot be read: ${path}.`, {
    place: { file: path, ...cause?.problem.place },
    cause,
    whatToDo: [
      'Put the file back from a backup: without it nothing in the vault can be opened.',
      'Or remove everything that is kept (reset).',
    ],
  })
}
