import type { BodySlice } from '../../contract/engine.ts'
import type { RunEvent } from '../../contract/events.ts'
import type { Problem } from '../../contract/problem.ts'
import { type RunList, listRuns } from './list-runs.ts'
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
  list(limit: number): Promise<RunList>
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
    list: (limit) => listRuns({ folder, limit, isOpen: (runId) => openFiles.has(runId) }),
  }
}
