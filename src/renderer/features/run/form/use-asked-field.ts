import { nextTick, onMounted, watch } from 'vue'
import { useNextSteps } from '../../../stores/next-steps.ts'

/** Takes the focus to the field that a person is asked to fill in, now or as soon as the form stands. */
export function useAskedField(form: () => HTMLElement | null): void {
  const nextSteps = useNextSteps()
  async function focusAsked() {
    if (nextSteps.asked === undefined) return
    await nextTick()
    const field = form()?.querySelector(`[data-parameter="${nextSteps.asked}"]`)
    field?.querySelector<HTMLElement>('input, textarea, select')?.focus()
    nextSteps.asked = undefined
  }
  onMounted(focusAsked)
  watch(() => nextSteps.asked, focusAsked)
}
