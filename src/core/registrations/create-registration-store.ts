import { readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Registration } from '../../contract/registration.ts'
import { fileKinds } from '../files/file-versions.ts'
import { makeFolder } from '../files/make-folder.ts'
import { newerFile } from '../files/read-versioned-file.ts'
import { errorCodeOf, reasonOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { createProcessLock } from '../vault/process-lock.ts'
import { readRegistrationFile, textOfRegistration } from './registration-file.ts'
import type { RegistrationStore } from './registration-store.ts'

const idPattern = /^[0-9a-z][0-9a-z-]{0,63}$/
/** How long a write waits for the one of another process. */
const patienceMs = 20_000

/** Creates the store over DATA/registrations; nothing is on disk before the first registration. */
export function createRegistrationStore(dataFolder: string): RegistrationStore {
  const folder = join(dataFolder, 'registrations')
  const lock = createProcessLock(join(folder, 'locks'))
  const pathOf = (id: string) => join(folder, `${id}.json`)
  /** One writer of an id at a time, over all processes. */
  const inTurn = async <T>(id: string, work: () => Promise<T>) => {
    await prepareFolder(folder)
    return lock.hold(id, { patienceMs }, work)
  }
  const read = async (id: string) => (await readKept(pathOf(id)))?.registration

  const list = async () => {
    const all = await Promise.all((await idsIn(folder)).map(read))
    return all.filter((one) => one !== undefined).sort(newestFirst)
  }
  return {
    list,
    async get(id) {
      const found = idPattern.test(id) ? await read(id) : undefined
      return found ?? refuse(id)
    },
    async find(issuer, clientId) {
      const all = (await list()).filter((one) => one.issuer === issuer && one.client_id === clientId)
      return all.find(({ state }) => state !== 'gone') ?? all[0]
    },
    async save(registration) {
      const path = pathOf(checked(registration.id))
      await inTurn(registration.id, async () => {
        const kept = await readKept(path)
        if (kept?.newer) throw newerFile(path, fileKinds.registration, kept.newer)
        await write(path, registration)
      })
    },
    async change(id, next) {
      if (!idPattern.test(id) || !(await read(id))) return undefined
      return inTurn(id, async () => {
        const now = await read(id)
        const changed = now && next(now)
        if (!changed) return now
        await write(pathOf(id), changed)
        return changed
      })
    },
    async remove(id) {
      if (!idPattern.test(id) || !(await read(id))) return false
      return inTurn(id, () => removeFile(pathOf(id)))
    },
  }
}

/** A file that cannot be read or understood counts as none, and stays where it is. */
async function readKept(path: string): Promise<{ registration?: Registration; newer?: number } | undefined> {
  return readRegistrationFile(path).catch(() => undefined)
}

async function idsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const ids = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
  return ids.filter((id) => idPattern.test(id))
}

function newestFirst(a: Registration, b: Registration): number {
  return b.registeredAt.localeCompare(a.registeredAt) || a.id.localeCompare(b.id)
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder, 0o700)
  } catch (error) {
    throw diskRefused(folder, error)
  }
}

async function write(path: string, registration: Registration): Promise<void> {
  try {
    await writeFileAtomically({ path, text: textOfRegistration(registration), replace: true, mode: 0o600 })
  } catch (error) {
    throw diskRefused(path, error)
  }
}

async function removeFile(path: string): Promise<boolean> {
  try {
    await unlink(path)
    return true
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return false
    throw diskRefused(path, error)
  }
}

/** SECURITY: an id names a file; nothing outside of the folder can be named. */
function checked(id: string): string {
  return idPattern.test(id) ? id : refuse(id)
}

function refuse(id: string): never {
  throw problem('registration-not-found', `Nothing that was registered from here has the id ${id.slice(0, 80)}.`, {
    whatToDo: ['List what was registered from here: grantlab registrations list'],
  })
}

function diskRefused(path: string, error: unknown): ProblemError {
  return problem('data-folder-failed', `The list of registrations cannot be written (${path}): ${reasonOf(error)}.`, {
    place: { file: path },
    cause: error,
    whatToDo: ['Make room, or name another data folder in GRANTLAB_HOME (data_dir).'],
  })
}
