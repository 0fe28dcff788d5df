import type { FinishedTarget } from '../../contract/client-record.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import { problem, ProblemError } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import type { Deletion } from '../vendors/vendor.ts'

/** Several things that the same is done to. */
export interface TargetWork {
  ids: readonly string[]
  /** what they are, in the plural */
  what: string
  /** purposes of the exchanges, for finding the one that shows it */
  purposes: readonly string[]
  titleOf?(id: string): Promise<string>
  work(id: string): Promise<Deletion>
  /** whether a problem means that every further one fails as well */
  isFinal?(found: Problem): boolean
}

type Outcome = FinishedTarget['outcome']

/** How many ended in which way. */
export type TargetCounts = Record<Outcome, number>

/**
 * Does the same to each, one after the other, and records what happened to each. Goes on after a failure, not after the
 * run was cancelled, and not when a failure is final: then the rest is said not to have been tried.
 * @throws ProblemError partly-done naming how many failed; for a single one its own problem
 */
export async function forEachTarget(context: RunContext, order: TargetWork): Promise<TargetCounts> {
  const counts: TargetCounts = { done: 0, absent: 0, failed: 0, unknown: 0 }
  const ids = [...new Set(order.ids)]
  const failures: ProblemError[] = []
  let final: Problem | undefined
  for (const target of ids) {
    const title = order.titleOf ? await order.titleOf(target) : target
    const ended = final ? notTried(final) : await doOne(context, order, target)
    counts[ended.outcome]++
    context.finished({ target, title, outcome: ended.outcome }, ended)
    if (ended.error) failures.push(ended.error)
    if (ended.error && order.isFinal?.(ended.error.problem)) final = ended.error.problem
  }
  const [first] = failures
  if (!first) return counts
  throw ids.length === 1 ? first : partlyDone(order.what, counts, first.problem)
}

interface Ended {
  outcome: Outcome
  exchange?: string
  problem?: Problem
  error?: ProblemError
}

async function doOne(context: RunContext, { work, purposes }: TargetWork, target: string): Promise<Ended> {
  try {
    const outcome = await work(target)
    const exchange = purposes.map((purpose) => context.lastAnswer(purpose)?.exchange).find((one) => one !== undefined)
    return { outcome, ...(exchange === undefined ? {} : { exchange }) }
  } catch (error) {
    if (context.signal.aborted || !(error instanceof ProblemError)) throw error
    const found = context.told(error)
    const outcome = found.code === 'outcome-unknown' ? 'unknown' : 'failed'
    return { outcome, problem: found, error, ...(found.exchange === undefined ? {} : { exchange: found.exchange }) }
  }
}

function notTried(final: Problem): Ended {
  const found = problemOf(final.code, `It was not tried: an earlier one was refused for good. ${final.detail}`)
  return { outcome: 'failed', problem: found }
}

function partlyDone(what: string, { done, absent, failed, unknown }: TargetCounts, first: Problem): ProblemError {
  const all = done + absent + failed + unknown
  const parts = [
    `${done} of ${all} ${what} are done`,
    ...(absent > 0 ? [`${absent} were gone before`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unknown > 0 ? [`of ${unknown} nobody knows`] : []),
  ]
  return problem('partly-done', `${parts.join(', ')}. The first that failed: ${first.detail}`, {
    ...(first.status === undefined ? {} : { status: first.status }),
    whatToDo: ['Look at the rows: each says what happened to it.', ...(first.whatToDo ?? [])],
  })
}
