import { spawn } from 'node:child_process'
import { ensureBuild } from './build/ensure-build.js'
import { findBrowser } from './find-browser.js'
import { inProject, ROOT } from './project.js'
import { setUp } from './setup.js'

/** `npm start`: sets up, builds when something changed, and runs the browser host. */
async function start() {
  const node = await setUp()
  await ensureBuild(node)
  run(node, { GRANTLAB_BROWSER: findBrowser() ?? '' })
}

/**
 * Runs the host until it ends, passes signals on to it and takes over how it ended.
 *
 * @param {string} node
 * @param {Record<string, string>} env
 */
function run(node, env) {
  const host = spawn(node, [inProject('out', 'node', 'host.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: inProject('out', 'compile-cache'), ...process.env, ...env },
  })
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  // At a terminal Ctrl+C reaches the host by itself; a second one would mean "at once" to it.
  for (const signal of signals) process.on(signal, () => signal === 'SIGINT' && process.stdin.isTTY || host.kill(signal))
  host.on('error', (error) => fail(error))
  host.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    for (const name of signals) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}

/** @param {unknown} error */
function fail(error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(4)
}

process.chdir(ROOT)
start().catch(fail)
