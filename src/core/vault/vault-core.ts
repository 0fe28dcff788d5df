import { join } from 'node:path'
import { ProblemError } from '../problems/problem-error.ts'
import { KeychainError } from './keychain-error.ts'
import { type ClearRecord, moveVault, probeKeychain, tidy } from './move-vault.ts'
import { type ProcessLock, createProcessLock } from './process-lock.ts'
import type { FoundRecord } from './record-folder.ts'
import { type RecordKind, openRecord, recordFileName, sealRecord } from './sealed-record.ts'
import {
  type OpenVault,
  type VaultKey,
  type VaultPlace,
  createVaultKey,
  recordsUnder,
  usualPatienceMs,
} from './vault-key.ts'

const lockPatienceMs = 30_000

/** What secrets and token families have in common: where records are, and who may write. */
export interface VaultCore {
  place: VaultPlace
  key: VaultKey
  lock: ProcessLock
  /** records that could not be sealed yet, or never are, by file name */
  waiting: Map<string, ClearRecord>
  /** why there is no keychain, once that was found out */
  absence(): string | undefined
  /** The records in use; undefined while nothing is sealed. Asks no keychain. */
  records(): Promise<ReturnType<typeof recordsUnder> | undefined>
  /** The open vault, made when there is none; undefined where nothing lasts. @throws ProblemError vault-locked … */
  openOrMake(patienceMs?: number): Promise<OpenVault | undefined>
  /** Runs `work` while no other process writes; it gets the vault as it is then. */
  writing<T>(work: (vault: OpenVault | undefined) => Promise<T>): Promise<T>
  /** Seals what waits in memory. */
  sealWaiting(): Promise<void>
  /** Forgets that there was no keychain, so that the next one who needs it asks again. */
  askAgain(): void
}

/** Creates the shared part of a vault. Nothing on disk is read or made before it is asked for. */
export function createVaultCore(place: VaultPlace): VaultCore {
  const key = createVaultKey(place)
  const lock = createProcessLock(join(place.folder, 'locks'))
  const waiting = new Map<string, ClearRecord>()
  let absence: string | undefined
  let isTidied = false

  const make = async (patienceMs: number): Promise<void> => {
    const refused = key.refusal()
    if (refused) throw refused
    absence ??= await whyNoKeychain({ place, key, patienceMs })
    if (absence !== undefined) return
    await lock.hold('vault', { patienceMs: lockPatienceMs }, async () => {
      const header = await key.header()
      if (header?.key || header?.inMemory) return
      key.adopt(await moveVault(place, { header, store: 'keychain', records: [], patienceMs }))
    })
  }
  const core: VaultCore = {
    place,
    key,
    lock,
    waiting,
    absence: () => absence ?? place.keychain.whyAbsent(),
    async records() {
      const header = await key.header()
      return header?.key && recordsUnder(place.folder, header.key.id)
    },
    async openOrMake(patienceMs = usualPatienceMs) {
      const header = await key.header()
      if (!header?.key && !header?.inMemory) await make(patienceMs)
      return key.open({ patienceMs })
    },
    writing: (work) =>
      lock.hold('vault', { patienceMs: lockPatienceMs }, async () => {
        const vault = await key.open()
        if (vault && vault.header.unused.length > 0 && !isTidied) {
          isTidied = true
          await tidy(place, vault.header)
        }
        return work(vault)
      }),
    async sealWaiting() {
      if (waiting.size === 0) return
      await core.writing(async (vault) => {
        if (vault) await sealInto(vault, waiting)
      })
    },
    askAgain() {
      absence = undefined
    },
  }
  return core
}

/** Why there is no keychain; undefined when it works. @throws ProblemError vault-locked */
async function whyNoKeychain(asked: {
  place: VaultPlace
  key: VaultKey
  patienceMs: number
}): Promise<string | undefined> {
  try {
    await probeKeychain(asked.place.keychain, asked.patienceMs)
    return undefined
  } catch (error) {
    if (error instanceof ProblemError) asked.key.forget(error)
    if (error instanceof KeychainError) return error.message
    throw error
  }
}

async function sealInto(vault: OpenVault, waiting: Map<string, ClearRecord>): Promise<void> {
  for (const [fileName, record] of waiting) {
    await writeRecord(vault, record)
    waiting.delete(fileName)
  }
}

/** Seals a record and writes it. */
export function writeRecord({ key, header, records }: OpenVault, { text, ...head }: ClearRecord): Promise<void> {
  return records.write(recordFileName(head.kind, head.id), sealRecord(key, { ...head, owner: header.id }, text))
}

/** A record in clear; undefined when there is none. */
export async function readRecord(
  { key, records }: OpenVault,
  kind: RecordKind,
  id: string,
): Promise<ClearRecord | 'newer' | 'damaged' | undefined> {
  const file = await records.read(kind, id)
  return file && openFile(key, recordFileName(kind, id), file)
}

/** The records of these files in clear, by file name; also those that cannot be opened, each with the reason. */
export async function readRecords(
  { key, records }: OpenVault,
  fileNames: Iterable<string>,
): Promise<[fileName: string, ClearRecord | 'newer' | 'damaged'][]> {
  const files = await records.readMany(fileNames)
  return files.map(([fileName, file]) => [fileName, openFile(key, fileName, file)])
}

function openFile(key: Uint8Array, fileName: string, file: FoundRecord): ClearRecord | 'newer' | 'damaged' {
  if (typeof file === 'string') return file
  const text = openRecord(key, file)
  // SECURITY: a record opens under its own name only, so that none can be put in the place of another.
  if (text === undefined || recordFileName(file.kind, file.id) !== fileName) return 'damaged'
  const { kind, id, savedAt, binding } = file
  return { kind, id, savedAt, text, ...(binding ? { binding } : {}) }
}
