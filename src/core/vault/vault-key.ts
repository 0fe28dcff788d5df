import { join } from 'node:path'
import { ProblemError } from '../problems/problem-error.ts'
import type { Keychain } from './keychain.ts'
import { KeychainError } from './keychain-error.ts'
import { deriveKey } from './passphrase-key.ts'
import { type RecordFolder, createRecordFolder } from './record-folder.ts'
import { keyBytes, open as openSealed } from './seal.ts'
import {
  type KeyFacts,
  type VaultHeader,
  accountOf,
  headerStamp,
  isKeyOf,
  readHeader,
  wrapAbout,
} from './vault-header.ts'
import { keychainRefused, passphraseNeeded, passphraseWrong, vaultLocked } from './vault-problems.ts'

/** A vault whose key is there. */
export interface OpenVault {
  header: VaultHeader
  facts: KeyFacts
  key: Buffer
  records: RecordFolder
}

/** Where a key comes from. */
export interface VaultPlace {
  /** the vault's folder */
  folder: string
  keychain: Keychain
  environment: Record<string, string | undefined>
}

/** How long is waited for the keychain, and what a person gave. */
export interface Asking {
  patienceMs: number
  passphrase?: string | undefined
}

/** Nobody asked for a question: it may stand this long. */
export const usualPatienceMs = 15_000

/** The key of the vault that is in use. */
export interface VaultKey {
  /** The header as it is on disk. @throws ProblemError vault-damaged, file-newer */
  header(): Promise<VaultHeader | undefined>
  /**
   * The open vault; undefined when nothing is sealed. Whoever was refused once is refused again until `forget`: nobody
   * is asked twice.
   * @throws ProblemError vault-locked, vault-damaged, file-newer, passphrase-wrong
   */
  open(asking?: Asking): Promise<OpenVault | undefined>
  /** The open vault when its key is in memory already. */
  held(): OpenVault | undefined
  /** Why the last try was refused. */
  refusal(): ProblemError | undefined
  /** Takes over a key that was just made. */
  adopt(vault: OpenVault | undefined): void
  /** Forgets the key and earlier refusals; with a reason, nothing opens until the next `forget`. */
  forget(reason?: ProblemError): void
}

/** The records under a key of a vault. */
export function recordsUnder(folder: string, keyId: string): RecordFolder {
  return createRecordFolder(join(folder, keyId))
}

/** Creates the keeper of the key. */
export function createVaultKey(place: VaultPlace): VaultKey {
  let known: { stamp: string; header: VaultHeader | undefined } | undefined
  let held: OpenVault | undefined
  let refused: { keyId: string; problem: ProblemError } | undefined
  let opening: Promise<OpenVault | undefined> | undefined
  const header = async () => {
    const stamp = await headerStamp(place.folder)
    if (known?.stamp !== stamp) known = { stamp, header: stamp === '' ? undefined : await readHeader(place.folder) }
    return known.header
  }
  const openNow = async (asking: Asking) => {
    const now = await header()
    if (!now?.key) return undefined
    if (held?.facts.id === now.key.id) return held
    if (refused && ['', now.key.id].includes(refused.keyId)) throw refused.problem
    try {
      const key = await keyOf(place, { header: now, facts: now.key }, asking)
      held = { header: now, facts: now.key, key, records: recordsUnder(place.folder, now.key.id) }
      return held
    } catch (error) {
      if (error instanceof ProblemError) refused = { keyId: now.key.id, problem: error }
      throw error
    }
  }
  return {
    header,
    open(asking = { patienceMs: usualPatienceMs }) {
      if (opening && asking.passphrase === undefined) return opening
      const before = opening?.catch(() => undefined)
      const mine = (before ? before.then(() => openNow(asking)) : openNow(asking)).finally(() => {
        if (opening === mine) opening = undefined
      })
      opening = mine
      return mine
    },
    held: () => held,
    refusal: () => refused?.problem,
    adopt(vault) {
      held = vault
      refused = undefined
    },
    forget(reason) {
      held?.key.fill(0)
      held = undefined
      refused = reason && { keyId: '', problem: reason }
    },
  }
}

/** The data key of a header. @throws ProblemError vault-locked, passphrase-wrong */
async function keyOf(
  place: VaultPlace,
  { header, facts }: { header: VaultHeader; facts: KeyFacts },
  asking: Asking,
): Promise<Buffer> {
  if (facts.store === 'keychain') return keychainKey(place, { header, facts }, asking)
  const passphrase = asking.passphrase ?? place.environment.GRANTLAB_VAULT_PASSPHRASE
  if (!passphrase) throw passphraseNeeded()
  const derivation = facts.derivation!
  const wrapping = await deriveKey(passphrase, derivation)
  const text = openSealed(wrapping, facts.wrapped!, wrapAbout(header, facts.id, derivation))
  wrapping.fill(0)
  const key = keyIn(text)
  if (!key || !isKeyOf(key, header, facts)) throw passphraseWrong(asking.passphrase === undefined)
  return key
}

async function keychainKey(
  { keychain }: VaultPlace,
  { header, facts }: { header: VaultHeader; facts: KeyFacts },
  { patienceMs }: Asking,
): Promise<Buffer> {
  const why = keychain.whyAbsent()
  if (why !== undefined) throw keychainRefused(new KeychainError('absent', why))
  const text = await keychain.get(accountOf(header, facts.id), patienceMs).catch((error: unknown) => {
    throw error instanceof KeychainError ? keychainRefused(error) : error
  })
  if (text === undefined) {
    throw vaultLocked("The system's keychain does not have the key of this vault.", [
      'Unlock the keychain that had it and ask again (vault unlock); a copied data folder lacks its key.',
      'Or remove everything that is kept (reset).',
    ])
  }
  const key = keyIn(text)
  if (key && isKeyOf(key, header, facts)) return key
  throw vaultLocked("The key in the system's keychain is not the one of this vault.", [
    'Bring back the keychain that has it, then ask again (vault unlock).',
    'Or remove everything that is kept (reset).',
  ])
}

/** A data key as text, for the keychain and for sealing. */
export function keyText(key: Uint8Array): string {
  return Buffer.from(key).toString('base64url')
}

function keyIn(text: string | undefined): Buffer | undefined {
  const key = Buffer.from(text ?? '', 'base64url')
  return key.length === keyBytes ? key : undefined
}
