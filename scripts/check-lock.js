import { readFileSync } from 'node:fs'
import { inProject } from './project.js'
import { findLockProblems } from './lock/find-lock-problems.js'

/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(inProject(name), 'utf8'))

const problems = findLockProblems(read('package-lock.json'), read('package.json'))
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
