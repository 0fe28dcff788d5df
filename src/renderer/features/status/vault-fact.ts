import type { VaultFacts } from '../../../contract/kept.ts'

/** What the status line says of the place where secrets and tokens are kept. */
export function vaultFactOf({ state, store, whatToDo }: VaultFacts): { text: string; dot: string } {
  if (state === 'locked') return { text: store === 'keychain' ? 'Keychain locked' : 'Secrets locked', dot: 'bg-warn' }
  if (state === 'absent')
    return { text: whatToDo.length > 0 ? 'No keychain' : 'Secrets in memory only', dot: 'bg-field' }
  return { text: store === 'passphrase' ? 'Secrets unlocked' : 'Keychain ready', dot: 'bg-ok' }
}
