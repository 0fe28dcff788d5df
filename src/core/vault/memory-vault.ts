import type { VaultFacts } from '../../contract/kept.ts'
import type { StoredSecret, Vault } from '../ports.ts'

const facts: VaultFacts = {
  state: 'absent',
  store: 'memory',
  detail: 'Secrets and tokens are kept in memory until Grantlab ends.',
  whatToDo: [],
}

/** A vault that forgets everything when the process ends. */
export function createMemoryVault(clock: { now(): number } = Date): Vault {
  const secrets = new Map<string, StoredSecret>()
  const unbound = { origins: [], connection: '' }
  const nowText = () => new Date(clock.now()).toISOString()
  return {
    facts: async () => facts,
    has: async (name) => secrets.has(name),
    get: async (name) => secrets.get(name),
    async set(name, value, binding = secrets.get(name) ?? unbound) {
      secrets.set(name, { ...binding, name, value, savedAt: nowText() })
    },
    async add(name, value, binding) {
      if (secrets.has(name)) return false
      secrets.set(name, { ...binding, name, value, savedAt: nowText() })
      return true
    },
    all: async () => [...secrets.values()],
    async bind(name, binding) {
      const secret = secrets.get(name)
      if (secret) secrets.set(name, { ...secret, ...binding })
      return secret !== undefined
    },
    remove: async (name) => secrets.delete(name),
    list: async () => [...secrets.values()].map(({ value: _value, ...rest }) => rest),
    open: async () => {},
    unlock: async () => facts,
    lock: async () => facts,
    use: async () => facts,
    async erase(dryRun) {
      const outcome = secrets.size === 0 ? 'nothing-there' : dryRun ? 'would-be-removed' : 'removed'
      if (!dryRun) secrets.clear()
      return { part: 'vault', detail: 'Secrets and tokens in memory', outcome }
    },
  }
}
