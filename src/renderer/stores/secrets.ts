import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Commands } from '../../contract/commands.ts'
import type { SecretSummary } from '../../contract/kept.ts'
import type { Problem } from '../../contract/problem.ts'
import { useEngine } from '../app/provided-engine.ts'
import { toProblem } from './problem-of.ts'
import { useProfiles } from './profiles.ts'

/** A secret that profiles name and that has no value here. */
export type MissingSecret = Commands['secret missing']['result'][number]

/** Secrets by name, and masked values in clear, one at a time and only when asked for. */
export const useSecrets = defineStore('secrets', () => {
  const { engine } = useEngine()
  const profiles = useProfiles()
  const list = shallowRef<readonly SecretSummary[]>([])
  const missing = shallowRef<readonly MissingSecret[]>([])
  /** false until the list was read once */
  const isRead = ref(false)
  const problem = shallowRef<Problem>()

  /** Reads which secrets have a value here, and which are missing. */
  async function load(): Promise<void> {
    try {
      const [found, without] = await Promise.all([
        engine.runCommand('secret list', {}),
        engine.runCommand('secret missing', {}),
      ])
      list.value = found
      missing.value = without
      problem.value = undefined
      isRead.value = true
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  /** Gives a secret its value; with a profile it is bound to where that one sends it. Rejects with a problem. */
  async function save(parameters: Commands['secret set']['parameters']): Promise<void> {
    await engine.runCommand('secret set', parameters)
    await Promise.all([load(), profiles.load()])
  }

  /** Removes a secret's value. Rejects with a problem. */
  async function remove(name: string): Promise<void> {
    await engine.runCommand('secret rm', { name })
    await Promise.all([load(), profiles.load()])
  }

  /** The clear value behind a fingerprint. Rejects with a problem when it is not known any more. */
  async function reveal(fingerprint: string): Promise<string> {
    return (await engine.reveal({ fingerprint })).value
  }

  return { list, missing, isRead, problem, load, save, remove, reveal }
})
