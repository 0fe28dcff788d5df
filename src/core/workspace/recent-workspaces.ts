import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { type Json, isJsonObject } from '../../contract/json.ts'
import type { RecentWorkspace } from '../../contract/settings.ts'
import { fileKinds } from '../files/file-versions.ts'
import { makeFolder } from '../files/make-folder.ts'
import { readJsonFile } from '../files/read-json-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { ProblemError } from '../problems/problem-error.ts'

const maximumRecent = 20
/** A disk may only be unplugged: a folder that is gone is remembered for so long. */
const rememberedMs = 30 * 86_400_000

/** The file of the workspaces that were opened. */
export function recentPathOf(dataFolder: string): string {
  return join(dataFolder, 'workspaces.json')
}

/** Workspaces that were opened and are still there, the latest first. Never rejects: a list is no reason to stop. */
export async function readRecent(dataFolder: string): Promise<RecentWorkspace[]> {
  const all = (await readAll(recentPathOf(dataFolder)))?.recent ?? []
  const there = await Promise.all(all.map(({ folder }) => isFolder(folder)))
  return all.filter((_one, index) => there[index])
}

/** The workspace that was opened last; undefined when there is none, or it is gone now. Never rejects. */
export async function readLast(dataFolder: string): Promise<string | undefined> {
  const last = (await readAll(recentPathOf(dataFolder)))?.recent[0]?.folder
  return last !== undefined && (await isFolder(last)) ? last : undefined
}

/**
 * Remembers folders, the last one as the latest. A list that is broken or of a newer Grantlab stays as it is, and so
 * does one that cannot be written: opening a workspace does not fail for want of it.
 */
export async function rememberRecent(dataFolder: string, folders: readonly string[], now: number): Promise<void> {
  const path = recentPathOf(dataFolder)
  const file = await readAll(path)
  if (!file) return
  const openedAt = new Date(now).toISOString()
  const added = folders.toReversed().map((folder) => ({ folder, openedAt }))
  const older = file.recent.filter(({ folder }) => !folders.includes(folder))
  const kept: RecentWorkspace[] = []
  for (const one of [...added, ...older]) {
    const isFresh = now - Date.parse(one.openedAt) < rememberedMs
    if (isFresh || (await isFolder(one.folder))) kept.push(one)
  }
  const content = { ...file.content, version: fileKinds.workspaces.version, workspaces: kept.slice(0, maximumRecent) }
  const text = `${JSON.stringify(content, null, 2)}\n`
  try {
    await makeFolder(dirname(path), 0o700)
    await writeFileAtomically({ path, text, replace: true, mode: 0o600 })
  } catch {
    // See above.
  }
}

/** Undefined when the file must stay as it is. */
async function readAll(path: string) {
  try {
    const file = await readJsonFile(path, fileKinds.workspaces)
    if (file && file.version > fileKinds.workspaces.version) return undefined
    const listed = file?.content.workspaces
    return { content: file?.content ?? {}, recent: Array.isArray(listed) ? listed.filter(isRecent) : [] }
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

function isRecent(one: Json): one is RecentWorkspace & Json {
  if (!isJsonObject(one)) return false
  const { folder, openedAt } = one
  return (
    typeof folder === 'string' &&
    isAbsolute(folder) &&
    typeof openedAt === 'string' &&
    !Number.isNaN(Date.parse(openedAt))
  )
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
}
