import type { JsonObject } from '../../contract/json.ts'
import type { SecretBinding, StoredSecret } from '../ports.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import type { ClearRecord } from './move-vault.ts'
import { recordFileName } from './sealed-record.ts'
import { type VaultCore, readRecord, readRecords, writeRecord } from './vault-core.ts'
import { recordUnreadable } from './vault-problems.ts'

const unbound: SecretBinding = { origins: [], connection: '' }

const secretOf = ({ id, text, savedAt, binding }: ClearRecord): StoredSecret => ({
  ...unbound,
  ...(binding as unknown as SecretBinding | undefined),
  name: id,
  value: text,
  savedAt,
})

/** Whether there is a value of this name, sealed or not. */
export async function hasSecret(core: VaultCore, name: string): Promise<boolean> {
  if (core.waiting.has(recordFileName('secret', name))) return true
  try {
    return (await (await core.records())?.has('secret', name)) ?? false
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    // A vault that cannot be read may have it: whoever needs the value is told what is wrong.
    return true
  }
}

/** A secret with its value; see `Vault.get`. */
export async function getSecret(core: VaultCore, name: string): Promise<StoredSecret | undefined> {
  const waiting = core.waiting.get(recordFileName('secret', name))
  if (waiting) return secretOf(waiting)
  // While another process moves the vault its folder may go between two looks: one more look finds the new one.
  for (let look = 0; look < 2; look++) {
    if (!(await (await core.records())?.has('secret', name))) continue
    const vault = await core.key.open()
    const record = vault && (await readRecord(vault, 'secret', name))
    if (typeof record === 'string') throw recordUnreadable(`The secret ${name}`, record)
    if (record) return secretOf(record)
  }
  return undefined
}

/** Saves a value, bound anew or as it was; see `Vault.set`. */
export async function setSecret(
  core: VaultCore,
  record: ClearRecord,
  binding: SecretBinding | undefined,
): Promise<void> {
  await core.openOrMake()
  await core.writing(async (vault) => {
    const fileName = recordFileName('secret', record.id)
    const found = vault ? await readRecord(vault, 'secret', record.id) : core.waiting.get(fileName)
    if (found === 'newer') throw recordUnreadable(`The secret ${record.id}`, found)
    const earlier = typeof found === 'object' ? found.binding : undefined
    const bound = { ...record, binding: (binding as unknown as JsonObject | undefined) ?? earlier ?? { ...unbound } }
    if (!vault) {
      core.waiting.set(fileName, bound)
      return
    }
    await writeRecord(vault, bound)
    core.waiting.delete(fileName)
  })
}

/** Saves a value unless there is one; see `Vault.add`. */
export async function addSecret(core: VaultCore, record: ClearRecord): Promise<boolean> {
  await core.openOrMake()
  return core.writing(async (vault) => {
    const fileName = recordFileName('secret', record.id)
    if (core.waiting.has(fileName) || (await vault?.records.has('secret', record.id))) return false
    if (vault) await writeRecord(vault, record)
    else core.waiting.set(fileName, record)
    return true
  })
}

/** Every secret with its value; see `Vault.all`. */
export async function allSecrets(core: VaultCore): Promise<StoredSecret[]> {
  const vault = (await core.records()) && (await core.key.open())
  const found = vault ? await readRecords(vault, await vault.records.names('secret')) : []
  const broken = found.filter(([, record]) => typeof record === 'string')
  if (broken.length > 0) {
    throw problem('vault-damaged', `${broken.length} of the secrets cannot be opened.`, {
      whatToDo: ['List the secrets, then set the broken ones again or remove them (secret list, secret rm).'],
    })
  }
  const sealed = found.flatMap(([, record]) => (typeof record === 'string' ? [] : [record]))
  const waiting = [...core.waiting.values()].filter(({ kind }) => kind === 'secret')
  const byName = new Map([...sealed, ...waiting].map((record) => [record.id, secretOf(record)]))
  return [...byName.values()]
}

/** Says where a value may go from now on; see `Vault.bind`. */
export async function bindSecret(core: VaultCore, name: string, binding: SecretBinding): Promise<boolean> {
  return core.writing(async (vault) => {
    const fileName = recordFileName('secret', name)
    const record = vault ? await readRecord(vault, 'secret', name) : core.waiting.get(fileName)
    if (!record) return false
    if (typeof record === 'string') throw recordUnreadable(`The secret ${name}`, record)
    const bound = { ...record, binding: { ...binding } as unknown as JsonObject }
    if (vault) await writeRecord(vault, bound)
    else core.waiting.set(fileName, bound)
    return true
  })
}

/** Every secret without its value, from what records say of themselves, which needs no key. */
export async function listSecrets(core: VaultCore): Promise<Omit<StoredSecret, 'value'>[]> {
  const records = await core.records()
  const files = records ? await records.readMany(await records.names('secret')) : []
  const heads = files.flatMap(([, file]) => (typeof file === 'string' ? [] : [{ ...file, text: '' }]))
  const waiting = [...core.waiting.values()].filter(({ kind }) => kind === 'secret')
  return [...heads, ...waiting].map(secretOf).map(({ value: _value, ...rest }) => rest)
}
