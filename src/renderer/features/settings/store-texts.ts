import type { VaultStore } from '../../../contract/kept.ts'

/** What each place for secrets and tokens means to a person; `moving` is what choosing it does. */
export const storeTexts: Record<VaultStore, { title: string; hint: string; moving: string }> = {
  keychain: {
    title: 'Sealed, the key in the keychain of this system',
    hint: 'Opens with your desktop session; the keychain holds one key only.',
    moving: 'Everything that is kept is sealed anew; the key goes into the keychain of this system.',
  },
  passphrase: {
    title: 'Sealed by a passphrase',
    hint: 'Asked for once after each start. For machines without a keychain.',
    moving:
      'Everything that is kept is sealed anew under this passphrase. Nobody can bring it back when it is forgotten.',
  },
  memory: {
    title: 'In memory only',
    hint: 'Gone when Grantlab ends. Nothing is written.',
    moving: 'What is kept leaves the disk now and is gone when Grantlab ends.',
  },
}
