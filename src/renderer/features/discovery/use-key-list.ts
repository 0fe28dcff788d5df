import { computed, ref, shallowRef, watch } from 'vue'
import type { KeyFacts } from '../../../contract/keys/key-facts.ts'
import type { Run } from '../../../contract/run.ts'
import type { Problem } from '../../../contract/problem.ts'
import { latestReading } from '../../stores/latest-reading.ts'
import { useKeySets } from '../../stores/key-sets.ts'
import { toProblem } from '../../stores/problem-of.ts'

/** As many as one search brings. */
const mostFound = 1000

/** The keys of a set and what a search finds in them: here when all are here, else the engine looks through the rest. */
export function useKeyList(run: () => Run, keySet: () => Run['keySets'][number]) {
  const keySets = useKeySets()
  const text = ref('')
  const found = shallowRef<{ total: number; keys: KeyFacts[] }>()
  const problem = shallowRef<Problem>()
  const isWhole = computed(() => keySet().keys.length >= keySet().total)
  const keys = computed((): readonly KeyFacts[] => {
    const wanted = text.value.trim().toLowerCase()
    if (wanted === '') return keySet().keys
    if (!isWhole.value) return found.value?.keys ?? []
    return keySet().keys.filter((key) => holds(key, wanted))
  })
  const total = computed(() => {
    if (text.value.trim() === '') return keySet().total
    return isWhole.value ? keys.value.length : (found.value?.total ?? 0)
  })

  const search = latestReading(async (isLatest) => {
    const wanted = text.value.trim()
    const { exchange } = keySet()
    try {
      const answer = await keySets.find({ run_id: run().id, exchange, text: wanted, limit: mostFound })
      if (!isLatest()) return
      found.value = answer
      problem.value = undefined
    } catch (error) {
      if (isLatest()) problem.value = toProblem(error)
    }
  })
  watch([text, () => keySet().exchange], () => {
    if (!isWhole.value && text.value.trim() !== '') void search()
  })

  return { text, keys, total, isWhole, problem }
}

function holds({ kid, thumbprint, kty, alg }: KeyFacts, wanted: string): boolean {
  return [kid, thumbprint, kty, alg].some((told) => told?.toLowerCase().includes(wanted))
}
