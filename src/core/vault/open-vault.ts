import { join } from 'node:path'
import { createKeychain } from './keychain.ts'
import { createSealedVault } from './sealed-vault.ts'

/** The vault of a data folder, its key in the keychain of this system. */
export function openVault(dataFolder: string, environment: Record<string, string | undefined>) {
  const keychain = createKeychain(environment)
  return createSealedVault({ folder: join(dataFolder, 'vault'), keychain, environment, clock: Date })
}
