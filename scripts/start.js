import { ensureBuild } from './build/ensure-build.js'
import { findBrowser } from './find-browser.js'
import { inProject } from './project.js'
import { runInFront } from './run-in-front.js'
import { setUp } from './setup.js'

/** `npm start`: sets up, builds when something changed, and runs the browser host with the arguments given. */
async function start() {
  const node = await setUp()
  await ensureBuild(node)
  runInFront(node, [inProject('out', 'node', 'host.js'), ...process.argv.slice(2)], {
    GRANTLAB_BROWSER: browserOrNone(),
    NODE_COMPILE_CACHE: inProject('out', 'compile-cache'),
  })
}

/** Without a browser the host prints the address to open. */
function browserOrNone() {
  try {
    return findBrowser() ?? ''
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return ''
  }
}

start().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 4
})
