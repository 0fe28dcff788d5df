import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createBoundedTurns } from './bounded-turns.ts'
import { KeychainError } from './keychain-error.ts'

/** Texts in the system's keychain, by account. Every call rejects with a KeychainError, at the latest after `patienceMs`. */
export interface Keychain {
  /** Why there is surely none; undefined when there may be one. Loads nothing. */
  whyAbsent(): string | undefined
  get(account: string, patienceMs: number): Promise<string | undefined>
  set(account: string, text: string, patienceMs: number): Promise<void>
  /** False when there was none. */
  remove(account: string, patienceMs: number): Promise<boolean>
}

const service = 'grantlab'
const noBus = 'no desktop session with one runs here'

/** The keychain of this system. Its library is loaded at the first call. */
export function createKeychain(environment: Record<string, string | undefined> = process.env): Keychain {
  const inTurn = createBoundedTurns()
  const whyAbsent = () => {
    if (environment.GRANTLAB_NO_KEYCHAIN) return 'GRANTLAB_NO_KEYCHAIN is set'
    return process.platform === 'linux' && !hasBus(environment) ? noBus : undefined
  }
  const use = <T>(patienceMs: number, account: string, work: (entry: Entry) => Promise<T>) =>
    inTurn(patienceMs, async () => {
      const why = whyAbsent()
      if (why !== undefined) throw new KeychainError('absent', why)
      try {
        return await work(await openEntry(account))
      } catch (error) {
        throw error instanceof KeychainError ? error : troubleOf(error)
      }
    })
  return {
    whyAbsent,
    get: (account, patienceMs) => use(patienceMs, account, async (entry) => (await entry.getPassword()) ?? undefined),
    set: (account, text, patienceMs) => use(patienceMs, account, (entry) => entry.setPassword(text)),
    remove: (account, patienceMs) => use(patienceMs, account, (entry) => entry.deletePassword()),
  }
}

type Entry = InstanceType<(typeof import('@napi-rs/keyring'))['AsyncEntry']>

async function openEntry(account: string): Promise<Entry> {
  const library = await import('@napi-rs/keyring').catch((error: unknown) => {
    throw new KeychainError('absent', 'its library cannot be loaded on this system', error)
  })
  // SECURITY: without the pinned store the library falls back to the kernel's keyring, which forgets, in silence.
  return new library.AsyncEntry(service, account, { linux: { store: 'secret-service' } })
}

/** Where libdbus looks for the session bus. */
function hasBus({ DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR }: Record<string, string | undefined>): boolean {
  return Boolean(DBUS_SESSION_BUS_ADDRESS) || (Boolean(XDG_RUNTIME_DIR) && existsSync(join(XDG_RUNTIME_DIR!, 'bus')))
}

/** The library tells troubles apart by its words only. */
function troubleOf(error: unknown): KeychainError {
  const text = error instanceof Error ? error.message : String(error)
  if (/dismiss|locked|unlock|cancel|denied|not allowed|interaction|did not receive a reply/i.test(text)) {
    return new KeychainError('locked', 'it is locked, or its question was not answered', error)
  }
  const reason = /no result found/i.test(text) ? 'it has no collection to keep anything in' : shortened(text)
  return new KeychainError('absent', reason, error)
}

/** One line, without what only a developer of the library wants. */
function shortened(text: string): string {
  const plain = text.replace(/^(?:Platform failure|Couldn't access platform storage): */, '').replaceAll(/\s+/g, ' ')
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain
}
