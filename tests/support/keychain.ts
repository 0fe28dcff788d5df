import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const busProgram = '/usr/bin/dbus-daemon'
const keyringProgram = '/usr/bin/gnome-keyring-daemon'
const password = 'of the test keyring'

/** Why there can be no keyring for tests here; undefined when there can. */
export function whyNoKeyring(): string | undefined {
  const missing = [busProgram, keyringProgram].filter((path) => !existsSync(path))
  return missing.length > 0 ? `there is no ${missing.join(' and no ')}` : undefined
}

/** A GNOME Keyring on a bus and in a home of its own; nothing of whoever runs the tests is in reach. */
export interface TestKeyring {
  /** what a process needs to meet this keyring and no other */
  environment: Record<string, string>
  /** Ends the keyring and starts it anew: unlocked, or locked as after a sign-in without the password. */
  restart(state: 'unlocked' | 'locked'): Promise<void>
  /** Stops the keyring in its tracks: it answers nobody any more. */
  freeze(): void
  close(): Promise<void>
}

/** Starts a bus and on it a keyring; `empty` has no collection to keep anything in. */
export async function startKeyring(state: 'unlocked' | 'empty'): Promise<TestKeyring> {
  const home = await mkdtemp(join(tmpdir(), 'grantlab-keyring-'))
  const folders = {
    HOME: home,
    XDG_RUNTIME_DIR: join(home, 'run'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
  }
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o700 })
  await mkdir(join(folders.XDG_DATA_HOME, 'keyrings'), { recursive: true, mode: 0o700 })
  const bus = spawn(busProgram, ['--session', '--nofork', '--print-address=1'], {
    env: { PATH: process.env.PATH, ...folders },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = await firstLine(bus)
  const environment = { ...folders, DBUS_SESSION_BUS_ADDRESS: address, GRANTLAB_NO_KEYCHAIN: '' }
  let keyring = await startDaemon(environment, state === 'unlocked')
  return {
    environment,
    async restart(next) {
      await end(keyring)
      keyring = await startDaemon(environment, next === 'unlocked')
    },
    freeze: () => void keyring.kill('SIGSTOP'),
    async close() {
      await end(keyring)
      await end(bus)
      await rm(home, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** Without a display nobody can be asked for the password: a locked keyring stays locked. */
async function startDaemon(environment: Record<string, string>, isUnlocked: boolean): Promise<ChildProcess> {
  const args = ['--foreground', '--components=secrets', ...(isUnlocked ? ['--unlock'] : [])]
  const daemon = spawn(keyringProgram, args, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  daemon.stdin?.end(isUnlocked ? password : '')
  // It prints its control directory once it is on the bus.
  await firstLine(daemon)
  return daemon
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  child.stdout!.resume()
  return text.split('\n', 1)[0] ?? ''
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
