import type { VaultFacts } from '../../contract/kept.ts'
import type { Clock, SealedTexts, Vault } from '../ports.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { eraseVault } from './erase-vault.ts'
import { recordFileName } from './sealed-record.ts'
import { createSealedTexts } from './sealed-texts.ts'
import { checkSecretName } from './secret-name.ts'
import { personsPatienceMs, useStore } from './use-store.ts'
import { type VaultCore, createVaultCore } from './vault-core.ts'
import { vaultFacts } from './vault-facts.ts'
import type { VaultPlace } from './vault-key.ts'
import { vaultLocked } from './vault-problems.ts'
import { addSecret, allSecrets, bindSecret, getSecret, hasSecret, listSecrets, setSecret } from './vault-secrets.ts'

/** What a vault on disk works with. */
export interface SealedVaultOptions extends VaultPlace {
  clock: Pick<Clock, 'now'>
}

/** A vault of sealed records in a folder; see `Vault` for every method. Nothing is read or made before it is asked for. */
export function createSealedVault(options: SealedVaultOptions): Vault & { families: SealedTexts } {
  const core = createVaultCore(options)
  let epoch = 0
  const nowText = () => new Date(options.clock.now()).toISOString()
  const facts = () => factsOf(core)
  return {
    facts,
    has: (name) => hasSecret(core, name),
    get: (name) => getSecret(core, name),
    set: async (name, value, binding) =>
      setSecret(core, { kind: 'secret', id: checkSecretName(name), savedAt: nowText(), text: value }, binding),
    add: async (name, value, binding) =>
      addSecret(core, {
        kind: 'secret',
        id: checkSecretName(name),
        savedAt: nowText(),
        text: value,
        binding: { ...binding },
      }),
    all: () => allSecrets(core),
    bind: (name, binding) => bindSecret(core, name, binding),
    async remove(name) {
      const fileName = recordFileName('secret', name)
      const wasWaiting = core.waiting.delete(fileName)
      if (!(await core.records())) return wasWaiting
      // Needs no key: a person who asks for it by name may also forget what cannot be opened any more.
      const wasSealed = await core.lock.hold('vault', { patienceMs: personsPatienceMs }, async () =>
        (await core.records())?.remove(fileName),
      )
      return wasWaiting || Boolean(wasSealed)
    },
    list: () => listSecrets(core),
    open: async () => void (await core.openOrMake()),
    unlock: async (passphrase) => {
      await unlock(core, passphrase)
      return facts()
    },
    async lock() {
      if ((await core.key.header())?.key) {
        epoch++
        core.key.forget(vaultLocked('The vault was locked.'))
      }
      return facts()
    },
    async use(store, passphrase) {
      await useStore(core, store, passphrase)
      return facts()
    },
    erase: (dryRun) => eraseVault(core, dryRun),
    families: createSealedTexts(core, () => epoch, options.clock.now),
  }
}

async function factsOf(core: VaultCore): Promise<VaultFacts> {
  const { key, waiting, place } = core
  // A passphrase that stands there is tried: nobody is asked, and what would be refused is told now.
  if (place.environment.GRANTLAB_VAULT_PASSPHRASE) await tryPassphrase(core)
  let refusal = key.refusal()
  const header = await key.header().catch((error: unknown) => {
    if (!(error instanceof ProblemError)) throw error
    refusal = error
    return undefined
  })
  return vaultFacts({
    header,
    isOpen: key.held() !== undefined,
    refusal,
    absence: core.absence(),
    waiting: waiting.size,
  })
}

async function tryPassphrase({ key }: VaultCore): Promise<void> {
  try {
    if ((await key.header())?.key?.store === 'passphrase') await key.open()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
  }
}

async function unlock(core: VaultCore, passphrase: string | undefined): Promise<void> {
  const header = await core.key.header()
  if (header?.inMemory) return
  core.askAgain()
  if (!core.key.held()) core.key.forget()
  try {
    if (header?.key) await core.key.open({ patienceMs: personsPatienceMs, passphrase })
    else await core.openOrMake(personsPatienceMs)
    await core.sealWaiting()
  } catch (error) {
    if (core.key.refusal() !== error) throw error
    if (core.key.refusal()?.problem.code !== 'vault-locked') throw error
  }
}
