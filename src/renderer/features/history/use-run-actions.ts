import { ref, shallowRef } from 'vue'
import type { RunSummary } from '../../../contract/commands.ts'
import type { Problem } from '../../../contract/problem.ts'
import { formatCount } from '../../components/format/duration.ts'
import { useHistory } from '../../stores/history.ts'
import { useNotice } from '../../stores/notice.ts'
import { toProblem } from '../../stores/problem-of.ts'

/** What can be done with recorded runs; deleting asks first, since it cannot be undone. */
export function useRunActions() {
  const history = useHistory()
  const notice = useNotice()
  /** the runs that a person is asked about */
  const asked = shallowRef<readonly RunSummary[]>()
  const asksAll = ref(false)
  const problem = shallowRef<Problem>()
  const deletionProblem = shallowRef<Problem>()

  async function attempt(into: typeof problem, work: () => Promise<void>): Promise<void> {
    into.value = undefined
    try {
      await work()
    } catch (error) {
      into.value = toProblem(error)
    }
  }

  const note = (runId: string, text: string) => attempt(problem, () => history.note(runId, text))

  /** Pins all of them, or when all are pinned lets them go. */
  const pin = (runs: readonly RunSummary[]) =>
    attempt(problem, async () => {
      const pinned = !runs.every((run) => run.pinned)
      for (const run of runs) if ((run.pinned ?? false) !== pinned) await history.pin(run.runId, pinned)
      notice.tell(
        pinned ? `${formatCount(runs.length, 'run')} pinned` : `${formatCount(runs.length, 'run')} not pinned`,
      )
    })

  /** Asks whether runs may go; `all` are all that are not pinned. */
  function ask(runs: readonly RunSummary[] | undefined, which: 'these' | 'all' = 'these'): void {
    asked.value = runs
    asksAll.value = which === 'all'
    deletionProblem.value = undefined
  }

  /** Deletes what was asked about. */
  function remove(): Promise<void> {
    return attempt(deletionProblem, async () => {
      const ids = (asked.value ?? []).map(({ runId }) => runId)
      const deleted = asksAll.value ? await history.clear() : await history.remove(ids)
      notice.tell(`${formatCount(deleted, 'run')} deleted`)
      ask(undefined)
    })
  }

  return { asked, deletionProblem, problem, note, pin, ask, remove }
}
