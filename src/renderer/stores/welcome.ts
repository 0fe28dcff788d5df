import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useProfiles } from './profiles.ts'
import { useRuns } from './runs.ts'

/** The first launch: nothing has run here yet and there is no profile but the built-in ones. */
export const useWelcome = defineStore('welcome', () => {
  const runs = useRuns()
  const profiles = useProfiles()
  const isPassed = ref(false)
  const isFirst = computed(() => runs.history.length === 0 && profiles.list.every((profile) => profile.builtIn))
  const isShown = computed(() => !isPassed.value && runs.current === undefined && isFirst.value)

  /** Goes on to the form. */
  function pass(): void {
    isPassed.value = true
  }

  return { isShown, pass }
})
