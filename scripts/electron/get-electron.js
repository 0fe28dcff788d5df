import { fork } from 'node:child_process'
import { ROOT } from '../project.js'

/**
 * @typedef {object} GetOptions
 * @property {string} script what downloads; tells `{ transferred, total }` or `{ reason }`
 * @property {readonly string[]} args for the script
 * @property {string} node to run it on
 * @property {number} stallMs given up after this time without any progress
 * @property {(progress: { transferred: number, total: number | null }) => void} onProgress bytes
 */

/**
 * Gets Electron's binary with a child process.
 *
 * @param {GetOptions} options
 * @returns {Promise<string | undefined>} why it failed; undefined when the binary is there
 */
export function getElectron({ script, args, node, stallMs, onProgress }) {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_USE_ENV_PROXY: '1' }
    const child = fork(script, args, {
      cwd: ROOT,
      execPath: node,
      execArgv: [],
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    let reason = ''
    let transferred = -1
    const giveUp = () => {
      reason ||= `no progress for ${Math.round(stallMs / 1000)} s`
      child.kill('SIGKILL')
    }
    let timer = setTimeout(giveUp, stallMs)
    const endToo = () => child.kill('SIGKILL')
    process.once('exit', endToo)
    child.on('message', (/** @type {any} */ message) => {
      if (typeof message.reason === 'string') reason = message.reason
      if (typeof message.transferred !== 'number' || message.transferred === transferred) return
      transferred = message.transferred
      clearTimeout(timer)
      timer = setTimeout(giveUp, stallMs)
      onProgress(message)
    })
    child.on('error', (error) => (reason ||= error.message))
    child.on('close', (code) => {
      clearTimeout(timer)
      process.off('exit', endToo)
      resolve(code === 0 ? undefined : reason || `its installer ended with code ${code}`)
    })
  })
}

/**
 * Shows progress: in a terminal one line that counts, elsewhere a line for each quarter.
 *
 * @param {{ write(text: string): unknown, isTTY?: boolean }} output
 */
export function createProgressLine(output) {
  let shown = -1
  return (/** @type {{ transferred: number, total: number | null }} */ { transferred, total }) => {
    const megabytes = (/** @type {number} */ bytes) => Math.round(bytes / 1_000_000)
    const step = output.isTTY ? megabytes(transferred) : total ? Math.floor((transferred / total) * 4) : 0
    if (step === shown) return
    shown = step
    const text = `  ${megabytes(transferred)}${total ? ` of ${megabytes(total)}` : ''} MB`
    output.write(output.isTTY ? `\r${text}${transferred === total ? '\n' : ''}` : `${text}\n`)
  }
}
