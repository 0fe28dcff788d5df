import { fileKinds } from '../files/file-versions.ts'
import { readVersionedFile } from '../files/read-versioned-file.ts'
import { reasonOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { problem } from '../problems/problem-error.ts'
import type { RunContext } from '../runs/run-context.ts'
import { compareSnapshots } from '../snapshots/compare-snapshots.ts'
import { readSnapshot, type Snapshot, textOfSnapshot } from '../snapshots/snapshot.ts'

const mostDifferences = 100
const maximumBytes = 8 * 1024 * 1024

/** Records what changed since the last reading of this issuer, and keeps this one. */
export async function compareWithLast(context: RunContext, now: Snapshot): Promise<void> {
  const before = await context.snapshots.last(now.issuer)
  if (before) record(context, { before, now, with: 'snapshot' })
  await context.snapshots.keep(now)
}

/**
 * Compares with a snapshot in a file.
 * @throws ProblemError metadata-changed when anything differs; file-invalid, file-newer
 */
export async function compareWithFile(context: RunContext, now: Snapshot, file: string): Promise<void> {
  const path = context.pathOf(file)
  const read = await readVersionedFile(path, fileKinds.snapshot, { maximumBytes })
  if (!read) throw problem('file-invalid', `There is no file ${file}.`, { place: { file: path } })
  const before = readSnapshot(read.text, path)
  const total = record(context, { before, now, with: 'file', file })
  if (total === 0) return
  throw problem(
    'metadata-changed',
    `The metadata differs from ${file} in ${total} ${total === 1 ? 'field' : 'fields'}.`,
    {
      place: { file: path },
      whatToDo: [
        'Look at what changed.',
        `If it is right, save it anew: grantlab discover ${now.issuer} --save ${file}`,
      ],
    },
  )
}

/** Writes a snapshot where a person said; an older one there is replaced. @throws ProblemError file-invalid */
export async function saveSnapshot(context: RunContext, now: Snapshot, file: string): Promise<void> {
  const path = context.pathOf(file)
  try {
    await writeFileAtomically({ path, text: textOfSnapshot(now), replace: true })
  } catch (error) {
    throw problem('file-invalid', `${file} cannot be written: ${reasonOf(error)}.`, {
      place: { file: path },
      cause: error,
    })
  }
  context.decide({ subject: 'snapshot', choice: file, reason: 'Saved, to be compared with later.' })
}

interface Compared {
  before: Snapshot
  now: Snapshot
  with: 'snapshot' | 'file'
  file?: string
}

function record(context: RunContext, { before, now, with: what, file }: Compared): number {
  const differences = compareSnapshots(before, now)
  context.compared({
    issuer: now.issuer,
    with: what,
    takenAt: before.takenAt,
    ...(file === undefined ? {} : { file }),
    differences: differences.slice(0, mostDifferences),
    total: differences.length,
  })
  return differences.length
}
