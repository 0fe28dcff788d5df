import { rm, stat } from 'node:fs/promises'
import type { ResetPart } from '../../contract/settings.ts'
import { reasonOf } from '../files/system-error.ts'
import { removeKey } from './move-vault.ts'
import type { VaultCore } from './vault-core.ts'
import type { VaultHeader } from './vault-header.ts'

const lockPatienceMs = 30_000

/** Removes a vault with all keys of it, locked or not; with `dryRun` says what is there. Rejects never. */
export async function eraseVault(core: VaultCore, dryRun: boolean): Promise<ResetPart> {
  const part = 'vault'
  try {
    const isThere = await stat(core.place.folder).then(
      () => true,
      () => false,
    )
    if (!isThere && core.waiting.size === 0) return { part, detail: 'Secrets and tokens', outcome: 'nothing-there' }
    const header = await core.key.header().catch(() => undefined)
    const detail =
      header?.key?.store === 'keychain' ? 'Secrets, tokens and their key in the keychain' : 'Secrets and tokens'
    if (dryRun) return { part, detail, outcome: 'would-be-removed' }
    core.waiting.clear()
    const areKeysGone = isThere
      ? await core.lock.hold('vault', { patienceMs: lockPatienceMs }, () => removeAll(core, header))
      : true
    core.key.forget()
    if (areKeysGone) return { part, detail, outcome: 'removed' }
    return {
      part,
      detail:
        'All records are removed. The keychain did not let go of their key: remove the entries of service grantlab there',
      outcome: 'failed',
    }
  } catch (error) {
    return { part, detail: `Secrets and tokens: ${reasonOf(error)}`, outcome: 'failed' }
  }
}

async function removeAll(core: VaultCore, header: VaultHeader | undefined): Promise<boolean> {
  const ids = header ? [...header.unused, ...(header.key?.store === 'keychain' ? [header.key.id] : [])] : []
  const gone: boolean[] = []
  for (const id of ids) gone.push(await removeKey(core.place, header!, id))
  await rm(core.place.folder, { recursive: true, force: true, maxRetries: 3 })
  return gone.every(Boolean)
}
