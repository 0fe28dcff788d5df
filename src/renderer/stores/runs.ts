import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RunSummary } from '../../contract/commands.ts'
import type { StartRun } from '../../contract/engine.ts'
import type { JsonObject } from '../../contract/json.ts'
import type { Problem } from '../../contract/problem.ts'
import { emptyRun, type Run } from '../../contract/run.ts'
import { useEngine } from '../app/provided-engine.ts'
import { followRun } from './follow-run.ts'
import { toProblem } from './problem-of.ts'

const storageKey = 'grantlab.run'

/** The runs of this window: started, followed live, cancelled, answered. */
export const useRuns = defineStore('runs', () => {
  const { engine } = useEngine()
  const runs = shallowRef<ReadonlyMap<string, Run>>(new Map())
  const currentId = shallowRef<string>()
  const history = shallowRef<RunSummary[]>([])
  /** why the last start, cancel or answer did not work */
  const problem = shallowRef<Problem>()
  const followed = new Map<string, Promise<Run>>()
  const current = computed(() => (currentId.value === undefined ? undefined : runs.value.get(currentId.value)))
  /** the last metadata seen, by profile name and by issuer */
  const metadata = shallowRef<ReadonlyMap<string, JsonObject>>(new Map())

  function keep(run: Run): void {
    runs.value = new Map(runs.value).set(run.id, run)
    const received = run.metadata.at(-1)
    if (!received || metadata.value.get(received.issuer) === received.document) return
    const names = [run.profile, run.parameters.issuer, received.issuer].filter((name) => typeof name === 'string')
    metadata.value = new Map([...metadata.value, ...names.map((name) => [name, received.document] as const)])
  }

  /** Follows a run to its end, once however often it is asked; resolves with the finished run. */
  function follow(runId: string): Promise<Run> {
    const known = followed.get(runId)
    if (known) return known
    keep(runs.value.get(runId) ?? emptyRun(runId))
    const following = followRun({ engine, from: runs.value.get(runId)!, onRun: keep })
    followed.set(runId, following)
    // A stream that ended early can be taken up again later.
    following.then(readHistory, () => followed.delete(runId))
    return following
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      problem.value = undefined
      return await work()
    } catch (error) {
      problem.value = toProblem(error)
      return undefined
    }
  }

  /** Shows a run and follows it; a run that the engine does not know is not shown any more. */
  async function show(runId: string): Promise<void> {
    currentId.value = runId
    globalThis.sessionStorage?.setItem(storageKey, runId)
    await attempt(() => follow(runId))
    if (current.value?.lastSeq === 0 && current.value.id === runId) currentId.value = undefined
  }

  /** Starts an operation and shows its run; the id, or undefined when it could not be started. */
  const start = (input: StartRun): Promise<string | undefined> =>
    attempt(async () => {
      const { runId } = await engine.startRun(input)
      void show(runId)
      return runId
    })

  /** Starts an operation beside the shown run, such as a discovery for a form; resolves with the finished run. */
  async function startAside(input: StartRun): Promise<Run> {
    const { runId } = await engine.startRun(input)
    return follow(runId)
  }

  const cancel = (runId: string) => attempt(() => engine.cancelRun({ runId }))

  /** Answers the open wait of a run with what a person pasted. */
  const answer = (input: Parameters<typeof engine.answerWait>[0]) =>
    attempt(async () => {
      await engine.answerWait(input)
      return true
    })

  /** A slice of a masked body. Rejects with a problem. */
  const readBody = (input: Parameters<typeof engine.readBody>[0]) => engine.readBody(input)

  /** Reads the list of earlier runs; without one the window works all the same. */
  async function readHistory(): Promise<void> {
    try {
      history.value = await engine.runCommand('history list', { limit: 20 })
    } catch {
      history.value = []
    }
  }

  /** Takes up the run that was shown before a reload; one that is gone is no problem. */
  async function takeUp(): Promise<void> {
    const runId = globalThis.sessionStorage?.getItem(storageKey)
    if (!runId) return
    await show(runId)
    if (!current.value) problem.value = undefined
  }

  return {
    runs,
    current,
    history,
    problem,
    metadata,
    start,
    startAside,
    show,
    follow,
    cancel,
    answer,
    readBody,
    readHistory,
    takeUp,
  }
})
