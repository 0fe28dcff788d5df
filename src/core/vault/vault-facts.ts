import type { VaultFacts } from '../../contract/kept.ts'
import type { ProblemError } from '../problems/problem-error.ts'
import type { VaultHeader } from './vault-header.ts'

const otherStore = 'Choose a vault with a passphrase (vault use passphrase).'

/** How a vault stands, before it is put into words. */
export interface VaultState {
  header: VaultHeader | undefined
  /** the key is in memory */
  isOpen: boolean
  /** why it does not open, as far as it was tried */
  refusal: ProblemError | undefined
  /** why there is no keychain, as far as that is known */
  absence: string | undefined
  /** how many records wait in memory to be sealed */
  waiting: number
}

/** The facts in words for a person. */
export function vaultFacts(state: VaultState): VaultFacts {
  const { header, isOpen, refusal } = state
  if (header?.inMemory) {
    return facts('absent', 'memory', 'As chosen, secrets and tokens are kept in memory until Grantlab ends.')
  }
  if (refusal) return lockedFacts(refusal, state)
  if (!header?.key) return unmadeFacts(state)
  const where = header.key.store === 'keychain' ? "a key in the system's keychain" : 'your passphrase'
  const how = isOpen ? '' : ' Nothing has needed it yet.'
  return facts('ready', header.key.store, `Secrets and tokens are sealed under ${where}.${how}`)
}

function lockedFacts(
  { problem: { detail, whatToDo = [] } }: ProblemError,
  { header, waiting }: VaultState,
): VaultFacts {
  const store = header?.key?.store ?? 'keychain'
  return { state: 'locked', store, detail: `${detail}${inMemory(waiting)}`, whatToDo }
}

function unmadeFacts({ absence }: VaultState): VaultFacts {
  if (absence === undefined) {
    return facts('ready', 'keychain', "Secrets and tokens are sealed; their key will be kept in the system's keychain.")
  }
  const detail = `There is no keychain here (${absence}): secrets and tokens are kept in memory until Grantlab ends.`
  const whatToDo = [otherStore, 'Or start a keychain and ask again (vault unlock).']
  return { ...facts('absent', 'memory', detail), whatToDo }
}

function facts(state: VaultFacts['state'], store: VaultFacts['store'], detail: string): VaultFacts {
  return { state, store, detail, whatToDo: [] }
}

function inMemory(waiting: number): string {
  if (waiting === 0) return ''
  return waiting === 1
    ? ' One new record is in memory until then.'
    : ` ${waiting} new records are in memory until then.`
}
