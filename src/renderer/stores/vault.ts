import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Commands } from '../../contract/commands.ts'
import type { VaultFacts, VaultStore } from '../../contract/kept.ts'
import type { Problem } from '../../contract/problem.ts'
import { useEngine } from '../app/provided-engine.ts'
import { toProblem } from './problem-of.ts'
import { useProfiles } from './profiles.ts'
import { useSecrets } from './secrets.ts'
import { useTokens } from './tokens.ts'

/** A file that holds everything that is kept, sealed by a passphrase. */
export interface VaultFile {
  /** its path on the machine where Grantlab runs */
  file: string
  passphrase: string
  /** an export replaces the file; an import replaces what is here */
  replace?: boolean
}

/** Where secrets and tokens are kept, and whether they can be read now. */
export const useVault = defineStore('vault', () => {
  const { engine } = useEngine()
  const profiles = useProfiles()
  const secrets = useSecrets()
  const tokens = useTokens()
  const facts = shallowRef<VaultFacts>()
  /** why the state itself could not be read */
  const problem = shallowRef<Problem>()
  const isLocked = computed(() => facts.value?.state === 'locked')
  /** where values are, or why they cannot be had, in one sentence */
  const detail = computed(() => {
    const isSealed = isLocked.value && facts.value?.store === 'passphrase'
    return isSealed ? 'Secrets and tokens are sealed by a passphrase.' : (facts.value?.detail ?? '')
  })

  /** Reads the state; asks no keychain that nothing needed yet. */
  async function load(): Promise<void> {
    try {
      facts.value = await engine.runCommand('vault show', {})
      problem.value = undefined
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  /** Opens what a passphrase seals, or asks the keychain again. Rejects with a problem. */
  async function unlock(passphrase?: string): Promise<void> {
    facts.value = await engine.runCommand('vault unlock', passphrase === undefined ? {} : { passphrase })
    await profiles.load()
  }

  /** Forgets the key until it is asked for again. Rejects with a problem. */
  async function lock(): Promise<void> {
    facts.value = await engine.runCommand('vault lock', {})
    await profiles.load()
  }

  /** Moves everything that is kept to another store. Rejects with a problem; then all stays where it was. */
  async function use(store: VaultStore, passphrase?: string): Promise<void> {
    facts.value = await engine.runCommand('vault use', { store, ...(passphrase === undefined ? {} : { passphrase }) })
    await profiles.load()
  }

  /** Writes everything that is kept into one file, sealed by a passphrase. Rejects with a problem. */
  const exportTo = (order: VaultFile): Promise<Commands['vault export']['result']> =>
    engine.runCommand('vault export', order)

  /** Adds what such a file holds. Rejects with a problem; then nothing of it was read in. */
  async function importFrom(order: VaultFile): Promise<Commands['vault import']['result']> {
    const taken = await engine.runCommand('vault import', order)
    await Promise.all([load(), profiles.load(), secrets.load(), tokens.load()])
    return taken
  }

  return { facts, problem, isLocked, detail, load, unlock, lock, use, exportTo, importFrom }
})
