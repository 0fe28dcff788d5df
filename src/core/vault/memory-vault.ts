import type { Vault } from '../ports.ts'

/** A vault that forgets everything when the process ends. */
export function createMemoryVault(): Vault {
  const values = new Map<string, string>()
  return {
    get: async (name) => values.get(name),
    set: async (name, value) => void values.set(name, value),
    remove: async (name) => values.delete(name),
    names: async () => [...values.keys()].sort(),
  }
}
