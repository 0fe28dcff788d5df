import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { findForeignText } from './repository/find-foreign-text.js'
import { inProject, ROOT } from './project.js'

// Looks at every file that git knows or would add. 3 is the code of a check that could not run.
const files = listFiles()
if (!files) {
  console.log('this is no git checkout')
  process.exit(3)
}

const registry = process.env.npm_config_registry
const here = { root: ROOT, home: homedir(), registryHost: registry && new URL(registry).hostname }
const problems = files.flatMap((file) => {
  const text = readText(file)
  return text === undefined ? [] : findForeignText(text, here).map((found) => `${file}:${found.line}  ${found.message}`)
})
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0

/** @returns {string[] | undefined} */
function listFiles() {
  try {
    const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\0')
      .filter(Boolean)
  } catch {
    return undefined
  }
}

/**
 * @param {string} file
 * @returns {string | undefined} undefined for what holds no text or is no longer there
 */
function readText(file) {
  try {
    const text = readFileSync(inProject(file), 'utf8')
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
