import { problem } from './problems/problem-error.ts'

/** How long a starter may take before it counts as a browser that stays in the foreground. */
const starterMs = 3000

/** The platform's program that hands an address to the person's browser, where there is always a display. */
const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/**
 * The program that opens addresses here: what the person named in BROWSER, else the platform's own. Undefined when
 * there is none, on Linux without a display.
 */
export function openerOf(
  { BROWSER, DISPLAY, WAYLAND_DISPLAY }: Record<string, string | undefined>,
  platform = process.platform,
): readonly string[] | undefined {
  if (BROWSER) return [BROWSER]
  return openers[platform] ?? (DISPLAY || WAYLAND_DISPLAY ? ['xdg-open'] : undefined)
}

/**
 * Opens an http or https address in the person's browser, whose program gets the environment `env`.
 * @throws ProblemError browser-not-opened, naming the program that could not do it
 */
export async function openAddress(
  address: string,
  opener: readonly string[],
  env: Record<string, string | undefined>,
): Promise<void> {
  // SECURITY: any other scheme would let a server start a program of this machine.
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? '')) {
    throw problem('browser-not-opened', 'Only http and https addresses are opened in a browser.')
  }
  const [program = '', ...leading] = opener
  const { spawn } = await import('node:child_process')
  // SECURITY: an argument list, never a shell: the address comes from a server's metadata.
  const child = spawn(program, [...leading, address], { stdio: 'ignore', detached: true, windowsHide: true, env })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, starterMs)
  child.once('error', () => reject(notOpened(`${program} could not be started.`)))
  child.once('exit', (code) => (code ? reject(notOpened(`${program} ended with code ${code}.`)) : resolve()))
  await promise.finally(() => clearTimeout(timer))
  child.unref()
}

function notOpened(detail: string) {
  return problem('browser-not-opened', detail, { whatToDo: ['Open the address yourself, in any browser.'] })
}
