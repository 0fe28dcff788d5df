import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestHost } from './hosts.ts'

/** The path of a profile's file in a host's workspace. */
export const profileFileOf = (host: Pick<TestHost, 'folder'>, name: string): string =>
  join(host.folder, 'workspace/profiles', `${name}.yaml`)

/** The text of a profile's file. */
export const profileTextOf = (host: Pick<TestHost, 'folder'>, name: string): Promise<string> =>
  readFile(profileFileOf(host, name), 'utf8')
