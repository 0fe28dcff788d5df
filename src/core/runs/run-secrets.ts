import type { Vault } from '../ports.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import type { SecretGuard } from './secret-guard.ts'

/** A secret that a server gave and that later runs need. */
export interface GivenSecret {
  name: string
  value: string
  /** where it may be sent; left out: where the one that it replaces may go */
  origins?: string[]
  /** false: the endpoints of the issuer, when they are met first, are among the origins, too */
  isSettled?: boolean
}

/** What a run may do with the vault besides the secrets of its parameters. */
export interface RunSecrets {
  /**
   * Resolves when what is given later can be kept: asked before a server makes something that it tells once only.
   * @throws ProblemError vault-locked
   */
  requireVault(): Promise<void>
  /** Keeps a secret, bound to its origins and to the profile's connection. @throws ProblemError vault-locked */
  keepSecret(secret: GivenSecret): Promise<void>
  /**
   * A kept secret's value, known to the masker and kept to where it belongs; undefined when there is none.
   * @throws ProblemError secret-not-bound, vault-locked
   */
  useSecret(name: string, what: string): Promise<string | undefined>
  /** Takes a kept secret away; false when there was none. */
  forgetSecret(name: string): Promise<boolean>
}

/** What the secrets of one run are reached with. */
export interface RunSecretParts {
  vault: Vault
  masker: Pick<Masker, 'learn'>
  guard: SecretGuard
}

/** Creates a run's way to the vault. */
export function createRunSecrets({ vault, masker, guard }: RunSecretParts): RunSecrets {
  return {
    // Its facts do not do: nobody has tried the key yet.
    requireVault: () => vault.open(),
    async keepSecret({ name, value, origins, isSettled: settled = true }) {
      masker.learn(value)
      await vault.set(name, value, origins && { origins, connection: guard.connection ?? '', settled })
    },
    async useSecret(name, what) {
      const kept = await vault.get(name)
      if (!kept) return undefined
      masker.learn(kept.value)
      // SECURITY: a changed file may lead it elsewhere, or through a stranger's proxy.
      guard.keepTo(kept.value, { origins: kept.origins, connection: kept.connection }, what)
      return kept.value
    },
    forgetSecret: (name) => vault.remove(name),
  }
}
