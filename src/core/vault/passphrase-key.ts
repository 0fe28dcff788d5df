import { randomBytes, scrypt } from 'node:crypto'
import { problem } from '../problems/problem-error.ts'
import { keyBytes } from './seal.ts'

/** How a key is derived from a passphrase; stands in the vault's header (RFC 7914). */
export interface Derivation {
  /** cost, a power of two */
  N: number
  /** block size */
  r: number
  /** parallelisation */
  p: number
  /** base64 */
  salt: string
}

/** What new vaults use: 128 MiB and a fraction of a second. */
const usual = { N: 2 ** 17, r: 8, p: 1 }
const shortest = 8
const longest = 1024

/** A derivation with a salt of its own. */
export function newDerivation(): Derivation {
  return { ...usual, salt: randomBytes(16).toString('base64') }
}

/** Tells whether what a header says can be derived: nothing weaker than usual, and nothing that takes all memory. */
export function isDerivation(value: unknown): value is Derivation {
  const { N, r, p, salt } = (value ?? {}) as Partial<Derivation>
  const isPowerOfTwo = Number.isInteger(N) && Number.isInteger(Math.log2(N!))
  return isPowerOfTwo && N! >= usual.N && N! <= 2 ** 20 && r === usual.r && p === usual.p && typeof salt === 'string'
}

/** The key of a passphrase. */
export function deriveKey(passphrase: string, { N, r, p, salt }: Derivation): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same passphrase is typed as other bytes on other systems: composed characters count as one.
    const text = passphrase.normalize('NFC')
    const options = { N, r, p, maxmem: 128 * N * r + 2 ** 25 }
    scrypt(text, Buffer.from(salt, 'base64'), keyBytes, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/**
 * Answers a passphrase that can seal a vault.
 * @throws ProblemError parameter-missing, parameter-invalid
 */
export function checkPassphrase(passphrase: string | undefined): string {
  if (!passphrase) {
    throw problem('parameter-missing', 'This vault needs a passphrase (passphrase).', {
      whatToDo: ['Give one, or set the environment variable GRANTLAB_VAULT_PASSPHRASE.'],
    })
  }
  // SECURITY: what was given is not quoted.
  if (passphrase.length >= shortest && passphrase.length <= longest) return passphrase
  throw problem('parameter-invalid', `A passphrase has ${shortest} to ${longest} characters.`)
}
