import { createHash } from 'node:crypto'
import { mkdir, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileKinds } from '../files/file-versions.ts'
import { readVersionedFile } from '../files/read-versioned-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { compareSnapshots } from './compare-snapshots.ts'
import { readSnapshot, type Snapshot, textOfSnapshot } from './snapshot.ts'

/** As many as are kept of one issuer. */
const mostKept = 20
const maximumBytes = 8 * 1024 * 1024

/** What servers said about themselves before, in the data folder. Public facts; no secret is among them. */
export interface SnapshotStore {
  /** The newest snapshot of an issuer; undefined when there is none that can be read. */
  last(issuer: string): Promise<Snapshot | undefined>
  /** Keeps a snapshot when it differs from the last one; the oldest leave. A disk that refuses loses it and fails nothing. */
  keep(snapshot: Snapshot): Promise<void>
}

/** Creates the store; nothing is on disk before the first snapshot. */
export function createSnapshotStore(dataFolder: string): SnapshotStore {
  const folderOf = (issuer: string) =>
    join(dataFolder, 'snapshots', createHash('sha256').update(issuer).digest('hex').slice(0, 32))
  return {
    last: (issuer) => readLast(folderOf(issuer), issuer),
    async keep(snapshot) {
      const folder = folderOf(snapshot.issuer)
      const last = await readLast(folder, snapshot.issuer)
      if (last && compareSnapshots(last, snapshot).length === 0) return
      await write(folder, snapshot).catch(() => undefined)
    },
  }
}

async function readLast(folder: string, issuer: string): Promise<Snapshot | undefined> {
  for (const name of (await namesIn(folder)).toReversed()) {
    const path = join(folder, name)
    const read = await readVersionedFile(path, fileKinds.snapshot, { maximumBytes })
      .then((file) => file && readSnapshot(file.text, path))
      .catch(() => undefined)
    if (read?.issuer === issuer) return read
  }
  return undefined
}

async function write(folder: string, snapshot: Snapshot): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${snapshot.takenAt.replaceAll(/[-:.]/g, '')}.json`)
  await writeFileAtomically({ path, text: textOfSnapshot(snapshot), replace: true, mode: 0o600 })
  const old = (await namesIn(folder)).slice(0, -mostKept)
  await Promise.allSettled(old.map((name) => unlink(join(folder, name))))
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => /^\d{8}T\d{9}Z\.json$/.test(name)).sort()
}
