import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ProfileSummary } from '../../contract/profile.ts'

/** Asks once for each production profile before a secret or token of it is shown in clear. */
export const useRevealQuestion = defineStore('reveal-question', () => {
  /** the profile that is asked about */
  const asked = shallowRef<ProfileSummary>()
  const allowed = new Set<string>()
  let settle: ((isAllowed: boolean) => void) | undefined

  /** Whether a value of this profile may be shown; waits for a person where that is not known. */
  async function mayShow(owner: ProfileSummary | undefined): Promise<boolean> {
    if (!owner?.production || allowed.has(owner.name)) return true
    answer(false)
    const { promise, resolve } = Promise.withResolvers<boolean>()
    settle = resolve
    asked.value = owner
    return promise
  }

  function answer(isAllowed: boolean): void {
    if (isAllowed && asked.value) allowed.add(asked.value.name)
    asked.value = undefined
    settle?.(isAllowed)
    settle = undefined
  }

  return { asked, mayShow, answer }
})
