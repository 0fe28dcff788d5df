import type { Clock, SealedTexts } from '../ports.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import type { FamilyShelf } from './family-shelf.ts'
import type { KeptFamilies } from './kept-families.ts'
import { type TokenFamily, familyIn, isOver } from './token-family.ts'
import { createTurns } from './turns.ts'

/** A new grant's tokens are sealed this much later, so that the run that got them does not wait for a keychain. */
const laterMs = 50

/** The stamp of a record that is there, in a state that `look` has not seen. */
const notRead = ''

/** Families in memory beside their records, and what is known of how the two differ. */
interface Mirror {
  shelf: FamilyShelf
  records: SealedTexts
  clock: Pick<Clock, 'now'>
  /** what is on the shelf as its record was when it had this stamp */
  known: Map<string, string>
  unwritten: Map<string, TokenFamily>
  /** those that a locked vault keeps in memory, with its refusal */
  unsealed: Map<string, { family: TokenFamily; refusal: ProblemError }>
}

/** Creates families that are sealed in records and follow what other processes do to these. */
export function createRecordedFamilies(
  shelf: FamilyShelf,
  records: SealedTexts,
  clock: Pick<Clock, 'now'>,
): KeptFamilies {
  const mirror: Mirror = { shelf, records, clock, known: new Map(), unwritten: new Map(), unsealed: new Map() }
  const { unwritten } = mirror
  const turns = createTurns()
  const inTurn = <T>(work: () => Promise<T>) => turns.take('families', undefined, work)
  let timer: NodeJS.Timeout | undefined
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    if (unwritten.size > 0) await inTurn(() => writeAll(mirror))
  }
  return {
    all: () => inTurn(async () => ({ locked: await look(mirror), newestFirst: shelf.newestFirst() })),
    get: (id) => inTurn(() => readAnew(mirror, id)),
    add(family) {
      const left = shelf.add(family, clock.now())
      unwritten.set(family.id, family)
      if (left.length > 0) void inTurn(() => forget(mirror, left)).catch(() => undefined)
      timer ??= setTimeout(() => void flush(), laterMs).unref()
    },
    put: (family) => inTurn(() => put(mirror, family)),
    change: (id, next) =>
      inTurn(async () => {
        const family = await readAnew(mirror, id)
        const changed = family && next(family)
        if (!changed) return undefined
        shelf.replace(changed)
        unwritten.set(id, changed)
        await write(mirror, changed)
        return changed
      }),
    remove: (ids) => inTurn(() => forget(mirror, ids)),
    removeAll: () =>
      inTurn(async () => {
        const ids = [...(await records.stamps()).keys(), ...shelf.newestFirst().map(({ id }) => id)]
        return forget(mirror, [...new Set(ids)])
      }),
    async exclusively(id, signal, work) {
      // Only a record can be locked, and seen by the other processes.
      await flush()
      return records.exclusively(id, signal, work)
    },
    async settle() {
      await flush()
      return inTurn(() => whyUnkept(mirror))
    },
  }
}

/** It is read back as if another process had written it. */
async function put({ records, shelf }: Mirror, family: TokenFamily): Promise<ProblemError | undefined> {
  const before = shelf.get(family.id)
  const refusal = await records.write(family.id, JSON.stringify(family))
  if (!refusal) return undefined
  // It would be sealed as soon as that is possible.
  if (before) await records.write(before.id, JSON.stringify(before))
  else await records.remove([family.id])
  return refusal
}

async function writeAll(mirror: Mirror): Promise<void> {
  const { unwritten, records, shelf } = mirror
  for (const family of unwritten.values()) await write(mirror, family)
  // Many short processes that only keep would fill the disk: one of them makes room for all.
  const isOverfull = (await records.stamps().catch(() => new Map())).size > shelf.maximumFamilies
  if (isOverfull) await look(mirror).catch(() => undefined)
}

/** A disk that is full loses nothing of this session: what was not written stays in memory and is tried again. */
async function write({ records, known, unwritten, unsealed }: Mirror, family: TokenFamily): Promise<void> {
  const { isWritten, refusal } = await records.write(family.id, JSON.stringify(family)).then(
    (refused) => ({ isWritten: true, refusal: refused }),
    () => ({ isWritten: false, refusal: undefined }),
  )
  if (!isWritten) return
  known.set(family.id, notRead)
  if (refusal) unsealed.set(family.id, { family, refusal })
  else unsealed.delete(family.id)
  if (unwritten.get(family.id) === family) unwritten.delete(family.id)
}

/** Tries once more what a locked vault refused: somebody may have unlocked it since. */
async function whyUnkept(mirror: Mirror): Promise<ProblemError | undefined> {
  const { unsealed, unwritten } = mirror
  for (const { family } of unsealed.values()) await write(mirror, family)
  if (unwritten.size > 0) {
    return problem('data-folder-failed', 'The tokens could not be written into the data folder.', {
      whatToDo: ['Make room or mend the permissions, or name another data folder in GRANTLAB_HOME (data_dir).'],
    })
  }
  return unsealed.values().next().value?.refusal
}

async function forget(mirror: Mirror, ids: readonly string[]): Promise<number> {
  const { shelf, records, known, unwritten, unsealed } = mirror
  if (ids.length === 0) return 0
  for (const id of ids) unsealed.delete(id)
  const inMemory = ids.filter((id) => [shelf.remove(id), unwritten.delete(id), known.delete(id)].some(Boolean))
  return Math.max(inMemory.length, await records.remove(ids))
}

/** Makes the shelf what the records are; records that did not change are not read again. */
async function look(mirror: Mirror): Promise<ProblemError | undefined> {
  const { shelf, records, known, unwritten } = mirror
  const stamps = await records.stamps()
  for (const id of known.keys()) {
    if (!stamps.has(id) && !unwritten.has(id) && known.delete(id)) shelf.remove(id)
  }
  const changed = [...stamps].filter(([id, stamp]) => known.get(id) !== stamp && !unwritten.has(id))
  return changed.length === 0 ? undefined : load(mirror, new Map(changed))
}

/** Reads the records of these stamps onto the shelf; what is of no use any more leaves. */
async function load(mirror: Mirror, stamps: Map<string, string>): Promise<ProblemError | undefined> {
  const { shelf, records, known, clock } = mirror
  const { texts, locked } = await records.read([...stamps.keys()])
  const loaded: TokenFamily[] = []
  for (const [id, stamp] of stamps) {
    const family = familyIn(texts.get(id))
    if (family) loaded.push(family)
    else shelf.remove(id)
    // A damaged one is not read again; one that is locked is, once it may open.
    if (family || !locked) known.set(id, stamp)
  }
  const left = shelf.load(loaded, clock.now())
  const over = loaded.filter((family) => isOver(family, clock.now())).map(({ id }) => id)
  await forget(mirror, [...left, ...over])
  return locked
}

/** @throws ProblemError vault-locked when there is such a record and it cannot be read */
async function readAnew({ shelf, records, known, unwritten }: Mirror, id: string): Promise<TokenFamily | undefined> {
  const ours = unwritten.get(id)
  if (ours) return ours
  const { texts, locked } = await records.read([id])
  const family = familyIn(texts.get(id))
  if (!family && locked && (await records.stamps()).has(id)) throw locked
  if (family) {
    known.set(id, notRead)
    shelf.replace(family)
  } else if (shelf.remove(id)) known.delete(id)
  return family
}
