import { availableParallelism } from 'node:os'
import { inProject } from './project.js'
import { runProcess } from './run-process.js'

// Checks the types of each folder by its own tsconfig.json: what a folder may not reach, its types do not know.
const PROJECTS = [
  'src/contract',
  'src/core',
  'src/playground',
  'src/page',
  'src/browser-host',
  'src/cli',
  'electron/main',
  'electron/preload',
  'src/renderer',
  'scripts',
  '.',
]
const TIMEOUT_MS = 5 * 60_000
const compiler = inProject('node_modules', 'vue-tsc', 'bin', 'vue-tsc.js')
const waiting = [...PROJECTS]

async function work() {
  for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
    const args = [compiler, '--noEmit', '--pretty', 'false', '-p', inProject(project, 'tsconfig.json')]
    const { code, output } = await runProcess(process.execPath, args, { capture: true, timeoutMs: TIMEOUT_MS })
    if (code === 0) continue
    process.exitCode = 1
    console.error(`${project}\n${output.trimEnd()}`)
  }
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
