import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { inProject } from '../project.js'
import { runProcess } from '../run-process.js'
import { hashInputs, isBuildOf, writeStamp } from './stamp.js'

const BUILD_TIMEOUT_MS = 5 * 60_000
/** Folders of out/ that a build makes. */
const PARTS = ['node', 'main', 'preload', 'renderer']

/**
 * Builds out/ when anything that a build depends on has changed. A failed or interrupted build leaves the old one as it
 * was, but for its stamp.
 *
 * @param {string} node the Node.js to build with
 * @returns {Promise<boolean>} whether something was built
 * @throws {Error} in words for a person
 */
export async function ensureBuild(node) {
  const inputs = hashInputs()
  if (isBuildOf(inputs)) return false
  console.log('Building')
  const next = inProject('out', `.next-${process.pid}`)
  mkdirSync(next, { recursive: true })
  try {
    const script = inProject('scripts', 'build', 'run-vite.js')
    const { code } = await runProcess(node, [script, next], { timeoutMs: BUILD_TIMEOUT_MS })
    if (code !== 0) throw new Error('The build failed; what went wrong stands above.')
    moveInto(next)
    writeStamp(inputs)
    return true
  } finally {
    rmSync(next, { recursive: true, force: true })
  }
}

/** @param {string} next */
function moveInto(next) {
  for (const part of ['.stamp', ...PARTS, 'compile-cache']) {
    rmSync(inProject('out', part), { recursive: true, force: true })
  }
  for (const part of PARTS) renameSync(`${next}/${part}`, inProject('out', part))
}
