import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { AddressReading, Commands, ProfileTemplate } from '../../contract/commands.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Profile, ProfileSummary } from '../../contract/profile.ts'
import { useEngine } from '../app/provided-engine.ts'
import { latestReading } from './latest-reading.ts'
import { usePreferences } from './preferences.ts'
import { toProblem } from './problem-of.ts'

/** The profiles of the workspace and the one in use. */
export const useProfiles = defineStore('profiles', () => {
  const { engine } = useEngine()
  const preferences = usePreferences()
  const list = shallowRef<ProfileSummary[]>([])
  /** the profile in use, with its values */
  const current = shallowRef<Profile>()
  const problem = shallowRef<Problem>()
  const currentSummary = computed(() => list.value.find((profile) => profile.name === current.value?.name))
  /** titles that several profiles have; their names tell them apart */
  const sharedTitles = computed(() => {
    const byTitle = Map.groupBy(list.value, ({ title }) => title)
    return new Set([...byTitle].flatMap(([title, of]) => (of.length > 1 ? [title] : [])))
  })
  /** secrets that the profile in use names and that have no value here */
  const missingSecrets = computed(() => currentSummary.value?.missingSecrets ?? [])

  /**
   * Reads the list and the profile in use; one that is gone gives way to the first of the list. The built-in one may
   * take its time to start: what is chosen meanwhile counts.
   */
  const load = latestReading(async (isLatest) => {
    try {
      const found = await engine.runCommand('profiles list', {})
      if (!isLatest()) return
      list.value = found
      const usable = found.filter((profile) => !profile.problem)
      const known = usable.find((profile) => profile.name === preferences.profile) ?? usable[0]
      const shown = known && (await engine.runCommand('profiles show', { name: known.name }))
      if (!isLatest()) return
      current.value = shown
      problem.value = undefined
    } catch (error) {
      if (isLatest()) problem.value = toProblem(error)
    }
  })

  /** Takes a profile into use. */
  async function choose(name: string): Promise<void> {
    preferences.profile = name
    await load()
  }

  /** Reads an address a person pasted; touches no server. Rejects with a problem. */
  const readAddress = (address: string): Promise<AddressReading> =>
    engine.runCommand('profiles read-address', { address })

  /** The known services that a new profile can be started for. Rejects with a problem. */
  const listTemplates = (): Promise<ProfileTemplate[]> => engine.runCommand('profiles templates', {})

  /** Writes a profile and takes it into use. Rejects with a problem. */
  async function save(parameters: Commands['profiles save']['parameters']): Promise<void> {
    await engine.runCommand('profiles save', parameters)
    await choose(parameters.name)
  }

  const state = { list, current, problem, currentSummary, sharedTitles, missingSecrets }
  return { ...state, load, choose, readAddress, listTemplates, save }
})
