import { existsSync } from 'node:fs'
import { runProcess } from './run-process.js'

const INSTALL_TIMEOUT_MS = 10 * 60_000
const PACKAGES = ['gnome-keyring', 'dbus', 'dbus-x11', 'libsecret-1-0']
const PROGRAMS = ['/usr/bin/gnome-keyring-daemon', '/usr/bin/dbus-daemon']

/**
 * Installs what the keychain's tests need, as root on Debian, when it is not there. Elsewhere, and where that fails,
 * those tests skip themselves and say why.
 *
 * @returns {Promise<void>}
 */
export async function ensureKeyring() {
  const isDebian = process.platform === 'linux' && existsSync('/etc/debian_version')
  if (!isDebian || process.getuid?.() !== 0 || PROGRAMS.every((path) => existsSync(path))) return
  console.log('Installing GNOME Keyring (apt-get)')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runProcess('apt-get', ['update', '-qq'], { capture: true, timeoutMs: INSTALL_TIMEOUT_MS, env })
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES]
  await runProcess('apt-get', args, { capture: true, timeoutMs: INSTALL_TIMEOUT_MS, env })
}
