import { inProject } from '../project.js'

const inModules = (/** @type {string[]} */ ...parts) => inProject('node_modules', ...parts)
const inScripts = (/** @type {string} */ name) => inProject('scripts', name)

/**
 * What `npm run check` and `npm test` hold the project against: a name and a program that Node.js runs. A program that
 * ends with code 3 could not run, and its output says why.
 *
 * @type {readonly { name: string, args: readonly string[] }[]}
 */
export const CHECKS = [
  { name: 'format', args: [inModules('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', args: [inModules('oxlint', 'bin', 'oxlint')] },
  { name: 'types', args: [inScripts('check-types.js')] },
  { name: 'architecture', args: [inScripts('check-architecture.js')] },
  { name: 'dead code', args: [inModules('knip', 'bin', 'knip.js'), '--no-progress'] },
  { name: 'lock file', args: [inScripts('check-lock.js')] },
  { name: 'foreign text', args: [inScripts('check-repository.js')] },
]
