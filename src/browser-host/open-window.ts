import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A window that was asked for. */
export interface HostWindow {
  /** settles when the browser's process ended; it may have handed the address to one that runs already */
  ended: Promise<{ failed: boolean }>
}

/** What the window needs. */
export interface WindowOptions {
  /** the browser's program */
  browser: string
  address: string
  dataFolder: string
  isRoot: boolean
}

/** Opens the address as an app window of a browser of the Chromium family, with a profile of its own. */
export async function openWindow({ browser, address, dataFolder, isRoot }: WindowOptions): Promise<HostWindow> {
  const profile = join(dataFolder, 'browser-profiles', 'window')
  await mkdir(profile, { recursive: true, mode: 0o700 })
  // SECURITY: other users of this machine can read the address in the process list until the page has traded its
  // token, a moment later; that is why the token works once. On machines shared with strangers, use --no-open.
  const child = spawn(browser, windowFlags(address, profile, isRoot), { stdio: 'ignore', detached: false })
  const { promise: ended, resolve } = Promise.withResolvers<{ failed: boolean }>()
  child.once('error', () => resolve({ failed: true }))
  child.once('exit', (code) => resolve({ failed: code !== 0 }))
  return { ended }
}

/** Flags of the app window: our page alone, and a browser that contacts nobody on its own. */
export function windowFlags(address: string, profile: string, isRoot: boolean): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profile}`,
    '--window-size=1440,900',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-sync',
    '--no-pings',
    '--metrics-recording-only',
    '--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,AutofillServerCommunication',
    // Nothing is saved in this profile that a system keyring would have to be opened for.
    '--password-store=basic',
    '--use-mock-keychain',
    // A browser refuses to start as root with its sandbox; the window shows no page but ours.
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}
