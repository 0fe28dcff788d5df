import { ensureBuild } from './build/ensure-build.js'
import { readWindowFlag } from './electron/choose-window.js'
import { findElectron } from './electron/find-electron.js'
import { findBrowser } from './find-browser.js'
import { inProject, ROOT } from './project.js'
import { runInFront } from './run-in-front.js'
import { setUp } from './setup.js'

/** `npm start`: sets up, builds when something changed, and opens the window with the arguments given. */
async function start() {
  const { wanted, args } = readWindowFlag(process.argv.slice(2))
  if (wanted === 'unknown') return refuse('--window wants electron or browser.')
  const node = await setUp()
  await ensureBuild(node)
  const electron = await findElectron({ wanted, args, node })
  if (electron.binary) return runInFront(electron.binary, [ROOT, ...args], { ELECTRON_RUN_AS_NODE: '' })
  if (electron.why) console.log(`Grantlab opens in a browser: ${electron.why}.`)
  runInFront(node, [inProject('out', 'node', 'host.js'), ...args], {
    GRANTLAB_BROWSER: browserOrNone(),
    NODE_COMPILE_CACHE: inProject('out', 'compile-cache'),
  })
}

/** @param {string} message */
function refuse(message) {
  console.error(message)
  process.exitCode = 2
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
