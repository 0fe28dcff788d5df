import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodeOf, reasonOf } from '../files/system-error.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'

const runIdPattern = /^[A-Za-z0-9_-]{1,64}$/
const bodyIdPattern = /^[A-Za-z0-9_-]{1,64}$/
const fileNamePattern = /^(\d{8}T\d{9}Z)-([A-Za-z0-9_-]{1,64})\.jsonl$/
const stampPattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/

/** Where a run lies: its file, the folder of its bodies, and what a person wrote about it. */
export interface RunPaths {
  runId: string
  file: string
  fileName: string
  bodies: string
  annotation: string
  startedAt: string
}

/** The folder of all runs. */
export function historyFolderOf(dataFolder: string): string {
  return join(dataFolder, 'history')
}

/** Where a new run is to lie. @throws ProblemError run-not-found for an id that is none */
export function pathsFor(folder: string, runId: string, startedAt: Date): RunPaths {
  const stamp = startedAt.toISOString().replaceAll(/[-:.]/g, '')
  const paths = pathsOfName(folder, `${stamp}-${checkRunId(runId)}.jsonl`)
  if (!paths) throw problem('internal', 'A run cannot begin at this time.')
  return paths
}

/** Where the run of a file name lies; undefined for names that are no run's. */
export function pathsOfName(folder: string, fileName: string): RunPaths | undefined {
  const [, stamp, runId] = fileNamePattern.exec(fileName) ?? []
  if (!stamp || !runId) return undefined
  return {
    runId,
    file: join(folder, fileName),
    fileName,
    bodies: join(folder, `${stamp}-${runId}`),
    annotation: join(folder, `${stamp}-${runId}.note.json`),
    startedAt: stamp.replace(stampPattern, '$1-$2-$3T$4:$5:$6.$7Z'),
  }
}

/** The file of a body. @throws ProblemError run-not-found for an id that is none */
export function bodyPathOf({ bodies }: RunPaths, id: string): string {
  // SECURITY: ids come from a page; without this check one could name any file of the person's.
  if (!bodyIdPattern.test(id)) throw problem('run-not-found', 'There is no body of this name.')
  return join(bodies, `body-${id}.txt`)
}

/** Where the run of an id lies. @throws ProblemError run-not-found, data-folder-failed */
export async function findRun(folder: string, runId: string): Promise<RunPaths> {
  const ending = `-${checkRunId(runId)}.jsonl`
  const all = await runsIn(folder)
  const found = all.find((paths) => paths.fileName.endsWith(ending) && paths.runId === runId)
  if (found) return found
  throw problem('run-not-found', `There is no run ${runId} in ${folder}.`)
}

/** Every run of the folder, newest first. @throws ProblemError data-folder-failed */
export async function runsIn(folder: string): Promise<RunPaths[]> {
  try {
    const names = await readdir(folder)
    return names
      .sort()
      .toReversed()
      .flatMap((name) => pathsOfName(folder, name) ?? [])
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return []
    throw historyFailed(folder, error)
  }
}

/** The problem of a history that cannot be used, with the system's reason. */
export function historyFailed(path: string, error: unknown): ProblemError {
  return problem('data-folder-failed', `The history at ${path} cannot be used: ${reasonOf(error)}.`, {
    place: { file: path },
    whatToDo: ['Make room or mend the permissions, or name another data folder in GRANTLAB_HOME (data_dir).'],
    cause: error,
  })
}

function checkRunId(runId: string): string {
  // SECURITY: see bodyPathOf.
  if (!runIdPattern.test(runId)) throw problem('run-not-found', 'There is no run of this name.')
  return runId
}
