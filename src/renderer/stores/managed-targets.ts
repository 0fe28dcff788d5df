import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Problem } from '../../contract/problem.ts'
import type { Run } from '../../contract/run.ts'
import { targetParameter, useManagement } from './management.ts'
import { toProblem } from './problem-of.ts'
import type { RunAnswers } from './run-answers.ts'
import { useRuns } from './runs.ts'
import { sameItems } from './same-items.ts'
import { leftOf, targetRowsOf, type Target } from './target-rows.ts'

/** What is done to several clients or grants, one after the other. */
export interface TargetJob {
  operation: string
  /** whose they are */
  key: string
  targets: readonly Target[]
  runIds: readonly string[]
  /** the last answers to the engine's questions */
  answers: RunAnswers
  /** why it could not begin */
  problem?: Problem
}

/** What was done to clients and grants from here, with what became of each; one job at a time is shown. */
export const useManagedTargets = defineStore('managed-targets', () => {
  const management = useManagement()
  const runs = useRuns()
  const { jobs, send } = useSentJobs()
  /** the job that is looked at, by its place; -1: none */
  const shownAt = ref(-1)

  const runsOfJob = ({ runIds }: TargetJob): Run[] => runIds.flatMap((id) => runs.runs.get(id) ?? [])
  const rowsOfJob = (one: TargetJob) => targetRowsOf(one.targets, runsOfJob(one))
  const job = computed(() => {
    const found = jobs.value[shownAt.value]
    return found?.key === management.key ? found : undefined
  })
  const rows = computed(() => (job.value ? rowsOfJob(job.value) : []))
  const lastRun = computed(() => (job.value ? runsOfJob(job.value).at(-1) : undefined))
  const isRunning = computed(() => lastRun.value?.outcome === 'running')
  /** ids that are gone at the server of the profile in use, each before the ISO time of the run that says so */
  const found = computed((before?: readonly string[]) => {
    const told = jobs.value.filter(({ key }) => key === management.key).flatMap(rowsOfJob)
    const isGone = ({ outcome }: (typeof told)[number]) => outcome === 'done' || outcome === 'absent'
    const now = told.filter(isGone).flatMap(({ id, runId = '' }) => [id, runs.runs.get(runId)?.startedAt ?? ''])
    return sameItems(now, before)
  })
  const gone = computed(() => new Map(pairsIn(found.value)))

  /** Does it to all; resolves when it has ended, however it went. */
  async function begin(operation: string, targets: readonly Target[], answers: RunAnswers = {}): Promise<void> {
    jobs.value = [...jobs.value, { operation, key: management.key, targets, runIds: [], answers }]
    shownAt.value = jobs.value.length - 1
    await send(shownAt.value, targets, answers)
  }

  /** Does it once more to those that are left. */
  async function tryAgain(answers: RunAnswers = {}): Promise<void> {
    if (!job.value) return
    const left = job.value.runIds.length === 0 ? job.value.targets : leftOf(rows.value)
    await send(shownAt.value, left, { ...job.value.answers, ...answers })
  }

  function cancel(): void {
    if (isRunning.value) void runs.cancel(lastRun.value!.id)
  }

  /** Puts the shown job away; what is under way goes on. */
  function dismiss(): void {
    shownAt.value = -1
  }

  return { job, rows, lastRun, isRunning, gone, begin, tryAgain, cancel, dismiss }
})

/** All jobs of this window, in order, and the way to send one. */
function useSentJobs() {
  const management = useManagement()
  const jobs = shallowRef<readonly TargetJob[]>([])
  const change = (at: number, changed: Partial<TargetJob>) =>
    (jobs.value = jobs.value.with(at, { ...jobs.value[at]!, ...changed }))

  async function send(at: number, targets: readonly Target[], answers: RunAnswers): Promise<void> {
    const { problem: _before, ...begun } = jobs.value[at]!
    jobs.value = jobs.value.with(at, { ...begun, answers })
    const { operation } = begun
    const { name = 'client_id', type } = targetParameter(management.offered(operation)) ?? {}
    const ids = targets.map(({ id, sent = id }) => sent)
    const parameters = { [name]: type === 'list' ? ids : (ids[0] ?? '') }
    try {
      await management.run({ operation, parameters, ...answers }, (runId) =>
        change(at, { runIds: [...jobs.value[at]!.runIds, runId] }),
      )
    } catch (error) {
      change(at, { problem: toProblem(error) })
    }
  }

  return { jobs, send }
}

function pairsIn(texts: readonly string[]): [string, string][] {
  return texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? ''] as [string, string]] : []))
}
