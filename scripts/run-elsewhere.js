import { existsSync } from 'node:fs'
import { ensureBuild } from './build/ensure-build.js'
import { runInFront } from './run-in-front.js'
import { setUp } from './setup.js'

/**
 * Sets up and builds what is missing, then runs a built program with this process's arguments on a Node.js that is new
 * enough. What is said on the way goes to stderr: stdout belongs to the program.
 *
 * @param {string} program path of the built program
 */
export async function runElsewhere(program) {
  console.log = console.error
  try {
    const node = await setUp()
    if (!existsSync(program)) await ensureBuild(node)
    runInFront(node, [program, ...process.argv.slice(2)])
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 4
  }
}
