import { link, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../files/make-folder.ts'
import { problem } from '../problems/problem-error.ts'
import type { Random } from '../ports.ts'

const keyBytes = 32

/**
 * The random key of this data folder under which masked values are fingerprinted; made at first use, mode 0600. Two
 * processes that start at once end with the same key.
 * @throws ProblemError data-folder-failed
 */
export async function readFingerprintKey(dataFolder: string, random: Random): Promise<Uint8Array> {
  const path = join(dataFolder, 'fingerprint.key')
  try {
    await makeFolder(dataFolder, 0o700)
    return (await existingKey(path)) ?? (await newKey(path, random))
  } catch (cause) {
    throw problem('data-folder-failed', `The data folder ${dataFolder} cannot be used: ${(cause as Error).message}.`, {
      cause,
      whatToDo: ['Name another data folder in GRANTLAB_HOME (data_dir).'],
    })
  }
}

async function existingKey(path: string): Promise<Uint8Array | undefined> {
  try {
    const key = await readFile(path)
    // A torn or foreign file gives no key; fingerprints only compare, so a new key loses nothing but old comparisons.
    return key.length === keyBytes ? key : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Written whole beside its place and linked there, so that nobody ever reads half a key. */
async function newKey(path: string, random: Random): Promise<Uint8Array> {
  const key = random.bytes(keyBytes)
  const temporary = `${path}.${process.pid}.${Buffer.from(random.bytes(6)).toString('hex')}`
  await writeFile(temporary, key, { mode: 0o600 })
  try {
    await link(temporary, path)
    return key
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return (await existingKey(path)) ?? key
  } finally {
    await unlink(temporary)
  }
}
