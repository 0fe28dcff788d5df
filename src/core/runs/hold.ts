/** The one place where a run can be held: before an exchange of a named purpose. */
export interface Hold {
  /** true when a request of this purpose waits for `resume` */
  holds(purpose: string): boolean
  /** Resolves when resumed; rejects with the signal's reason when it aborts. */
  wait(signal: AbortSignal): Promise<void>
  /** Lets the held request go; with `all` later ones are not held either. */
  resume(all: boolean): void
}

/** Creates a hold; `purposes` may contain `*` for every request. */
export function createHold(purposes: readonly string[]): Hold {
  let active = new Set(purposes)
  const held = new Set<() => void>()
  return {
    holds: (purpose) => active.has('*') || active.has(purpose),
    wait: (signal) =>
      new Promise((resolve, reject) => {
        const go = () => {
          signal.removeEventListener('abort', stop)
          resolve()
        }
        const stop = () => {
          held.delete(go)
          reject(signal.reason as Error)
        }
        if (signal.aborted) return stop()
        held.add(go)
        signal.addEventListener('abort', stop, { once: true })
      }),
    resume(all) {
      if (all) active = new Set()
      for (const go of held) go()
      held.clear()
    },
  }
}
