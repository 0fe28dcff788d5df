import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { VaultStore } from '../../contract/kept.ts'
import type { Keychain } from './keychain.ts'
import { KeychainError } from './keychain-error.ts'
import { checkPassphrase, deriveKey, newDerivation } from './passphrase-key.ts'
import { keyBytes, seal } from './seal.ts'
import { type RecordHead, recordFileName, sealRecord } from './sealed-record.ts'
import { type KeyFacts, type VaultHeader, accountOf, sealCheck, wrapAbout, writeHeader } from './vault-header.ts'
import { keychainRefused, vaultLocked } from './vault-problems.ts'
import { type OpenVault, type VaultPlace, keyText, recordsUnder } from './vault-key.ts'

const tidyPatienceMs = 5_000

/** A record in clear, on its way from one key to another. */
export type ClearRecord = Omit<RecordHead, 'owner'> & { text: string }

/** Where to move a vault, and with what. */
export interface Move {
  /** the header in use; absent for a new vault */
  header: VaultHeader | undefined
  store: VaultStore
  passphrase?: string | undefined
  records: ClearRecord[]
  patienceMs: number
}

/**
 * Tries whether the keychain keeps, gives and forgets a text, before anything depends on it.
 * @throws ProblemError vault-locked; KeychainError `absent`
 */
export async function probeKeychain(keychain: Keychain, patienceMs: number): Promise<void> {
  const why = keychain.whyAbsent()
  if (why !== undefined) throw new KeychainError('absent', why)
  const account = `canary ${randomUUID()}`
  const text = randomBytes(16).toString('hex')
  try {
    await keychain.set(account, text, patienceMs)
    const found = await keychain.get(account, patienceMs)
    await keychain.remove(account, patienceMs)
    if (found !== text) throw new KeychainError('absent', 'it does not give back what it was given')
  } catch (error) {
    if (error instanceof KeychainError && error.trouble === 'locked') throw keychainRefused(error)
    throw error
  }
}

/**
 * Seals every record anew under a fresh key. Nobody else may write meanwhile. The header changes over in one write:
 * whoever is killed before it leaves the old vault whole, whoever is killed after it the new one.
 * @throws ProblemError parameter-missing, parameter-invalid, vault-locked, data-folder-failed
 */
export async function moveVault(place: VaultPlace, move: Move): Promise<OpenVault | undefined> {
  const { store, records } = move
  const before = move.header ?? { id: randomUUID(), unused: [] }
  const unused = [...before.unused, ...(before.key ? [before.key.id] : [])]
  if (store === 'memory') {
    await finish(place, { id: before.id, inMemory: true, unused })
    return undefined
  }
  const keyId = randomUUID()
  const key = randomBytes(keyBytes)
  await mkdir(place.folder, { recursive: true, mode: 0o700 })
  // Announced first, so that a key that never came into use is found and taken away.
  await writeHeader(place.folder, { ...before, unused: [...before.unused, keyId] })
  const facts = await keepKey(place, { ...move, store, header: before }, { keyId, key })
  const target = recordsUnder(place.folder, keyId)
  for (const { text, ...head } of records) {
    const sealed = sealRecord(key, { ...head, owner: before.id }, text)
    await target.write(recordFileName(head.kind, head.id), sealed)
  }
  const header = await finish(place, { id: before.id, key: facts, unused })
  return { header, facts, key, records: target }
}

async function keepKey(
  { keychain }: VaultPlace,
  { header, store, passphrase, patienceMs }: Move & { header: VaultHeader; store: KeyFacts['store'] },
  { keyId, key }: { keyId: string; key: Buffer },
): Promise<KeyFacts> {
  const facts = { id: keyId, store, check: sealCheck(key, header, keyId) }
  if (store === 'keychain') {
    await keychain.set(accountOf(header, keyId), keyText(key), patienceMs).catch((error: unknown) => {
      throw error instanceof KeychainError ? keychainRefused(error) : error
    })
    return facts
  }
  const derivation = newDerivation()
  const wrapping = await deriveKey(checkPassphrase(passphrase), derivation)
  const wrapped = seal(wrapping, keyText(key), wrapAbout(header, keyId, derivation))
  wrapping.fill(0)
  return { ...facts, derivation, wrapped }
}

async function finish(place: VaultPlace, header: VaultHeader): Promise<VaultHeader> {
  await mkdir(place.folder, { recursive: true, mode: 0o700 })
  await writeHeader(place.folder, header)
  return tidy(place, header)
}

/** Takes away what keys that are not in use left: their records, and their entries in the keychain. */
export async function tidy(place: VaultPlace, header: VaultHeader): Promise<VaultHeader> {
  if (header.unused.length === 0) return header
  const staying: string[] = []
  for (const keyId of header.unused) if (!(await removeKey(place, header, keyId))) staying.push(keyId)
  const tidied = { ...header, unused: staying }
  if (staying.length < header.unused.length) await writeHeader(place.folder, tidied)
  return tidied
}

/** False when the keychain may still have the key. */
export async function removeKey(place: VaultPlace, header: VaultHeader, keyId: string): Promise<boolean> {
  await rm(join(place.folder, keyId), { recursive: true, force: true, maxRetries: 3 })
  if (place.keychain.whyAbsent() !== undefined) return true
  return place.keychain.remove(accountOf(header, keyId), tidyPatienceMs).then(
    () => true,
    (error: unknown) => error instanceof KeychainError && error.trouble === 'absent',
  )
}

/** The problem of a person who wants the keychain where there is none. */
export function noKeychain(reason: string) {
  return vaultLocked(`There is no keychain here: ${reason}.`, [
    'Choose a vault with a passphrase (vault use passphrase).',
  ])
}
