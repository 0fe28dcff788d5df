import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProcess } from '../run-process.js'

const PROBE_TIMEOUT_MS = 20_000

/**
 * Tries in a child process whether Electron starts here with its sandbox; it opens no window.
 *
 * @param {string} binary
 * @returns {Promise<string | undefined>} why it does not; undefined when it does
 */
export async function probeElectron(binary) {
  const profile = mkdtempSync(join(tmpdir(), 'grantlab-probe-'))
  try {
    const probe = fileURLToPath(new URL('probe.cjs', import.meta.url))
    const env = { ELECTRON_RUN_AS_NODE: '' }
    const { code, output } = await runProcess(binary, [probe, profile], {
      capture: true,
      timeoutMs: PROBE_TIMEOUT_MS,
      env,
    })
    return code === 0 ? undefined : reasonIn(output, code)
  } finally {
    rmSync(profile, { recursive: true, force: true })
  }
}

/**
 * @param {string} output
 * @param {number} code
 */
export function reasonIn(output, code) {
  if (/sandbox/i.test(output)) return 'its sandbox cannot start here'
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(output)?.[1]
  return library ? `the system lacks ${library}` : `it ended with code ${code}`
}
