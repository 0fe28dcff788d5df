import type { WorkspaceFacts } from '../../contract/settings.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { type WorkspacePorts, findWorkspaceFolder, ownWorkspaceOf } from './find-workspace.ts'
import { readMark } from './prepare-folder.ts'
import { readRecent } from './recent-workspaces.ts'

/** Texts of deleted files that can come back even when they are broken. */
const maximumDeleted = 20

/** The folder in use: found once when it is first asked for, until another one is used. */
export function createFolder(ports: WorkspacePorts) {
  let found: Promise<string> | undefined
  return {
    folder(): Promise<string> {
      found ??= findWorkspaceFolder(ports).catch((error: unknown) => {
        found = undefined
        throw error
      })
      return found
    },
    use(folder: string): void {
      found = Promise.resolve(folder)
    },
  }
}

/** Remembers the texts of files that were deleted, so that an undo brings back exactly these. */
export function createDeleted() {
  const texts: string[] = []
  const keyOf = (folder: string, name: string, text: string) => JSON.stringify([folder, name, text])
  return {
    /** Answers the text. */
    keep(folder: string, name: string, text: string): string {
      texts.unshift(keyOf(folder, name, text))
      texts.length = Math.min(texts.length, maximumDeleted)
      return text
    },
    has: (folder: string, name: string, text: string) => texts.includes(keyOf(folder, name, text)),
  }
}

/** What a person sees of the folder in use. Says when nothing can be written into it; never rejects. */
export async function factsOf(ports: WorkspacePorts, folder: string): Promise<WorkspaceFacts> {
  const found = await readMark(folder).catch((error: unknown) => {
    if (error instanceof ProblemError) return error.problem
    throw error
  })
  return {
    folder,
    dataFolder: ports.dataFolder,
    isOwn: folder === ownWorkspaceOf(ports),
    recent: await readRecent(ports.dataFolder),
    ...(typeof found === 'boolean' ? {} : { problem: found }),
  }
}
