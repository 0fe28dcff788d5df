import type { SealedTexts } from '../ports.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { ClearRecord } from './move-vault.ts'
import { idOfFileName, recordFileName } from './sealed-record.ts'
import { type VaultCore, readRecords, writeRecord } from './vault-core.ts'

/** A refresh may wait for its server and for a person who held it; whoever waits for it gives up after this time. */
const holderPatienceMs = 120_000

/** The token families of a vault. `epoch` changes when the vault was locked: what was read before is not to be used. */
export function createSealedTexts(core: VaultCore, epoch: () => number, now: () => number): SealedTexts {
  return {
    async stamps() {
      const stamps = new Map<string, string>()
      const files = (await (await core.records())?.stamps('tokens')) ?? new Map<string, string>()
      for (const [fileName, stamp] of files) stamps.set(idOfFileName(fileName)!, `${epoch()} ${stamp}`)
      for (const { id, savedAt, kind } of core.waiting.values()) if (kind === 'tokens') stamps.set(id, savedAt)
      return stamps
    },
    read: (ids) => readTexts(core, ids),
    async write(id, text) {
      const record: ClearRecord = { kind: 'tokens', id, savedAt: new Date(now()).toISOString(), text }
      const fileName = recordFileName('tokens', id)
      try {
        const isSealed = await seal(core, record)
        if (!isSealed) core.waiting.set(fileName, record)
        else if (core.waiting.delete(fileName) || core.waiting.size > 0) await core.sealWaiting()
        return undefined
      } catch (error) {
        if (!isLocked(error)) throw error
        // A run does not fail for a locked vault: its tokens wait in memory.
        core.waiting.set(fileName, record)
        return error
      }
    },
    async remove(ids) {
      let removed = 0
      const inMemory = ids.filter((id) => core.waiting.delete(recordFileName('tokens', id)))
      const records = await core.records()
      if (!records) return inMemory.length
      await core.lock.hold('vault', { patienceMs: 30_000 }, async () => {
        const current = await core.records()
        for (const id of ids) {
          const wasSealed = await current?.remove(recordFileName('tokens', id))
          if (wasSealed || inMemory.includes(id)) removed++
        }
      })
      return removed
    },
    async exclusively(id, signal, work) {
      // While nothing is sealed no other process can have the same family.
      if (!(await core.records())) return work()
      return core.lock.hold(recordFileName('tokens', id), { patienceMs: holderPatienceMs, signal }, work)
    },
  }
}

/** False when nothing lasts here. */
async function seal(core: VaultCore, record: ClearRecord): Promise<boolean> {
  if (!(await core.openOrMake())) return false
  return core.writing(async (vault) => {
    if (vault) await writeRecord(vault, record)
    return vault !== undefined
  })
}

async function readTexts(core: VaultCore, ids: readonly string[]): ReturnType<SealedTexts['read']> {
  const texts = new Map<string, string>()
  const sealed: string[] = []
  for (const id of ids) {
    const waiting = core.waiting.get(recordFileName('tokens', id))
    if (waiting) texts.set(id, waiting.text)
    else sealed.push(id)
  }
  if (sealed.length === 0) return { texts }
  try {
    const vault = await core.key.open()
    const names = sealed.map((id) => recordFileName('tokens', id))
    for (const [, record] of vault ? await readRecords(vault, names) : []) {
      if (typeof record === 'object') texts.set(record.id, record.text)
    }
    return { texts }
  } catch (error) {
    if (!isLocked(error)) throw error
    return { texts, locked: error }
  }
}

function isLocked(error: unknown): error is ProblemError {
  return error instanceof ProblemError && ['vault-locked', 'passphrase-wrong'].includes(error.problem.code)
}
