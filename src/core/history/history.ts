import type { RunSummary } from '../../contract/commands.ts'
import type { BodySlice } from '../../contract/engine.ts'
import type { RunEvent } from '../../contract/events.ts'
import type { Problem } from '../../contract/problem.ts'
import { type Annotation, readAnnotation, writeAnnotation } from './annotation.ts'
import { type Retention, clearRuns, deleteRuns, pruneRuns } from './delete-runs.ts'
import { type RunFilter, type RunList, listRuns, readSummary } from './list-runs.ts'
import { readBodySlice, readRun } from './read-run.ts'
import { type RunFile, createRunFile } from './run-file.ts'
import { takeRunNumber } from './run-number.ts'
import { findRun, historyFolderOf, pathsFor } from './run-paths.ts'

export type { RunFile } from './run-file.ts'
export type { RunList } from './list-runs.ts'

/** The recorded runs of a data folder. */
export interface History {
  /** Begins the file of a new run; nothing is on disk before the first batch. @throws ProblemError run-not-found for a bad id */
  open(runId: string, startedAt: Date): RunFile
  /** The next run number of this data folder. @throws ProblemError data-folder-failed */
  nextNumber(): Promise<number>
  /**
   * The events of a run so far. Broken lines are told to `onProblem` and left out.
   * @throws ProblemError run-not-found, file-newer, file-invalid, data-folder-failed
   */
  read(runId: string, onProblem?: (problem: Problem) => void): AsyncGenerator<RunEvent>
  /** A slice of a body, `offset` and `length` in characters. @throws ProblemError run-not-found, parameter-invalid */
  readBody(runId: string, id: string, range: { offset: number; length: number }): Promise<BodySlice>
  /** The newest runs, newest first. */
  list(limit: number, wanted?: RunFilter): Promise<RunList>
  /** Says something about a run, masked by the caller. @throws ProblemError run-not-found, parameter-invalid, file-newer, data-folder-failed */
  annotate(runId: string, change: Partial<Annotation>): Promise<RunSummary>
  /** Whether a run is to stay whatever happens. */
  isPinned(runId: string): Promise<boolean>
  /** Deletes these runs, or none. @throws ProblemError run-not-found, run-running, data-folder-failed */
  remove(runIds: readonly string[]): Promise<number>
  /** Deletes every run that is neither pinned nor under way. @throws ProblemError data-folder-failed */
  clear(): Promise<number>
  /** Deletes what is older or more than is to stay, but nothing pinned. @throws ProblemError data-folder-failed */
  prune(retention: Retention, now: number): Promise<number>
}

/** What a history is made of. */
export interface HistoryOptions {
  dataFolder: string
  /** told once for each run whose file the disk refuses */
  onProblem?: (runId: string, problem: Problem) => void
}

/** Creates the history of a data folder; nothing on disk is made before the first run. */
export function createHistory({ dataFolder, onProblem }: HistoryOptions): History {
  const folder = historyFolderOf(dataFolder)
  const openFiles = new Map<string, RunFile>()
  const isOpen = (runId: string) => openFiles.has(runId)
  /** What this process has not yet written must be on disk before it is read. */
  const settle = async (runId: string) => openFiles.get(runId)?.flush()
  return {
    open(runId, startedAt) {
      const file = createRunFile(pathsFor(folder, runId, startedAt), {
        onProblem: (problem) => onProblem?.(runId, problem),
        onClosed: () => openFiles.delete(runId),
      })
      openFiles.set(runId, file)
      return file
    },
    nextNumber: () => takeRunNumber(folder),
    async *read(runId, onBroken) {
      await settle(runId)
      yield* readRun(await findRun(folder, runId), onBroken)
    },
    async readBody(runId, id, range) {
      await settle(runId)
      return readBodySlice(await findRun(folder, runId), id, range)
    },
    list: (limit, wanted) => listRuns({ folder, limit, wanted, isOpen }),
    async annotate(runId, change) {
      await settle(runId)
      const paths = await findRun(folder, runId)
      await writeAnnotation(paths, { ...(await readAnnotation(paths)), ...change })
      return (await readSummary(folder, paths, isOpen(runId))).summary
    },
    isPinned: async (runId) => (await readAnnotation(await findRun(folder, runId))).pinned,
    remove: (runIds) => deleteRuns({ folder, isOpen }, runIds),
    clear: () => clearRuns({ folder, isOpen }),
    prune: (retention, now) => pruneRuns({ folder, isOpen }, retention, now),
  }
}
