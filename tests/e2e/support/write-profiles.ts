import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestHost } from './hosts.ts'

/** Writes profiles into a host's workspace, by name; the window sees them after a reload. */
export async function writeProfiles(host: TestHost, files: Record<string, string>): Promise<void> {
  const workspace = join(host.folder, 'workspace')
  await mkdir(join(workspace, 'profiles'), { recursive: true })
  await writeFile(join(workspace, 'grantlab.yaml'), 'version: 1\n')
  for (const [name, text] of Object.entries(files)) await writeFile(join(workspace, 'profiles', `${name}.yaml`), text)
}
