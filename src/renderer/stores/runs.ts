import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RunSummary } from '../../contract/commands.ts'
import type { Engine, StartRun } from '../../contract/engine.ts'
import type { BodyReference } from '../../contract/http.ts'
import type { JsonObject } from '../../contract/json.ts'
import type { Problem } from '../../contract/problem.ts'
import { emptyRun, type Run } from '../../contract/run.ts'
import { useEngine } from '../app/provided-engine.ts'
import { useEngineDescription } from './engine-description.ts'
import { followRun } from './follow-run.ts'
import { toProblem } from './problem-of.ts'

const storageKey = 'grantlab.run'
const mostHistory = 20
const sliceCharacters = 262_144

/** The runs of this window: started, followed live, cancelled, answered. */
export const useRuns = defineStore('runs', () => {
  const { engine } = useEngine()
  const { history, earlier, readHistory } = useHistory(engine)
  const { runs, metadata, follow } = useFollowedRuns(engine, readHistory)
  const { problem, attempt } = useAttempts()
  const bodies = bodiesOf(engine)
  const { problem: answerProblem, attempt: attemptAnswer } = useAttempts()
  const currentId = shallowRef<string>()
  const current = computed(() => (currentId.value === undefined ? undefined : runs.value.get(currentId.value)))

  /** Shows a run and follows it; a run that the engine does not know is not shown any more. */
  async function show(runId: string): Promise<void> {
    currentId.value = runId
    answerProblem.value = undefined
    globalThis.sessionStorage?.setItem(storageKey, runId)
    await attempt(() => follow(runId))
    if (current.value?.lastSeq === 0 && current.value.id === runId) currentId.value = undefined
  }

  /** Goes back to the list of earlier runs; a run that is under way goes on. */
  function leave(): void {
    currentId.value = undefined
    globalThis.sessionStorage?.removeItem(storageKey)
  }

  /** Starts an operation and shows its run; the id, or undefined when it could not be started. */
  const start = (input: StartRun): Promise<string | undefined> =>
    attempt(async () => {
      const { runId } = await engine.startRun(input)
      void show(runId)
      return runId
    })

  /** Starts an operation beside the shown run, such as a discovery for a form; resolves with the finished run. */
  async function startAside(input: StartRun, onStart?: (runId: string) => void): Promise<Run> {
    const { runId } = await engine.startRun(input)
    onStart?.(runId)
    return follow(runId)
  }

  const cancel = (runId: string) => attempt(() => engine.cancelRun({ runId }))

  /** Answers the open wait of a run with what a person pasted. */
  const answer = (input: Parameters<Engine['answerWait']>[0]) => attemptAnswer(() => engine.answerWait(input))

  /** Takes up the run that was shown before a reload; one that is gone is no problem. */
  async function takeUp(): Promise<void> {
    const runId = globalThis.sessionStorage?.getItem(storageKey)
    if (!runId) return
    await show(runId)
    if (!current.value) problem.value = undefined
  }

  const state = { runs, current, history, earlier, metadata, problem, answerProblem }
  return { ...state, ...bodies, start, startAside, show, leave, follow, cancel, answer, readHistory, takeUp }
})

function bodiesOf(engine: Engine) {
  /** A slice of a masked body. Rejects with a problem. */
  const readBody = (input: Parameters<Engine['readBody']>[0]) => engine.readBody(input)

  /** A whole masked body; for those that are known to be small. Rejects with a problem. */
  async function readWholeBody(runId: string, { id, inline, characters }: BodyReference): Promise<string> {
    let whole = inline ?? ''
    while (whole.length < characters) {
      const { text } = await readBody({ runId, body: id, offset: whole.length, length: sliceCharacters })
      if (text === '') break
      whole += text
    }
    return whole
  }

  return { readBody, readWholeBody }
}

/** Runs by id, folded live, with the last metadata seen by profile name and by issuer. */
function useFollowedRuns(engine: Engine, onEnd: () => Promise<void>) {
  const runs = shallowRef<ReadonlyMap<string, Run>>(new Map())
  const metadata = shallowRef<ReadonlyMap<string, JsonObject>>(new Map())
  const followed = new Map<string, Promise<Run>>()

  function keep(run: Run): void {
    runs.value = new Map(runs.value).set(run.id, run)
    const received = run.metadata.at(-1)
    // SECURITY: what a file says of a server counts for none of the forms here.
    if (!received || run.origin || metadata.value.get(received.issuer) === received.document) return
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
    following.then(onEnd, () => followed.delete(runId))
    return following
  }

  return { runs, metadata, follow }
}

function useHistory(engine: Engine) {
  const descriptions = useEngineDescription()
  const history = shallowRef<RunSummary[]>([])
  /** the runs a person started, latest first; what only looks something up, as a new profile does, is none of them */
  const earlier = computed(() =>
    history.value.filter(({ operation }) => !descriptions.operationOf(operation)?.browsing),
  )

  /** Reads the list of earlier runs; without one the window works all the same. */
  async function readHistory(): Promise<void> {
    try {
      history.value = await engine.runCommand('history list', { limit: mostHistory })
    } catch {
      history.value = []
    }
  }

  return { history, earlier, readHistory }
}

/** Keeps why the last start, cancel or answer did not work. */
function useAttempts() {
  const problem = shallowRef<Problem>()

  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      problem.value = undefined
      return await work()
    } catch (error) {
      problem.value = toProblem(error)
      return undefined
    }
  }

  return { problem, attempt }
}
