import { computed, type ComputedRef } from 'vue'
import { useBench } from '../../stores/bench.ts'
import { useNotice } from '../../stores/notice.ts'
import { usePlaces } from '../../stores/places.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useRuns } from '../../stores/runs.ts'
import { useSecrets } from '../../stores/secrets.ts'
import { useTakeIn } from '../../stores/take-in.ts'
import type { PaletteAction } from './matching-actions.ts'

const titles = { access_token: 'Access token of this run', id_token: 'ID token of this run' } as const

/** What can be done with the token bench: paste, read a token of the shown run, compare, clear. */
export function useBenchActions(): ComputedRef<PaletteAction[]> {
  const bench = useBench()
  const places = usePlaces()
  const readToken = useReadToken()
  const compare = () => {
    const [left, right] = bench.shown.length > 1 ? bench.shown : bench.tokens
    bench.compare(left?.id, right?.id)
    places.go('bench')
  }
  return computed(() => {
    const group = 'Bench'
    const several = bench.tokens.length > 1
    return [
      { id: 'bench-paste', group, title: 'Paste a token, a response, a HAR…', act: () => places.go('bench', 'paste') },
      ...readToken.value.map(({ kind, read }) => ({ id: `bench ${kind}`, group, title: titles[kind], act: read })),
      ...(several ? [{ id: 'bench-compare', group, title: 'Compare two tokens', act: compare }] : []),
      ...(bench.tokens.length > 0 ? [{ id: 'bench-clear', group, title: 'Clear all', act: () => bench.clear() }] : []),
    ]
  })
}

/** The tokens of the shown run that can be put on the bench. */
function useReadToken() {
  const runs = useRuns()
  const secrets = useSecrets()
  const notice = useNotice()
  const { takeIn } = useTakeIn()
  const read = async (fingerprint: string) => {
    try {
      await takeIn(await secrets.reveal(fingerprint))
    } catch (error) {
      notice.tell(`Not read: ${toProblem(error).detail}`)
    }
  }
  return computed(() =>
    (['access_token', 'id_token'] as const).flatMap((kind) => {
      const token = runs.current?.tokens.findLast((one) => one.kind === kind)
      return token ? [{ kind, read: () => void read(token.fingerprint) }] : []
    }),
  )
}
