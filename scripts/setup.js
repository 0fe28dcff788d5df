import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { findNode24 } from './node-24.js'
import { inProject } from './project.js'
import { runProcess } from './run-process.js'

/**
 * Brings a checkout to where Grantlab can be built: dependencies as the lock file says and a Node.js to run on. Does
 * nothing when that is so already.
 *
 * @returns {Promise<string>} the Node.js executable to run Grantlab on
 * @throws {Error} in words for a person
 */
export async function setUp() {
  if (!isInstalled()) await installDependencies()
  return findNode24()
}

/**
 * Whether node_modules holds what package-lock.json says. npm's own record inside node_modules, written at the end of a
 * complete installation, is the stamp. Optional packages may be missing: most are for other systems.
 */
function isInstalled() {
  const record = inProject('node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = readPackages(record)
  return Object.entries(readPackages(inProject('package-lock.json'))).every(([path, wanted]) => {
    const found = installed[path]
    if (path === '' || (!found && wanted.optional)) return true
    return found?.version === wanted.version && found?.integrity === wanted.integrity
  })
}

/**
 * @param {string} path of a lock file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {}
}

async function installDependencies() {
  console.log('Installing dependencies (npm ci)')
  const npm = process.env.npm_execpath
  const isNpm = npm !== undefined && /^npm(-cli)?\.c?js$/.test(basename(npm))
  const { code } = isNpm
    ? await runProcess(process.execPath, [npm, 'ci'])
    : await runProcess(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci'])
  if (code === 0) return
  throw new Error(
    `The dependencies could not be installed: npm ci ended with code ${code}; what it said stands above. ` +
      'Check the network, the proxy and the npm registry, then run the same command again.',
  )
}
