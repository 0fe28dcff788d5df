import type { Fingerprint } from '../../contract/mask.ts'

/** Clear values of this session's runs, for reveal and copy; in memory only and bounded. */
export interface ClearValues {
  keep(fingerprint: Fingerprint, clear: string): void
  get(fingerprint: Fingerprint): string | undefined
  clear(): void
}

/** Creates the memory; beyond `maximumCharacters` the values unused for longest are forgotten. */
export function createClearValues(maximumCharacters = 16_000_000): ClearValues {
  const values = new Map<Fingerprint, string>()
  let characters = 0
  const forget = (fingerprint: Fingerprint) => {
    characters -= values.get(fingerprint)?.length ?? 0
    values.delete(fingerprint)
  }
  return {
    keep(fingerprint, clear) {
      forget(fingerprint)
      values.set(fingerprint, clear)
      characters += clear.length
      for (const oldest of values.keys()) {
        if (characters <= maximumCharacters || oldest === fingerprint) break
        forget(oldest)
      }
    },
    get: (fingerprint) => values.get(fingerprint),
    clear: () => {
      values.clear()
      characters = 0
    },
  }
}
