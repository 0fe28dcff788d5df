import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Keychain } from '../keychain.ts'

/** A keychain of plain files, for tests of several processes where no real one is needed. */
export function createFileKeychain(folder: string): Keychain {
  const pathOf = (account: string) => join(folder, Buffer.from(account).toString('hex'))
  return {
    whyAbsent: () => undefined,
    async get(account) {
      try {
        return readFileSync(pathOf(account), 'utf8')
      } catch {
        return undefined
      }
    },
    async set(account, text) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(pathOf(account), text)
    },
    async remove(account) {
      rmSync(pathOf(account), { force: true })
      return true
    },
  }
}
