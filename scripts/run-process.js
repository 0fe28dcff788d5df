import { spawn } from 'node:child_process'
import { ROOT } from './project.js'

/**
 * @typedef {object} RunOptions
 * @property {boolean} [capture] keep the output instead of showing it
 * @property {number} [timeoutMs] the process is ended after this time
 * @property {Record<string, string | undefined>} [env] added to this process's environment
 */

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
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
    })
    let output = ''
    let isTooLate = false
    const timer = timeoutMs > 0 ? setTimeout(() => ((isTooLate = true), child.kill('SIGKILL')), timeoutMs) : undefined
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => (output += chunk))
    }
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer)
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
