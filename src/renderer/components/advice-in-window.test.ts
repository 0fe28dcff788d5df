import { expect, it } from 'vitest'
import { adviceInWindow } from './advice-in-window.ts'

it.each([
  ['Unlock it and ask again (vault unlock).', 'Unlock it and ask again.'],
  ['Choose a passphrase (vault use passphrase).', 'Choose a passphrase.'],
  ['Sign in another way (agent paste).', 'Sign in another way (agent paste).'],
  ['Set GRANTLAB_HOME (data_dir).', 'Set GRANTLAB_HOME (data_dir).'],
])('%s', (advice, shown) => expect(adviceInWindow(advice)).toBe(shown))
