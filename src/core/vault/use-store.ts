import type { VaultStore } from '../../contract/kept.ts'
import { problem } from '../problems/problem-error.ts'
import { KeychainError } from './keychain-error.ts'
import { type ClearRecord, moveVault, noKeychain, probeKeychain } from './move-vault.ts'
import { checkPassphrase } from './passphrase-key.ts'
import { recordFileName } from './sealed-record.ts'
import { type VaultCore, readRecords } from './vault-core.ts'
import type { OpenVault } from './vault-key.ts'

/** A person who asked for it sees the keychain's question and needs time to answer. */
export const personsPatienceMs = 60_000

/** Moves everything to another store; see `Vault.use`. */
export async function useStore(core: VaultCore, store: VaultStore, passphrase: string | undefined): Promise<void> {
  const given = passphrase ?? core.place.environment.GRANTLAB_VAULT_PASSPHRASE
  const phrase = store === 'passphrase' ? checkPassphrase(given) : undefined
  const before = await core.key.header()
  const isSame = store === 'memory' ? before?.inMemory : store === 'keychain' && before?.key?.store === store
  await core.key.open()
  if (isSame) return
  if (store === 'keychain') await requireKeychain(core)
  await core.writing(async (vault) => {
    const header = await core.key.header()
    const moving = vault ? await everythingIn(vault) : []
    const records = new Map(moving.map((record) => [recordFileName(record.kind, record.id), record]))
    for (const [fileName, record] of core.waiting) records.set(fileName, record)
    const all = [...records.values()]
    const moved = await moveVault(core.place, {
      header,
      store,
      passphrase: phrase,
      records: all,
      patienceMs: personsPatienceMs,
    })
    core.waiting.clear()
    if (!moved) for (const [fileName, record] of records) core.waiting.set(fileName, record)
    core.key.forget()
    core.key.adopt(moved)
    core.askAgain()
  })
}

async function requireKeychain({ place }: VaultCore): Promise<void> {
  try {
    await probeKeychain(place.keychain, personsPatienceMs)
  } catch (error) {
    throw error instanceof KeychainError ? noKeychain(error.message) : error
  }
}

/** @throws ProblemError for a secret that cannot be opened: it would be lost; tokens of that kind stay behind */
async function everythingIn(vault: OpenVault): Promise<ClearRecord[]> {
  const names = [...(await vault.records.names('secret')), ...(await vault.records.names('tokens'))]
  const found = await readRecords(vault, names)
  const broken = found.filter(([name, record]) => typeof record === 'string' && name.startsWith('secret-'))
  if (broken.length > 0) {
    throw problem('vault-damaged', `${broken.length} of the secrets cannot be opened, so nothing was moved.`, {
      whatToDo: ['List the secrets, then set the broken ones again or remove them (secret list, secret rm).'],
    })
  }
  return found.flatMap(([, record]) => (typeof record === 'string' ? [] : [record]))
}
