import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ParameterValues } from '../../contract/description.ts'
import type { Problem } from '../../contract/problem.ts'
import { usualSettings, type Settings, type SettingsFacts } from '../../contract/settings.ts'
import { useEngine } from '../app/provided-engine.ts'
import { usePreferences, type Theme } from './preferences.ts'
import { toProblem } from './problem-of.ts'

/** What counts for all profiles, kept in the data folder and shared with the command line. */
export const useSettings = defineStore('settings', () => {
  const { engine } = useEngine()
  const preferences = usePreferences()
  const facts = shallowRef<SettingsFacts>()
  /** why they could not be read or the theme not be saved, or what is wrong with their file */
  const failure = shallowRef<Problem>()
  const problem = computed(() => failure.value ?? facts.value?.problem)
  const values = computed<Settings>(() => facts.value ?? usualSettings)

  /** Reads them; the theme then counts for this window, which began with the one it had last time. */
  async function load(): Promise<void> {
    try {
      take(await engine.runCommand('settings show', {}))
    } catch (error) {
      failure.value = toProblem(error)
    }
  }

  /** Saves what is given and leaves the rest. Rejects with a problem. */
  async function save(changed: Partial<Settings>): Promise<void> {
    take(await engine.runCommand('settings save', { values: { ...changed } satisfies ParameterValues }))
  }

  /** Shows a theme at once and keeps it; one that could not be kept counts for this window all the same. */
  async function chooseTheme(theme: Theme): Promise<void> {
    preferences.theme = theme
    try {
      await save({ theme })
    } catch (error) {
      failure.value = toProblem(error)
    }
  }

  function take(read: SettingsFacts): void {
    facts.value = read
    failure.value = undefined
    preferences.theme = read.theme
  }

  return { values, problem, load, save, chooseTheme }
})
