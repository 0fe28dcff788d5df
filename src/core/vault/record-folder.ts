import { readFileSync, statSync } from 'node:fs'
import { mkdir, readFile, readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { errorCodeOf, reasonOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { problem } from '../problems/problem-error.ts'
import { type RecordFile, type RecordKind, idOfFileName, parseRecord, recordFileName } from './sealed-record.ts'

/** So many files are read in one go before other work has its turn. */
const atOnce = 100

/** A record's file as it was read, or why it was not. */
export type FoundRecord = RecordFile | 'newer' | 'damaged'

/** The files of the records under one key. */
export interface RecordFolder {
  has(kind: RecordKind, id: string): Promise<boolean>
  /** undefined when there is none */
  read(kind: RecordKind, id: string): Promise<FoundRecord | undefined>
  /** Many at once, with their file names; those that are gone are left out. */
  readMany(fileNames: Iterable<string>): Promise<[fileName: string, FoundRecord][]>
  names(kind: RecordKind): Promise<string[]>
  /** The file names of a kind, each with a stamp that changes with the file. */
  stamps(kind: RecordKind): Promise<Map<string, string>>
  /** @throws ProblemError data-folder-failed */
  write(fileName: string, text: string): Promise<void>
  /** False when there was none. */
  remove(fileName: string): Promise<boolean>
}

/** Creates the folder's reader and writer; the folder itself is made at the first write, mode 0700. */
export function createRecordFolder(folder: string): RecordFolder {
  const pathOf = (kind: RecordKind, id: string) => join(folder, recordFileName(kind, id))
  return {
    has: (kind, id) =>
      stat(pathOf(kind, id)).then(
        () => true,
        () => false,
      ),
    async read(kind, id) {
      try {
        return parseRecord(await readFile(pathOf(kind, id), 'utf8'))
      } catch (error) {
        if (errorCodeOf(error) === 'ENOENT') return undefined
        throw failed(folder, error)
      }
    },
    async readMany(fileNames) {
      const found: [string, FoundRecord][] = []
      for (const fileName of fileNames) {
        if (found.length % atOnce === atOnce - 1) await nextTurn()
        const one = readOne(join(folder, fileName))
        if (one) found.push([fileName, one])
      }
      return found
    },
    names: (kind) => namesIn(folder, kind),
    async stamps(kind) {
      const stamps = new Map<string, string>()
      for (const [index, fileName] of (await namesIn(folder, kind)).entries()) {
        if (index % atOnce === atOnce - 1) await nextTurn()
        const stamp = stampOf(join(folder, fileName))
        if (stamp !== undefined) stamps.set(fileName, stamp)
      }
      return stamps
    },
    async write(fileName, text) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFileAtomically({ path: join(folder, fileName), text, replace: true, mode: 0o600 })
      } catch (error) {
        throw failed(folder, error)
      }
    },
    async remove(fileName) {
      try {
        await unlink(join(folder, fileName))
        return true
      } catch (error) {
        if (errorCodeOf(error) === 'ENOENT') return false
        throw failed(folder, error)
      }
    },
  }
}

async function namesIn(folder: string, kind: RecordKind): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.startsWith(`${kind}-`) && idOfFileName(name) !== undefined)
}

// Reading small files one after the other, without a thread in between, is several times faster than with one.
function readOne(path: string): FoundRecord | undefined {
  try {
    return parseRecord(readFileSync(path, 'utf8'))
  } catch (error) {
    return errorCodeOf(error) === 'ENOENT' ? undefined : 'damaged'
  }
}

function stampOf(path: string): string | undefined {
  const facts = statSync(path, { throwIfNoEntry: false, bigint: true })
  return facts && `${facts.mtimeNs} ${facts.size} ${facts.ino}`
}

function failed(folder: string, error: unknown) {
  return problem('data-folder-failed', `The vault in ${folder} cannot be used: ${reasonOf(error)}.`, {
    place: { file: folder },
    cause: error,
    whatToDo: ['Name another data folder in GRANTLAB_HOME (data_dir).'],
  })
}
