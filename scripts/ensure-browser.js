import { existsSync } from 'node:fs'
import { findBrowser } from './find-browser.js'
import { runProcess } from './run-process.js'

const INSTALL_TIMEOUT_MS = 10 * 60_000

/**
 * Finds a browser for the end-to-end tests; as root on Debian it installs Chromium when there is none.
 *
 * @returns {Promise<{ browser: string } | { reason: string }>} the executable, or why there is none
 */
export async function ensureBrowser() {
  const found = find()
  if ('browser' in found || found.isNamed) return found
  const isDebian = process.platform === 'linux' && existsSync('/etc/debian_version')
  if (!isDebian || process.getuid?.() !== 0) {
    return { reason: 'no Chrome, Edge or Chromium found; install one, or name one in CHROME_PATH' }
  }
  console.log('Installing Chromium (apt-get)')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runProcess('apt-get', ['update', '-qq'], { capture: true, timeoutMs: INSTALL_TIMEOUT_MS, env })
  const args = ['install', '-y', '-qq', '--no-install-recommends', 'chromium']
  const { code, output } = await runProcess('apt-get', args, { capture: true, timeoutMs: INSTALL_TIMEOUT_MS, env })
  const installed = find()
  if ('browser' in installed) return installed
  const last = output.trim().split('\n').pop()
  return { reason: `no browser, and apt-get could not install Chromium (code ${code}): ${last}` }
}

/** @returns {{ browser: string } | { reason: string, isNamed: boolean }} */
function find() {
  try {
    const browser = findBrowser()
    return browser ? { browser } : { reason: 'none', isNamed: false }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error), isNamed: true }
  }
}
