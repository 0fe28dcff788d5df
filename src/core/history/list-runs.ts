import type { RunSummary } from '../../contract/commands.ts'
import type { RunEvent } from '../../contract/events.ts'
import type { Problem } from '../../contract/problem.ts'
import { readAnnotation } from './annotation.ts'
import { parseEvent, problemOfFirst } from './read-run.ts'
import { readEnds } from './read-lines.ts'
import { findOtherWriter } from './run-number.ts'
import { type RunPaths, historyFailed, runsIn } from './run-paths.ts'

const filesAtOnce = 16

/** The newest runs; files that cannot be understood stand among them, and why stands in `problems`. */
export interface RunList {
  runs: RunSummary[]
  problems: { file: string; problem: Problem }[]
}

/** Which runs a list has. */
export interface RunFilter {
  profile?: string | undefined
  operation?: string | undefined
  outcome?: string | undefined
  pinned?: boolean | undefined
}

/** What a list is made of. */
export interface ListOptions {
  folder: string
  limit: number
  /** which runs are wanted; left out: all */
  wanted?: RunFilter | undefined
  /** tells whether a run is being written by this process */
  isOpen: (runId: string) => boolean
}

/** One run of a list. */
export interface Listed {
  summary: RunSummary
  problem: Problem | undefined
}

/** The newest `limit` runs that are wanted, newest first, from file names and the first and last line of each. */
export async function listRuns({ folder, limit, isOpen, wanted = {} }: ListOptions): Promise<RunList> {
  const newest = await runsIn(folder)
  const list: RunList = { runs: [], problems: [] }
  for (let start = 0; start < newest.length && list.runs.length < limit; start += filesAtOnce) {
    const batch = newest.slice(start, start + filesAtOnce)
    const read = await Promise.all(batch.map((paths) => readSummary(folder, paths, isOpen(paths.runId))))
    for (const [index, { summary, problem }] of read.entries()) {
      if (list.runs.length >= limit || !isWanted(summary, wanted)) continue
      list.runs.push(summary)
      if (problem) list.problems.push({ file: batch[index]!.fileName, problem })
    }
  }
  return list
}

function isWanted(summary: RunSummary, { profile, operation, outcome, pinned }: RunFilter): boolean {
  return (
    (profile === undefined || summary.profile === profile) &&
    (operation === undefined || summary.operation === operation) &&
    (outcome === undefined || summary.outcome === outcome) &&
    (pinned === undefined || (summary.pinned ?? false) === pinned)
  )
}

/** What a list shows of one run; one that cannot be read is listed with its problem. */
export async function readSummary(folder: string, paths: RunPaths, isOpen: boolean): Promise<Listed> {
  try {
    const { first, last } = await readEnds(paths.file)
    const started = parseEvent(first)
    const problem = problemOfFirst(started, paths.file)
    const summary = summaryOf(paths, started)
    const outcome = outcomeOf(parseEvent(last)) ?? (await unfinished(folder, summary.number, isOpen))
    return { summary: { ...summary, outcome, ...(await saidOf(paths)) }, problem }
  } catch (error) {
    return { summary: summaryOf(paths, undefined), problem: historyFailed(paths.file, error).problem }
  }
}

/** What a person said about it; what was not said is absent. */
async function saidOf(paths: RunPaths): Promise<Pick<RunSummary, 'note' | 'pinned'>> {
  const { note, pinned } = await readAnnotation(paths)
  return { ...(note === '' ? {} : { note }), ...(pinned ? { pinned } : {}) }
}

/** A newer format may have other fields, and a broken file none: what is not there is empty. */
function summaryOf({ runId, startedAt }: RunPaths, first: RunEvent | undefined): RunSummary {
  const started: Partial<Extract<RunEvent, { type: 'run.started' }>> = first?.type === 'run.started' ? first : {}
  return {
    runId,
    number: typeof started.number === 'number' ? started.number : 0,
    operation: started.operation ?? '',
    title: started.title ?? 'This run cannot be read',
    profile: typeof started.profile === 'string' ? started.profile : null,
    startedAt,
    outcome: 'failed',
  }
}

function outcomeOf(last: RunEvent | undefined): RunSummary['outcome'] | undefined {
  return last?.type === 'run.finished' ? last.outcome : undefined
}

/** A run without an end is running when its process is; else it was cut off, and counts as failed. */
async function unfinished(folder: string, number: number, isOpen: boolean): Promise<RunSummary['outcome']> {
  return isOpen || (await findOtherWriter(folder, number)) !== undefined ? 'running' : 'failed'
}
