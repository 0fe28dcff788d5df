import { existsSync } from 'node:fs'
import { inProject } from '../project.js'
import { chooseWindow, notGot } from './choose-window.js'
import { readElectronPackage } from './electron-package.js'
import { createProgressLine, getElectron } from './get-electron.js'
import { createPastFailure } from './past-failure.js'
import { probeElectron } from './probe-electron.js'

const STALL_MS = 20_000

/**
 * Finds where the window opens, getting Electron's binary when it is wanted and not there yet.
 *
 * @param {{ wanted: 'electron' | 'browser' | undefined, args: readonly string[], node: string }} asked
 * @returns {Promise<{ binary?: string, why?: string }>} Electron's binary, or why the window opens in a browser
 */
export async function findElectron({ wanted, args, node }) {
  const folder = inProject('node_modules', 'electron')
  if (!existsSync(folder)) return { why: 'Electron was not installed' }
  const electron = readElectronPackage(folder)
  // Inside node_modules: a new installation tries again.
  const pastFailure = createPastFailure(
    inProject('node_modules', '.cache', 'grantlab', 'electron.json'),
    electron.version,
  )
  const choice = chooseWindow({
    wanted,
    args,
    isRoot: process.getuid?.() === 0,
    hasDisplay: hasDisplay(),
    hasBinary: electron.findBinary() !== undefined,
    pastFailure: pastFailure.read(),
  })
  if (choice.window === 'browser') return choice
  if (choice.get) {
    const reason = await get(folder, node)
    if (reason) {
      pastFailure.keep(reason)
      return { why: notGot(reason) }
    }
    pastFailure.forget()
  }
  const binary = electron.findBinary()
  if (!binary) return { why: notGot('its installer brought no binary') }
  const reason = process.platform === 'linux' ? await probeElectron(binary) : undefined
  return reason ? { why: `Electron does not start: ${reason}` } : { binary }
}

/**
 * @param {string} folder
 * @param {string} node
 */
function get(folder, node) {
  console.log('Getting Electron, once; npm start -- --window browser does without it')
  return getElectron({
    script: inProject('scripts', 'electron', 'download-electron.js'),
    args: [folder],
    node,
    stallMs: STALL_MS,
    onProgress: createProgressLine(process.stdout),
  })
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}
