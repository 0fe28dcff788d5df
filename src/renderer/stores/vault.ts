import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { VaultFacts, VaultStore } from '../../contract/kept.ts'
import type { Problem } from '../../contract/problem.ts'
import { useEngine } from '../app/provided-engine.ts'
import { toProblem } from './problem-of.ts'
import { useProfiles } from './profiles.ts'

/** Where secrets and tokens are kept, and whether they can be read now. */
export const useVault = defineStore('vault', () => {
  const { engine } = useEngine()
  const profiles = useProfiles()
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

  return { facts, problem, isLocked, detail, load, unlock, lock, use }
})
