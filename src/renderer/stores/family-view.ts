import { computed, ref, shallowRef, watch } from 'vue'
import type { FamilyGraph, FamilyNode } from '../../contract/bench/family.ts'
import type { KeptTokenSummary } from '../../contract/kept.ts'
import type { Problem } from '../../contract/problem.ts'
import { useEngineDescription } from './engine-description.ts'
import { useFamilies } from './families.ts'
import { toProblem } from './problem-of.ts'
import { useProfiles } from './profiles.ts'
import { useTokens } from './tokens.ts'

/** The family of one kept token, drawn anew when its tokens change, and what a person does with it. */
export function useFamilyView(token: () => KeptTokenSummary) {
  const families = useFamilies()
  const profiles = useProfiles()
  const tokens = useTokens()
  const descriptions = useEngineDescription()
  const graph = shallowRef<FamilyGraph>()
  const problem = ref<Problem>()
  const owner = computed(() => profiles.list.find(({ name }) => name === token().profile))
  const takesEarlier = computed(() =>
    descriptions.operationOf('refresh')?.parameters.some(({ name }) => name === 'generation'),
  )
  /** without its profile nobody knows where it belongs */
  const canTry = computed(() => owner.value !== undefined && takesEarlier.value === true)
  /** the name that is typed before something is sent in a production profile */
  const typed = computed(() => (owner.value?.production ? owner.value.name : undefined))
  const state = computed(() => {
    const own = tokens.list.filter(({ family }) => family === token().family)
    return [token().family, ...own.map(({ fingerprint, dead }) => `${fingerprint} ${dead}`)].join()
  })

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    problem.value = undefined
    try {
      await work()
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  async function draw(): Promise<void> {
    const { family } = token()
    const drawn = await families.draw(family)
    if (family === token().family) graph.value = drawn
  }
  watch(state, () => attempt(draw), { immediate: true })

  const inspect = (node: FamilyNode) => attempt(() => families.inspect(node))
  const tryOld = (node: FamilyNode) =>
    attempt(() => families.tryOld(graph.value!, node, typed.value === undefined ? {} : { confirm: typed.value }))

  return { graph, problem, canTry, typed, inspect, tryOld, openRun: families.openRun }
}
