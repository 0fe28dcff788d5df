/**
 * Makes a reading that may be asked for again while it goes on: only the last one counts, so each asks `isLatest` before
 * it keeps anything. The function answered resolves when the last one is done, whoever asked for it.
 */
export function latestReading(read: (isLatest: () => boolean) => Promise<void>): () => Promise<void> {
  let last: Promise<void> | undefined
  return async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    last = promise
    void read(() => last === promise).then(resolve, reject)
    for (let awaited: Promise<void> | undefined; awaited !== last;) {
      awaited = last
      await awaited
    }
  }
}
