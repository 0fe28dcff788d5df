import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { findCircles } from './find-circles.js'
import { readImports } from './read-imports.js'
import { FOLDERS, REFUSED_PATHS, SEPARATE_UNITS } from './table.js'

/**
 * One import that the table refuses.
 *
 * @typedef {{ file: string, line: number, message: string }} Violation
 */

/**
 * Holds the sources against the import table.
 *
 * @param {ReadonlyMap<string, string>} sources path below the checkout (`src/core/index.ts`, `electron/main/index.ts`) → text
 * @param {(path: string) => boolean} exists whether any other file (styles, pictures, JSON) exists
 * @returns {Violation[]} in the order of the files
 */
export function checkImports(sources, exists) {
  /** @type {Violation[]} */
  const violations = []
  /** @type {Map<string, Set<string>>} */
  const graph = new Map()
  for (const [file, text] of sources) {
    /** @type {Set<string>} */
    const targets = new Set()
    graph.set(file, targets)
    for (const found of readImports(file, text)) {
      const target = 'specifier' in found ? targetOf(file, found.specifier) : undefined
      if (target !== undefined && sources.has(target)) targets.add(target)
      const message = 'refused' in found ? found.refused : judge(file, found.specifier, { sources, exists })
      if (message) violations.push({ file, line: found.line, message })
    }
  }
  const circles = findCircles(graph).map((circle) => ({
    file: circle[0] ?? '',
    line: 1,
    message: `import circle: ${[...circle, circle[0]].map((file) => belowSource(file ?? '')).join(' → ')}`,
  }))
  return [...violations, ...circles]
}

/**
 * The file a relative import names, `?raw` and the like cut off.
 *
 * @param {string} file
 * @param {string} specifier
 */
function targetOf(file, specifier) {
  if (!specifier.startsWith('.')) return undefined
  return posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''))
}

/**
 * @param {string} file
 * @param {string} specifier
 * @param {{ sources: ReadonlyMap<string, string>, exists: (path: string) => boolean }} tree
 * @returns {string | undefined} why the import is refused
 */
function judge(file, specifier, tree) {
  const folder = folderOf(file)
  const allowance = FOLDERS[folder]
  if (!allowance) return `${pathOf(folder)} is not in the import table (scripts/architecture/table.js)`
  const target = targetOf(file, specifier)
  if (target === undefined) return isTest(file) ? undefined : judgePackage(folder, allowance, specifier)
  if (!tree.sources.has(target) && !tree.exists(target)) return `${specifier} names no file`
  if (!/^(src|electron)\//.test(target)) return judgeOutside(file, allowance, target)
  if (isTest(target) && !isTest(file)) return 'only tests import tests'
  return judgeFolders(folder, allowance, target) ?? judgePaths(belowSource(file), belowSource(target))
}

/**
 * @param {string} folder
 * @param {import('./table.js').Allowance} allowance
 * @param {string} specifier
 */
function judgePackage(folder, allowance, specifier) {
  if (isBuiltin(specifier)) return allowance.node ? undefined : `${folder} imports nothing of Node (${specifier})`
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  return allowance.packages.includes(name) ? undefined : `${folder} may not import the package ${name}`
}

/**
 * @param {string} file
 * @param {import('./table.js').Allowance} allowance
 * @param {string} target
 */
function judgeOutside(file, allowance, target) {
  const allowed = isTest(file) ? [...allowance.outside, 'tests/support/'] : allowance.outside
  return allowed.some((entry) => isBelow(target, entry)) ? undefined : `${folderOf(file)} may not import ${target}`
}

/**
 * @param {string} folder
 * @param {import('./table.js').Allowance} allowance
 * @param {string} target
 */
function judgeFolders(folder, allowance, target) {
  const other = folderOf(target)
  if (other === folder) return undefined
  const doors = allowance.ours[other]
  if (!doors) return `${folder} may not import ${other}`
  if (doors === 'any' || doors.some((door) => target === `${pathOf(other)}/${door}`)) return undefined
  return `${folder} enters ${other} through ${doors.join(' or ')} only, not ${belowSource(target)}`
}

/**
 * @param {string} file below src/
 * @param {string} target below src/
 */
function judgePaths(file, target) {
  for (const { what, below, depth } of SEPARATE_UNITS) {
    const [unit, other] = [unitOf(file, below, depth), unitOf(target, below, depth)]
    if (unit && other && unit !== other) return `${what} never import each other (${unit} → ${other})`
  }
  return REFUSED_PATHS.find(({ from, to }) => isBelow(file, from) && isBelow(target, to))?.why
}

/**
 * @param {string} path
 * @param {string} below
 * @param {number} depth
 */
function unitOf(path, below, depth) {
  const parts = path.startsWith(below) ? path.slice(below.length).split('/') : []
  return parts.length > depth ? parts.slice(0, depth).join('/') : undefined
}

/**
 * The folder of the table that a file is in: one below src/, or one of the two halves of electron/.
 *
 * @param {string} path
 */
function folderOf(path) {
  const [root, ...below] = path.split('/')
  return root === 'electron' ? `electron/${below[0]}` : (below[0] ?? '')
}

/** @param {string} folder of the table */
const pathOf = (folder) => (folder.startsWith('electron/') ? folder : `src/${folder}`)

/** @param {string} path */
const belowSource = (path) => path.replace(/^src\//, '')

/** @param {string} path */
const isTest = (path) => path.endsWith('.test.ts') || path.includes('/testing/')

/**
 * @param {string} path
 * @param {string} entry a file, or a folder that ends with a slash
 */
const isBelow = (path, entry) => path === entry || (entry.endsWith('/') && path.startsWith(entry))
