import { rm, stat } from 'node:fs/promises'
import type { ResetPart } from '../../contract/settings.ts'
import { reasonOf } from '../files/system-error.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { removeKey } from './move-vault.ts'
import type { VaultCore } from './vault-core.ts'
import type { VaultHeader } from './vault-header.ts'
import type { VaultPlace } from './vault-key.ts'

const entriesMayStay = 'remove the entries of service grantlab in the keychain'
const refused = `The keychain did not let go of their key: ${entriesMayStay}`
const unnamed = `The vault's header could not be read: ${entriesMayStay}`
const lockPatienceMs = 30_000

/** Removes a vault with all keys of it, locked or not; with `dryRun` says what is there. Rejects never. */
export async function eraseVault(core: VaultCore, dryRun: boolean): Promise<ResetPart> {
  const part = 'vault'
  try {
    const isThere = await isFolderThere(core)
    if (!isThere && core.waiting.size === 0) return { part, detail: 'Secrets and tokens', outcome: 'nothing-there' }
    const found = await core.key.header().catch(() => 'unreadable' as const)
    const detail = detailOf(found)
    if (dryRun) return { part, detail, outcome: 'would-be-removed' }
    core.waiting.clear()
    const left = isThere
      ? await core.lock.hold('vault', { patienceMs: lockPatienceMs }, () => removeAll(core, found))
      : undefined
    core.key.forget()
    if (left === undefined) return { part, detail, outcome: 'removed' }
    return { part, detail: `All records are removed. ${left}`, outcome: 'failed' }
  } catch (error) {
    return { part, detail: `Secrets and tokens: ${whyOf(error)}`, outcome: 'failed' }
  }
}

function whyOf(error: unknown): string {
  return error instanceof ProblemError ? error.problem.detail : reasonOf(error)
}

function isFolderThere({ place }: VaultCore): Promise<boolean> {
  return stat(place.folder).then(
    () => true,
    () => false,
  )
}

type FoundHeader = VaultHeader | 'unreadable' | undefined

function detailOf(found: FoundHeader): string {
  const isInKeychain = found !== 'unreadable' && found?.key?.store === 'keychain'
  return isInKeychain ? 'Secrets, tokens and their key in the keychain' : 'Secrets and tokens'
}

/** Answers what is left to do for a person, if anything. */
async function removeAll({ place }: VaultCore, found: FoundHeader): Promise<string | undefined> {
  const gone = found === undefined || found === 'unreadable' ? [] : await removeKeys(place, found)
  await rm(place.folder, { recursive: true, force: true, maxRetries: 3 })
  // Only the header names the keychain's entries.
  if (found === 'unreadable' && place.keychain.whyAbsent() === undefined) return unnamed
  return gone.every(Boolean) ? undefined : refused
}

async function removeKeys(place: VaultPlace, header: VaultHeader): Promise<boolean[]> {
  const gone: boolean[] = []
  for (const id of [...header.unused, ...(header.key?.store === 'keychain' ? [header.key.id] : [])]) {
    gone.push(await removeKey(place, header, id))
  }
  return gone
}
