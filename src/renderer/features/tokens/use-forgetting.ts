import { computed, shallowRef } from 'vue'
import type { KeptTokenSummary } from '../../../contract/kept.ts'
import type { Problem } from '../../../contract/problem.ts'
import { formatCount } from '../../components/format/duration.ts'
import { useNotice } from '../../stores/notice.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useTokens } from '../../stores/tokens.ts'

/** What a person wants to be forgotten. */
export interface ForgetRequest {
  /** whose tokens they are, as the end of a sentence: `of alice in Playground` */
  whose: string
  tokens: readonly KeptTokenSummary[]
  /** set when everything of a profile or everything at all is meant, also what came meanwhile */
  all?: { profile?: string }
}

/** Asks once before tokens are forgotten, since nothing brings them back. */
export function useForgetting() {
  const store = useTokens()
  const notice = useNotice()
  const wanted = shallowRef<ForgetRequest>()
  const problem = shallowRef<Problem>()
  const count = computed(() => formatCount(wanted.value?.tokens.length ?? 0, 'token'))

  function ask(request: ForgetRequest): void {
    problem.value = undefined
    wanted.value = request.tokens.length > 0 ? request : undefined
  }

  /** Does what was asked for, after a person said yes. */
  async function forget(): Promise<void> {
    if (!wanted.value) return
    const { tokens, all } = wanted.value
    const line = `${count.value} forgotten`
    try {
      await (all ? store.clear(all) : store.forget(new Set(tokens.map(({ family }) => family))))
      wanted.value = undefined
      notice.tell(line)
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  const description = computed(
    () =>
      `Grantlab forgets the tokens ${wanted.value?.whose ?? ''}. The server is told nothing: they stay valid there ` +
      'until they expire or are revoked.',
  )
  return { wanted, problem, count, description, ask, forget, close: () => (wanted.value = undefined) }
}
