/** Counts what somebody did within a window of time, in memory and for a bounded number of names. */
export class RateLimit {
  readonly #allowed: number
  readonly #windowSeconds: number
  readonly #times = new Map<string, number[]>()

  constructor(allowed: number, windowSeconds: number) {
    this.#allowed = allowed
    this.#windowSeconds = windowSeconds
  }

  /** Counts one; answers how many seconds to wait, 0 when it is allowed. What is not allowed does not count. */
  count(name: string): { waitSeconds: number } {
    const nowMs = Date.now()
    const windowMs = this.#windowSeconds * 1000
    const recent = (this.#times.get(name) ?? []).filter((timeMs) => timeMs > nowMs - windowMs)
    const [oldest = nowMs] = recent
    const isOver = recent.length >= this.#allowed
    if (!isOver) recent.push(nowMs)
    this.#times.delete(name)
    this.#times.set(name, recent)
    this.#forgetOldest()
    return { waitSeconds: isOver ? Math.max(1, Math.ceil((oldest + windowMs - nowMs) / 1000)) : 0 }
  }

  #forgetOldest(): void {
    const [first] = this.#times.keys()
    if (this.#times.size > 1000 && first !== undefined) this.#times.delete(first)
  }
}
