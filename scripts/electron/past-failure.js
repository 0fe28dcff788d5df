import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Remembers in a file that getting one version of Electron failed, so that each start does not wait for it again.
 *
 * @param {string} file
 * @param {string} version of Electron; another one is tried anew
 */
export function createPastFailure(file, version) {
  return {
    /** @returns {string | undefined} the reason */
    read() {
      try {
        const kept = JSON.parse(readFileSync(file, 'utf8'))
        return kept.version === version && typeof kept.reason === 'string' ? kept.reason : undefined
      } catch {
        return undefined
      }
    },
    /** @param {string} reason */
    keep(reason) {
      try {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, `${JSON.stringify({ version, reason })}\n`)
      } catch {
        // A folder that cannot be written costs only another try.
      }
    },
    forget() {
      rmSync(file, { force: true })
    },
  }
}
