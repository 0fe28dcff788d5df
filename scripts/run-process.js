import { spawn } from 'node:child_process'
import { ROOT } from './project.js'
import { whenOrphaned } from './when-orphaned.js'

/**
 * @typedef {object} RunOptions
 * @property {boolean} [capture] keep the output instead of showing it
 * @property {number} [timeoutMs] the process is ended after this time
 * @property {Record<string, string | undefined>} [env] added to this process's environment
 */

/** A child that leads its own process group can be ended together with everything it has started. */
const HAS_GROUPS = process.platform !== 'win32'

/** Signals that end this process, and the exit code that says so. */
const ENDING = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })

/**
 * Runs a program in the checkout and waits for its end. When this process is interrupted meanwhile, the program ends too.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program cannot be started, 124 after the timeout
 */
export function runProcess(command, args, { capture = false, timeoutMs = 0, env = {} } = {}) {
  return new Promise((resolve) => {
    const stream = capture ? 'pipe' : 'inherit'
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', stream, stream],
      shell: command.endsWith('.cmd'),
      detached: HAS_GROUPS,
    })
    const release = endTogether(child)
    let output = ''
    let isTooLate = false
    const end = () => {
      isTooLate = true
      killTree(child)
    }
    const timer = timeoutMs > 0 ? setTimeout(end, timeoutMs) : undefined
    for (const pipe of [child.stdout, child.stderr]) pipe?.setEncoding('utf8').on('data', (text) => (output += text))
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer)
      release()
      resolve({ code, output })
    }
    child.on('error', (error) => {
      output += `${command}: ${error.message}\n`
      finish(127)
    })
    child.on('close', (code) => {
      if (isTooLate) output += `ended after ${timeoutMs / 1000} s without an answer\n`
      finish(isTooLate ? 124 : (code ?? 1))
    })
  })
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} lets go of the child
 */
function endTogether(child) {
  /** @param {keyof typeof ENDING} signal */
  const end = (signal) => {
    killTree(child)
    process.exit(ENDING[signal])
  }
  const signals = /** @type {(keyof typeof ENDING)[]} */ (Object.keys(ENDING))
  for (const signal of signals) process.on(signal, end)
  const stopWatching = process.env.npm_lifecycle_event ? whenOrphaned(() => end('SIGTERM')) : undefined
  return () => {
    for (const signal of signals) process.off(signal, end)
    stopWatching?.()
  }
}

/**
 * At once: npm, asked politely, takes seconds to undo what it has done and gets in the way of the next installation.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function killTree(child) {
  if (child.pid === undefined) return
  try {
    process.kill(HAS_GROUPS ? -child.pid : child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
