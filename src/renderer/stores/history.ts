import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { RunSummary } from '../../contract/commands.ts'
import type { Problem } from '../../contract/problem.ts'
import { useEngine } from '../app/provided-engine.ts'
import { latestReading } from './latest-reading.ts'
import { toProblem } from './problem-of.ts'
import { useRuns } from './runs.ts'

/** As many as the engine lists at once. */
const mostRuns = 10_000

/** All recorded runs, newest first, with what a person wrote about them. */
export const useHistory = defineStore('history', () => {
  const { engine } = useEngine()
  const runs = useRuns()
  const list = shallowRef<readonly RunSummary[]>([])
  /** false until the list was read once */
  const isRead = ref(false)
  const problem = shallowRef<Problem>()

  /** Reads the list. */
  const load = latestReading(async (isLatest) => {
    try {
      const found = await engine.runCommand('history list', { limit: mostRuns })
      if (!isLatest()) return
      list.value = found
      isRead.value = true
      problem.value = undefined
    } catch (error) {
      if (isLatest()) problem.value = toProblem(error)
    }
  })

  /** Writes a note; the one that is kept may differ, since what looks like a secret is masked. Rejects with a problem. */
  const note = async (runId: string, text: string): Promise<void> =>
    put(await engine.runCommand('history note', { run_id: runId, note: text }))

  /** Keeps a run until it is deleted by hand, or lets it go again. Rejects with a problem. */
  const pin = async (runId: string, pinned: boolean): Promise<void> =>
    put(await engine.runCommand('history pin', { run_id: runId, pinned }))

  /** Deletes runs with everything recorded of them; how many there were. Rejects with a problem. */
  const remove = (runIds: readonly string[]): Promise<number> =>
    taking(async () => (await engine.runCommand('history delete', { run_ids: [...runIds] })).deleted)

  /** Deletes every run that is neither pinned nor under way; how many there were. Rejects with a problem. */
  const clear = (): Promise<number> => taking(async () => (await engine.runCommand('history clear', {})).deleted)

  async function taking(work: () => Promise<number>): Promise<number> {
    try {
      return await work()
    } finally {
      await Promise.all([load(), runs.readHistory()])
      const shown = runs.current
      const isGone = shown && isRead.value && !list.value.some(({ runId }) => runId === shown.id)
      if (isGone && shown.outcome !== 'running') runs.leave()
    }
  }

  function put(changed: RunSummary): void {
    list.value = list.value.map((run) => (run.runId === changed.runId ? changed : run))
  }

  return { list, isRead, problem, load, note, pin, remove, clear }
})
