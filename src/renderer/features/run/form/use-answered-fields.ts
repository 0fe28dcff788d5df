import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { ParameterValues } from '../../../../contract/description.ts'
import { problemsByParameter } from '../../../components/controls/problems-by-parameter.ts'
import { useRunForm } from '../../../stores/run-form.ts'
import { useRuns } from '../../../stores/runs.ts'

/** What the server said about single fields in the shown run, while the form still holds what it said it about. */
export function useAnsweredFields(): ComputedRef<Record<string, string>> {
  const form = useRunForm()
  const runs = useRuns()
  /** the form as it was when the run ended */
  const sent = shallowRef<ParameterValues>({})
  const problem = computed(() => (runs.current?.operation === form.operation?.id ? runs.current?.problem : undefined))
  watch(problem, () => (sent.value = form.effective), { immediate: true })
  const isSame = (name: string) => JSON.stringify(form.effective[name]) === JSON.stringify(sent.value[name])
  return computed(() => {
    if (!problem.value?.fields) return {}
    const found = problemsByParameter([], problem.value, form.parameters)
    return Object.fromEntries(Object.entries(found).filter(([name]) => isSame(name)))
  })
}
