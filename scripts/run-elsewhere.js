import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findNode24 } from './node-24.js'
import { inProject } from './project.js'
import { runInFront } from './run-in-front.js'

/**
 * Sets up and builds when there is nothing to run yet, then runs a built program with this process's arguments on a
 * Node.js that is new enough.
 *
 * @param {string} program path of the built program
 */
export function runElsewhere(program) {
  try {
    if (!existsSync(program) || !existsSync(inProject('node_modules'))) {
      // What is said on the way goes to stderr: stdout belongs to the program.
      const { status } = spawnSync(process.execPath, [inProject('scripts', 'build.js')], { stdio: ['ignore', 2, 2] })
      if (status !== 0) throw new Error('Grantlab could not be set up; why stands above.')
    }
    runInFront(findNode24(), [program, ...process.argv.slice(2)])
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 4
  }
}
