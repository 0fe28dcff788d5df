import { spawn } from 'node:child_process'
import { ROOT } from './project.js'
import { whenOrphaned } from './when-orphaned.js'

/**
 * @typedef {object} RunOptions
 * @property {boolean} [capture] keep the output instead of showing it
 * @property {number} [timeoutMs] the process is ended after this time
 * @property {Record<string, string | undefined>} [env] added to this process's environment
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/**
 * Runs a program in the checkout and waits for its end.
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
    })
    running.add(child)
    let output = ''
    let isTooLate = false
    const end = () => {
      isTooLate = true
      child.kill('SIGKILL')
    }
    const timer = timeoutMs > 0 ? setTimeout(end, timeoutMs) : undefined
    for (const pipe of [child.stdout, child.stderr]) pipe?.setEncoding('utf8').on('data', (text) => (output += text))
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer)
      running.delete(child)
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

/** Ends what runs and then this process when somebody interrupts it, or npm. */
export function endWithChildren() {
  /**
   * @param {NodeJS.Signals} signal
   * @param {number} code
   */
  const end = (signal, code) => {
    for (const child of running) child.kill(signal)
    process.exit(code)
  }
  process.on('SIGINT', () => end('SIGINT', 130))
  process.on('SIGTERM', () => end('SIGTERM', 143))
  if (process.env.npm_lifecycle_event) whenOrphaned(() => end('SIGTERM', 143))
}
