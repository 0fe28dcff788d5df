import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ResetPart } from '../../contract/settings.ts'
import { errorCodeOf, reasonOf } from './system-error.ts'

/** What of a data folder is removed, by the names in it. The vault is the vault's own matter, a workspace the person's. */
const parts: { part: string; detail: string; names: RegExp }[] = [
  { part: 'history', detail: 'All recorded runs, with notes and pinned ones', names: /^history$/ },
  { part: 'browser-profiles', detail: 'Cookies and sign-ins of browser windows', names: /^browser-profiles$/ },
  { part: 'snapshots', detail: 'What servers said about themselves before', names: /^snapshots$/ },
  { part: 'registrations', detail: 'The list of clients registered from here', names: /^registrations$/ },
  {
    part: 'settings',
    detail: 'Settings and the list of recent workspaces',
    names: /^(?:settings|workspaces|window)\.json/,
  },
  { part: 'playground', detail: 'Keys and clients of the playground', names: /^playground/ },
  { part: 'log', detail: 'The log', names: /^grantlab\.log/ },
  { part: 'fingerprints', detail: 'The key that masked values are compared by', names: /^fingerprint\.key/ },
]

/** Removes Grantlab's own files from a data folder, or with `dryRun` says which; never a workspace. Rejects never. */
export async function removeDataFolder(dataFolder: string, dryRun: boolean): Promise<ResetPart[]> {
  const names = await namesIn(dataFolder)
  const result: ResetPart[] = []
  for (const { part, detail, names: wanted } of parts) {
    const found = names.filter((name) => wanted.test(name))
    if (found.length === 0) result.push({ part, detail, outcome: 'nothing-there' })
    else if (dryRun) result.push({ part, detail, outcome: 'would-be-removed' })
    else result.push(await removeThese(dataFolder, found, { part, detail }))
  }
  const workspace = names.includes('workspace')
  if (workspace)
    result.push({ part: 'workspace', detail: `Profiles in ${join(dataFolder, 'workspace')}`, outcome: 'stays' })
  return result
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}

async function removeThese(
  folder: string,
  names: string[],
  about: Pick<ResetPart, 'part' | 'detail'>,
): Promise<ResetPart> {
  try {
    for (const name of names) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 })
    return { ...about, outcome: 'removed' }
  } catch (error) {
    if (errorCodeOf(error) === '') throw error
    return { ...about, detail: `${about.detail}: ${reasonOf(error)}`, outcome: 'failed' }
  }
}
