import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The installed npm package of Electron; the binary is got separately, by its own installer.
 *
 * @param {string} folder of the package
 */
export function readElectronPackage(folder) {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return {
    /** @type {string} */
    version,
    /** @returns {string | undefined} path of the binary, when the one of this version is there */
    findBinary() {
      try {
        const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist')
        if (readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '') !== version) return undefined
        const binary = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8').trim())
        return existsSync(binary) ? binary : undefined
      } catch {
        return undefined
      }
    },
  }
}
