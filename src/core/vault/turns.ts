/** Lets work on one name wait for the work before it; other names do not wait. */
export interface Turns {
  /** Runs `work` when all earlier work of this name is done. @throws the signal's reason when it aborts before that */
  take<T>(name: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T>
}

/** Creates the queues; a name without work takes no memory. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>()
  return {
    async take(name, signal, work) {
      const before = last.get(name) ?? Promise.resolve()
      const { promise: mine, resolve: done } = Promise.withResolvers<void>()
      // Whoever gives up while waiting leaves the place in the queue as it is: the next still waits for those before.
      const both = before.then(() => mine)
      last.set(name, both)
      try {
        await orAborted(before, signal)
        return await work()
      } finally {
        done()
        if (last.get(name) === both) void both.then(() => last.get(name) === both && last.delete(name))
      }
    },
  }
}

async function orAborted(wait: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  if (!signal) return wait
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason as Error)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([wait, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
