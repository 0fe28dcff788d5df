import { spawn } from 'node:child_process'
import { whenOrphaned } from './when-orphaned.js'

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program in place of this process: same input and output, signals are passed on, and this process ends as the
 * program did.
 *
 * @param {string} node
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] added to this process's environment
 */
export function runInFront(node, args, env = {}) {
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // At a terminal Ctrl+C reaches the child by itself; a second one would mean "at once" to it.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  if (process.env.npm_lifecycle_event) whenOrphaned(() => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(4)
  })
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    for (const name of SIGNALS) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}
