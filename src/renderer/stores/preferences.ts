import { defineStore } from 'pinia'
import { reactive, toRefs, watch } from 'vue'

/** Light, dark, or what the system prefers. */
export type Theme = 'system' | 'light' | 'dark'

/** What a person set in this window and finds again; no run, no secret. */
export interface Preferences {
  theme: Theme
  /** pixels */
  formWidth: number
  detailWidth: number
  detailOpen: boolean
  profile: string
  operation: string
}

const storageKey = 'grantlab.preferences'

const defaults: Preferences = {
  theme: 'system',
  formWidth: 292,
  detailWidth: 424,
  detailOpen: true,
  profile: 'playground',
  operation: '',
}

/** Keeps preferences in `localStorage`; a value that does not fit is left at its default. */
export const usePreferences = defineStore('preferences', () => {
  const values = reactive(readStored())
  watch(
    values,
    () => {
      try {
        globalThis.localStorage?.setItem(storageKey, JSON.stringify(values))
      } catch {
        // A browser may refuse storage; the preferences then last as long as the window.
      }
    },
    { deep: true, flush: 'sync' },
  )
  return toRefs(values)
})

function readStored(): Preferences {
  try {
    const stored = JSON.parse(globalThis.localStorage?.getItem(storageKey) ?? '{}') as Record<string, unknown>
    const fitting = Object.entries(defaults).filter(([name, value]) => typeof stored[name] === typeof value)
    return { ...defaults, ...Object.fromEntries(fitting.map(([name]) => [name, stored[name]])) }
  } catch {
    return { ...defaults }
  }
}
