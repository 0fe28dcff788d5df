/** What one record is and how it can be found beside its key. */
interface NewRecord<Payload> {
  key: string
  payload: Payload
  /** Life in seconds; left out: until deleted. */
  expiresInSeconds: number | undefined
  /** Names under which `keysOf` lists it. */
  groups: string[]
}

interface StoredRecord<Payload> {
  payload: Payload
  expiresAtMs: number
  groups: string[]
}

/** Thrown when every record in the store is alive and no room is left. */
export class RecordStoreFullError extends Error {
  constructor(limit: number) {
    super(`The playground holds ${limit} live records, its limit. Stop and start it to empty it.`)
    this.name = 'RecordStoreFullError'
  }
}

/**
 * Records in memory, with an expiry and a limit. What has expired makes room first; a live record is never dropped to
 * make room for another: the newcomer is refused with an error instead.
 */
export class RecordStore<Payload> {
  readonly #limit: number
  readonly #records = new Map<string, StoredRecord<Payload>>()
  readonly #groups = new Map<string, Set<string>>()
  #putsUntilSweep: number

  constructor(limit: number) {
    this.#limit = limit
    this.#putsUntilSweep = this.#sweepInterval
  }

  /** How many records are held, expired ones included. */
  get size(): number {
    return this.#records.size
  }

  /**
   * Adds or replaces a record.
   * @throws RecordStoreFullError when there is no room.
   */
  put(record: NewRecord<Payload>): void {
    this.#makeRoom(record.key)
    this.delete(record.key)
    const { key, payload, groups } = record
    const expiresAtMs = Date.now() + (record.expiresInSeconds ?? Infinity) * 1000
    this.#records.set(key, { payload, expiresAtMs, groups })
    for (const group of groups) {
      const keys = this.#groups.get(group)
      if (keys) keys.add(key)
      else this.#groups.set(group, new Set([key]))
    }
  }

  /** The payload of a record that has not expired. */
  get(key: string): Payload | undefined {
    const record = this.#records.get(key)
    if (!record) return undefined
    if (record.expiresAtMs > Date.now()) return record.payload
    this.delete(key)
    return undefined
  }

  /** Removes a record, if it is there. */
  delete(key: string): void {
    const record = this.#records.get(key)
    if (!record) return
    this.#records.delete(key)
    for (const group of record.groups) {
      const keys = this.#groups.get(group)
      keys?.delete(key)
      if (keys?.size === 0) this.#groups.delete(group)
    }
  }

  /** The keys of the records in a group. */
  keysOf(group: string): string[] {
    return [...(this.#groups.get(group) ?? [])]
  }

  /** How many records are in a group. */
  countOf(group: string): number {
    return this.#groups.get(group)?.size ?? 0
  }

  get #sweepInterval(): number {
    return Math.max(1, Math.ceil(this.#limit / 20))
  }

  #makeRoom(key: string): void {
    this.#putsUntilSweep -= 1
    const needsRoom = this.#records.size >= this.#limit && !this.#records.has(key)
    if (needsRoom || this.#putsUntilSweep <= 0) this.#sweep()
    if (needsRoom && this.#records.size >= this.#limit) throw new RecordStoreFullError(this.#limit)
  }

  #sweep(): void {
    this.#putsUntilSweep = this.#sweepInterval
    const nowMs = Date.now()
    for (const [key, record] of this.#records) {
      if (record.expiresAtMs <= nowMs) this.delete(key)
    }
  }
}
