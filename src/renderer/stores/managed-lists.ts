import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ParameterValues } from '../../contract/description.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Run } from '../../contract/run.ts'
import { useManagement, type ManagementOrder } from './management.ts'
import { nextPageOf } from './next-page.ts'
import { toProblem } from './problem-of.ts'
import type { RunAnswers } from './run-answers.ts'
import { useRuns } from './runs.ts'

/** What can be listed. */
export type ManagedNoun = 'clients' | 'grants'

/** A list as it was asked for: by one run, and by one more for each time it was gone on with where it broke off. */
export interface AskedList {
  runIds: readonly string[]
  /** what the server was asked to leave out */
  filters: ParameterValues
  /** runs of the list before; shown until a page of this one came */
  earlier: readonly string[]
  /** why it could not be asked for */
  problem?: Problem
}

/** Lists of clients and of grants, one of each for every profile; each stays until it is asked for again. */
export const useManagedLists = defineStore('managed-lists', () => {
  const management = useManagement()
  const runs = useRuns()
  const { lists, load } = useLoadedLists()

  const keyOf = (noun: ManagedNoun) => `${noun} ${management.key}`
  const known = (ids: readonly string[]): Run[] => ids.flatMap((id) => runs.runs.get(id) ?? [])

  /** The list of the profile in use; undefined before it was asked for. */
  const listOf = (noun: ManagedNoun): AskedList | undefined => lists.value.get(keyOf(noun))

  /** The runs whose pages make the list, in order. */
  function runsOf(noun: ManagedNoun): Run[] {
    const { runIds = [], earlier = [] } = listOf(noun) ?? {}
    const now = known(runIds)
    return now.some(({ pages, outcome }) => pages.length > 0 || outcome === 'succeeded') ? now : known(earlier)
  }

  /** The run that brings the list or goes on with it. */
  const lastRun = (noun: ManagedNoun): Run | undefined => known(listOf(noun)?.runIds.slice(-1) ?? [])[0]

  /** Asks the server; what is under way for the same list is cancelled. Without filters those of before stay. */
  async function ask(noun: ManagedNoun, filters?: ParameterValues, answers: RunAnswers = {}): Promise<void> {
    if (!management.offered(`${noun} list`)) return
    cancel(noun)
    const earlier = runsOf(noun).map(({ id }) => id)
    const asked = filters ?? listOf(noun)?.filters ?? {}
    const order = { operation: `${noun} list`, parameters: asked, ...answers }
    await load(keyOf(noun), { runIds: [], filters: asked, earlier }, order)
  }

  /** Goes on at the page that a list broke off at; what came stays. */
  async function goOn(noun: ManagedNoun): Promise<void> {
    const list = listOf(noun)
    const last = lastRun(noun)
    const page = last && nextPageOf(last)
    if (!list || page === undefined) return
    await load(keyOf(noun), list, { operation: `${noun} list`, parameters: { ...list.filters, from_page: page } })
  }

  /** Stops asking; what came stays. */
  function cancel(noun: ManagedNoun): void {
    const run = lastRun(noun)
    if (run?.outcome === 'running') void runs.cancel(run.id)
  }

  return { listOf, runsOf, lastRun, ask, goOn, cancel }
})

/** Lists by key; of two that are asked for at once the later counts. */
function useLoadedLists() {
  const management = useManagement()
  const runs = useRuns()
  const lists = shallowRef<ReadonlyMap<string, AskedList>>(new Map())
  const turns = new Map<string, object>()

  async function load(key: string, list: AskedList, order: ManagementOrder): Promise<void> {
    const turn = {}
    turns.set(key, turn)
    const { problem: _before, ...begun } = list
    let now: AskedList = begun
    const put = (next: AskedList) => {
      now = next
      if (turns.get(key) === turn) lists.value = new Map(lists.value).set(key, next)
    }
    put(begun)
    try {
      await management.run(order, (runId) => {
        put({ ...now, runIds: [...now.runIds, runId] })
        if (turns.get(key) !== turn) void runs.cancel(runId)
      })
    } catch (error) {
      put({ ...now, problem: toProblem(error) })
    }
  }

  return { lists, load }
}
