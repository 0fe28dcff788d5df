import { reasonOf } from '../files/system-error.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import type { KeychainError } from './keychain-error.ts'

const unlockAgain = 'Unlock it and ask again (vault unlock).'

/** There is a vault, and its key cannot be had for now. */
export function vaultLocked(detail: string, whatToDo: string[] = [unlockAgain]): ProblemError {
  return problem('vault-locked', detail, { whatToDo })
}

/** The keychain has the key of a vault that holds something, and refused it. */
export function keychainRefused({ trouble, message, cause }: KeychainError): ProblemError {
  return trouble === 'locked'
    ? problem('vault-locked', `The system's keychain cannot be used: ${message}.`, { cause, whatToDo: [unlockAgain] })
    : problem(
        'vault-locked',
        `What is kept is sealed, and its key is in the system's keychain, which is absent: ${message}.`,
        {
          cause,
          whatToDo: [
            'Start Grantlab where the keychain runs, in your desktop session.',
            'Or give secrets in the environment (GRANTLAB_SECRET_NAME).',
          ],
        },
      )
}

/** A passphrase vault that nobody opened. */
export function passphraseNeeded(): ProblemError {
  return vaultLocked('The vault is sealed by a passphrase, which nobody gave yet.', [
    'Give the passphrase (vault unlock), or set the environment variable GRANTLAB_VAULT_PASSPHRASE.',
  ])
}

/** The passphrase opens nothing: the one that somebody gave, or the one that stands in the environment. */
export function passphraseWrong(ofEnvironment = false): ProblemError {
  if (ofEnvironment) {
    const detail = 'The vault does not open with the passphrase in GRANTLAB_VAULT_PASSPHRASE.'
    return problem('passphrase-wrong', detail, {
      whatToDo: ['Set GRANTLAB_VAULT_PASSPHRASE to the passphrase of this vault.'],
    })
  }
  return problem('passphrase-wrong', 'The vault does not open with this passphrase.', {
    whatToDo: ['Try again; capital letters and the keyboard layout matter.'],
  })
}

/** The disk refused the vault's folder. */
export function vaultUnusable(folder: string, error: unknown): ProblemError {
  return problem('data-folder-failed', `The vault in ${folder} cannot be used: ${reasonOf(error)}.`, {
    place: { file: folder },
    cause: error,
    whatToDo: ['Name another data folder in GRANTLAB_HOME (data_dir).'],
  })
}

/** A record that was changed, cut, swapped or written by a newer Grantlab. `what` says which, for a person. */
export function recordUnreadable(what: string, found: 'newer' | 'damaged'): ProblemError {
  if (found === 'newer') {
    return problem('file-newer', `${what} was written by a newer Grantlab, which this one leaves as it is.`, {
      whatToDo: ['Use a newer Grantlab.'],
    })
  }
  return problem('vault-damaged', `${what} cannot be opened: its record was changed, cut or put in another's place.`, {
    whatToDo: ['Set it again, or remove it.'],
  })
}
