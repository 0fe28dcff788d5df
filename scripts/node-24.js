import { existsSync } from 'node:fs'
import { dirname, delimiter } from 'node:path'
import { inProject, NEEDED_NODE_MAJOR } from './project.js'

/**
 * The Node.js to run Grantlab on: this one when it is new enough, else the one that npm's `node` package brought.
 *
 * @returns {string} path of the executable
 * @throws {Error} in words for a person, when there is neither
 */
export function findNode24() {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_NODE_MAJOR) return process.execPath
  const brought = inProject('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(brought)) return brought
  throw new Error(
    `Grantlab runs on Node.js ${NEEDED_NODE_MAJOR} or newer; this is ${process.version}, and npm's "node" package has brought no ` +
      `newer one for ${process.platform}-${process.arch}. Install Node.js ${NEEDED_NODE_MAJOR} and run the same command again.`,
  )
}

/**
 * An environment in which `node` means the given executable, for programs that start others.
 *
 * @param {string} node
 * @returns {Record<string, string>}
 */
export function environmentWith(node) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  return { [name]: [dirname(node), process.env[name]].filter(Boolean).join(delimiter) }
}
