import { ref, shallowRef, watch, type Ref } from 'vue'
import type { Problem } from '../../../contract/problem.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useSharing, type SharedChoice, type SharedPreview } from '../../stores/sharing.ts'

/** What would be handed on as things are chosen now; an older answer never replaces a newer one. */
export function usePreview(choice: Ref<SharedChoice>) {
  const sharing = useSharing()
  const preview = shallowRef<SharedPreview>()
  const problem = ref<Problem>()
  const isReading = ref(false)
  let asked = 0

  async function read(): Promise<void> {
    const mine = ++asked
    isReading.value = true
    problem.value = undefined
    try {
      const found = await sharing.preview(sharing.form, choice.value)
      if (mine === asked) preview.value = found
    } catch (error) {
      if (mine !== asked) return
      preview.value = undefined
      problem.value = toProblem(error)
    } finally {
      if (mine === asked) isReading.value = false
    }
  }

  watch([() => sharing.form, () => sharing.runIds, choice], read, { immediate: true })
  return { preview, problem, isReading }
}
