import { existsSync } from 'node:fs'
import { posix, win32 } from 'node:path'

/** Programs that show Grantlab as an app window, best first; looked for in every folder of PATH. */
const LINUX_PROGRAMS = [
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chromium',
  'chromium-browser',
]
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/opt/microsoft/msedge', '/snap/bin']
const MAC_PROGRAMS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Chromium.app/Contents/MacOS/Chromium',
]
const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
]

/**
 * Finds an installed Chrome, Edge or Chromium. The environment variable CHROME_PATH comes first.
 *
 * @returns {string | undefined} path of the executable
 * @throws {Error} when CHROME_PATH names no file
 */
export function findBrowser() {
  return findBrowserIn({ env: process.env, platform: process.platform, exists: existsSync })
}

/**
 * The same for any system.
 *
 * @param {{ env: Record<string, string | undefined>, platform: string, exists: (path: string) => boolean }} system
 * @returns {string | undefined}
 */
export function findBrowserIn({ env, platform, exists }) {
  const named = env.CHROME_PATH
  if (named && !exists(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist.`)
  return named || usualPaths(env, platform).find(exists)
}

/**
 * @param {Record<string, string | undefined>} env
 * @param {string} platform
 * @returns {string[]}
 */
function usualPaths(env, platform) {
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    return every(WINDOWS_PROGRAMS, folders, win32.join)
  }
  if (platform === 'darwin') {
    return every(MAC_PROGRAMS, ['/Applications', env.HOME && posix.join(env.HOME, 'Applications')], posix.join)
  }
  return every(LINUX_PROGRAMS, [...(env.PATH ?? '').split(':'), ...LINUX_FOLDERS], posix.join)
}

/**
 * Each program in each folder; the first program is tried everywhere before the second.
 *
 * @param {readonly string[]} programs
 * @param {readonly (string | undefined)[]} folders
 * @param {(folder: string, program: string) => string} join
 */
function every(programs, folders, join) {
  return programs.flatMap((program) => folders.flatMap((folder) => (folder ? [join(folder, program)] : [])))
}
