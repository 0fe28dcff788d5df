import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { useProfiles } from './profiles.ts'
import { useRuns } from './runs.ts'

/** The first launch: nothing has run here yet and there is no profile but the built-in ones. The first run ends it for good. */
export const useWelcome = defineStore('welcome', () => {
  const runs = useRuns()
  const profiles = useProfiles()
  const isOpen = ref(false)
  const isShown = computed(() => isOpen.value && runs.current === undefined)

  /** Decides once, when history and profiles have been read, whether this is the first launch. */
  function decide(): void {
    isOpen.value = runs.history.length === 0 && profiles.list.every((profile) => profile.builtIn)
  }

  /** Goes on to the form. */
  function pass(): void {
    isOpen.value = false
  }

  // A run that is gone is followed for a moment as well; it holds no event and is none.
  watch(
    () => (runs.current?.lastSeq ?? 0) > 0,
    (hasRun) => hasRun && pass(),
    { flush: 'sync' },
  )

  return { isShown, decide, pass }
})
