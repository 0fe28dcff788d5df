import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { SequenceTarget } from '../../contract/sequence-entry.ts'

/** The tabs of a run. */
export type RunTab = 'result' | 'tokens' | 'findings'

/** The tabs of a chosen request. */
export type RequestTab = 'http' | 'timing' | 'tls'

/** What is chosen in the shown run: one selection for step, arrow and request. */
export const useSelection = defineStore('selection', () => {
  const target = shallowRef<SequenceTarget>()
  const runTab = ref<RunTab>('result')
  const requestTab = ref<RequestTab>('http')

  function choose(chosen: SequenceTarget): void {
    target.value = chosen
  }

  /** Goes back to the run's own tabs. */
  function clear(): void {
    target.value = undefined
  }

  /** Goes to a tab of the run. */
  function showTab(tab: RunTab): void {
    runTab.value = tab
    clear()
  }

  return { target, runTab, requestTab, choose, clear, showTab }
})
