import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { reasonOf, errorCodeOf } from '../files/system-error.ts'
import type { EnginePorts } from '../ports.ts'
import { problem } from '../problems/problem-error.ts'
import { readLast } from './recent-workspaces.ts'

/** The file that marks a workspace. */
export const workspaceFileName = 'grantlab.yaml'

/** What tells where the workspace is. */
export type WorkspacePorts = Pick<EnginePorts, 'workspaceFolder' | 'workingFolder' | 'dataFolder' | 'reopensWorkspace'>

/** The data folder's own workspace, which nobody chose. */
export function ownWorkspaceOf({ dataFolder }: Pick<EnginePorts, 'dataFolder'>): string {
  return join(resolve(dataFolder), 'workspace')
}

/**
 * The workspace folder: the one named, else the nearest upward from the working folder that has grantlab.yaml, else in
 * a window the one opened last, while it is there, else the data folder's own. It need not exist yet; nothing is made here.
 * @throws ProblemError file-invalid when the folder named is something else
 */
export async function findWorkspaceFolder(ports: WorkspacePorts): Promise<string> {
  if (ports.workspaceFolder !== undefined) return checkFolder(resolve(ports.workingFolder, ports.workspaceFolder))
  for (let folder = resolve(ports.workingFolder); ; folder = dirname(folder)) {
    if (await isFile(join(folder, workspaceFileName))) return folder
    if (dirname(folder) === folder) break
  }
  const last = ports.reopensWorkspace ? await readLast(ports.dataFolder) : undefined
  return last ?? ownWorkspaceOf(ports)
}

async function checkFolder(folder: string): Promise<string> {
  try {
    if ((await stat(folder)).isDirectory()) return folder
  } catch (cause) {
    if (errorCodeOf(cause) === 'ENOENT') return folder
    throw problem('file-invalid', `The workspace folder ${folder} cannot be used: ${reasonOf(cause)}.`, { cause })
  }
  throw problem('file-invalid', `The workspace ${folder} is no folder.`, {
    place: { file: folder },
    whatToDo: [`Name the folder that holds ${workspaceFileName}, not the file.`],
  })
}

/** Whether there is a plain file. */
export async function isFile(path: string): Promise<boolean> {
  // A folder that cannot be looked into holds no workspace for this person; the search goes on upward.
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  )
}
