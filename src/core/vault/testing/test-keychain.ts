import type { Keychain } from '../keychain.ts'
import { KeychainError } from '../keychain-error.ts'

/** A keychain in memory that can be locked, taken away, or left without an answer. */
export interface TestKeychain extends Keychain {
  entries: Map<string, string>
  /** how often it was asked for anything */
  calls: number
  state: 'open' | 'locked' | 'absent'
}

/** Makes a keychain of its own, open and empty. */
export function createTestKeychain(): TestKeychain {
  const keychain: TestKeychain = {
    entries: new Map(),
    calls: 0,
    state: 'open',
    whyAbsent: () => (keychain.state === 'absent' ? 'a test took it away' : undefined),
    get: async (account) => opened(keychain).get(account),
    set: async (account, text) => void opened(keychain).set(account, text),
    remove: async (account) => opened(keychain).delete(account),
  }
  return keychain
}

function opened(keychain: TestKeychain): Map<string, string> {
  keychain.calls++
  if (keychain.state !== 'open') throw new KeychainError(keychain.state, `it is ${keychain.state}`)
  return keychain.entries
}
