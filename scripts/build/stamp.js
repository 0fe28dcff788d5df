import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { inProject } from '../project.js'

/** What a build depends on: files, and folders with everything in them. */
const INPUTS = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'vite.config.ts',
  'vite.node.config.ts',
  'scripts/build',
  'src',
  'electron',
  'resources',
]
const OUTPUTS = [
  'node/grantlab.js',
  'node/host.js',
  'node/playground-worker.js',
  'main/index.js',
  'main/playground-worker.js',
  'preload/index.cjs',
  'renderer/index.html',
]
const STAMP = inProject('out', '.stamp')

/** One hash over everything that a build depends on. */
export function hashInputs() {
  const hash = createHash('sha256')
  for (const path of INPUTS.flatMap(filesBelow).filter(isBuilt).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(inProject(path)))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * Whether out/ holds a complete build of the inputs with this hash.
 *
 * @param {string} inputs
 */
export function isBuildOf(inputs) {
  const isComplete = OUTPUTS.every((path) => existsSync(inProject('out', path)))
  return isComplete && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs
}

/**
 * Says that out/ holds a complete build of the inputs with this hash.
 *
 * @param {string} inputs
 */
export const writeStamp = (inputs) => writeFileSync(STAMP, inputs)

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!existsSync(inProject(path))) return []
  if (/\.[a-z]+$/.test(path)) return [path]
  return readdirSync(inProject(path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
  )
}

/** @param {string} path */
const isBuilt = (path) => !path.endsWith('.test.ts') && !path.endsWith('.md')
