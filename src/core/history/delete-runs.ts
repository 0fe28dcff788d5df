import { rm } from 'node:fs/promises'
import { problem } from '../problems/problem-error.ts'
import { readAnnotation, removeAnnotation } from './annotation.ts'
import { readSummary } from './list-runs.ts'
import { type RunPaths, findRun, historyFailed, runsIn } from './run-paths.ts'

/** What deleting works with. */
export interface Deleting {
  folder: string
  /** tells whether a run is being written by this process */
  isOpen: (runId: string) => boolean
}

/** How much history stays by itself. */
export interface Retention {
  /** runs beyond this many leave, oldest first */
  runs: number
  /** and runs older than this; 0: never */
  days: number
}

/**
 * Deletes these runs with their bodies and notes: all of them, or none when one is unknown or still under way.
 * @throws ProblemError run-not-found, run-running, data-folder-failed
 */
export async function deleteRuns(deleting: Deleting, runIds: readonly string[]): Promise<number> {
  const found: RunPaths[] = []
  for (const runId of new Set(runIds)) {
    const paths = await findRun(deleting.folder, runId)
    if (await isRunning(deleting, paths)) throw running(runId)
    found.push(paths)
  }
  for (const paths of found) await remove(paths)
  return found.length
}

/** Deletes every run that is neither pinned nor under way, and answers how many. @throws ProblemError data-folder-failed */
export async function clearRuns(deleting: Deleting): Promise<number> {
  return removeThese(deleting, await runsIn(deleting.folder))
}

/** Deletes what is older or more than is to stay; pinned runs stay and count for nothing. @throws ProblemError data-folder-failed */
export async function pruneRuns(deleting: Deleting, retention: Retention, now: number): Promise<number> {
  const newestFirst = await runsIn(deleting.folder)
  const oldest = retention.days > 0 ? now - retention.days * 86_400_000 : -Infinity
  const leaving = newestFirst.filter(
    ({ startedAt }, index) => index >= retention.runs || Date.parse(startedAt) < oldest,
  )
  return removeThese(deleting, leaving)
}

async function removeThese(deleting: Deleting, runs: readonly RunPaths[]): Promise<number> {
  let removed = 0
  for (const paths of runs) {
    const { pinned } = await readAnnotation(paths)
    if (pinned || (await isRunning(deleting, paths))) continue
    await remove(paths)
    removed++
  }
  return removed
}

async function isRunning({ folder, isOpen }: Deleting, paths: RunPaths): Promise<boolean> {
  if (isOpen(paths.runId)) return true
  const { summary } = await readSummary(folder, paths, false)
  return summary.outcome === 'running'
}

/** The file goes first: what is left behind by a crash after it is found by nobody. */
async function remove(paths: RunPaths): Promise<void> {
  try {
    await rm(paths.file, { force: true })
    await rm(paths.bodies, { recursive: true, force: true })
    await removeAnnotation(paths)
  } catch (error) {
    throw historyFailed(paths.file, error)
  }
}

function running(runId: string) {
  return problem('run-running', `The run ${runId} is still under way. Nothing was deleted.`, {
    whatToDo: ['Cancel it first, or wait for its end.'],
  })
}
