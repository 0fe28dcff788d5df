import type { SealedTexts, Vault } from '../ports.ts'

type WithFamilies = Vault & { families: SealedTexts }

/** A vault that is made at its first use, so that what needs no secret loads nothing of it. */
export function createLazyVault(make: () => Promise<WithFamilies>): WithFamilies {
  let made: Promise<WithFamilies> | undefined
  const vault = () => (made ??= make())
  return {
    facts: async () => (await vault()).facts(),
    has: async (name) => (await vault()).has(name),
    get: async (name) => (await vault()).get(name),
    set: async (...given) => (await vault()).set(...given),
    add: async (...given) => (await vault()).add(...given),
    all: async () => (await vault()).all(),
    bind: async (...given) => (await vault()).bind(...given),
    remove: async (name) => (await vault()).remove(name),
    list: async () => (await vault()).list(),
    open: async () => (await vault()).open(),
    unlock: async (passphrase) => (await vault()).unlock(passphrase),
    lock: async () => (await vault()).lock(),
    use: async (...given) => (await vault()).use(...given),
    erase: async (dryRun) => (await vault()).erase(dryRun),
    families: {
      stamps: async () => (await vault()).families.stamps(),
      read: async (ids) => (await vault()).families.read(ids),
      write: async (...given) => (await vault()).families.write(...given),
      remove: async (ids) => (await vault()).families.remove(ids),
      exclusively: async (...given) => (await vault()).families.exclusively(...given),
    },
  }
}
