import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSealedVault } from '../sealed-vault.ts'
import { createTestKeychain } from './test-keychain.ts'

/** A data folder with a keychain in memory. `open` is what another process would see; `remove` takes the folder away. */
export async function createVaultHome() {
  const home = await mkdtemp(join(tmpdir(), 'grantlab-vault-'))
  const folder = join(home, 'vault')
  const keychain = createTestKeychain()
  const environment: Record<string, string | undefined> = {}
  return {
    folder,
    keychain,
    environment,
    open: () => createSealedVault({ folder, keychain, environment, clock: Date }),
    /** paths of all files below the vault's folder */
    async files(): Promise<string[]> {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
    },
    async recordFiles(): Promise<string[]> {
      return (await this.files()).filter((path) => /(?:secret|tokens)-[^/\\]*\.json$/.test(path)).sort()
    },
    async allText(): Promise<string> {
      const texts = await Promise.all((await this.files()).map((path) => readFile(path, 'utf8')))
      return texts.join('\n')
    },
    remove: () => rm(home, { recursive: true, force: true }),
  }
}
