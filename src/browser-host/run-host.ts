import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { errorPlaceLine, problemLines } from '../contract/host-lines.ts'
import { exitCodeOf, problemOf } from '../contract/problem.ts'
import { problemIn } from '../contract/wire.ts'
import { createEngine, createNodePorts, type EnginePorts } from '../core/index.ts'
import { hostHelp, readHostArguments, type HostSettings } from './host-arguments.ts'
import { openWindow, type HostWindow } from './open-window.ts'
import { startServer, type HostServer } from './start-server.ts'

/** What the host reaches outside of itself through; a process, or a test. */
export interface HostProcess {
  args: readonly string[]
  environment: Record<string, string | undefined>
  print(line: string): void
  printError(line: string): void
  isRoot: boolean
  /** the built window */
  folder: URL
  /** aborts when the process is asked to end */
  ended: AbortSignal
  /** calls back each time Enter is pressed in a terminal; left out where there is none */
  onEnter?: (call: () => void) => void
}

/** How long a closed window may take to come back, e.g. by a reload, before the host ends. */
const graceMs = 10_000

/** Runs the browser host until it is asked to end; answers the exit code. */
export async function runHost(host: HostProcess): Promise<number> {
  try {
    const settings = readHostArguments(host.args)
    if (settings.help) host.print(hostHelp.trimEnd())
    else await serve(host, settings)
    return 0
  } catch (error) {
    const found = problemIn(error) ?? problemOf('internal', 'Grantlab could not start.')
    if (!problemIn(error)) logTo(host)(error)
    for (const line of problemLines(found)) host.printError(line)
    return exitCodeOf(found)
  }
}

async function serve(host: HostProcess, settings: HostSettings): Promise<void> {
  const { ports, close } = await createNodePorts({
    host: 'browser',
    arguments: settings,
    // The page shows the address, and the person's browser is where the page is.
    personOpens: true,
    reopensWorkspace: true,
    environment: host.environment,
    startPlayground: async () => (await import('../playground/index.ts')).joinOrStartPlayground,
  })
  const engine = await createEngine(ports)
  const pageLeft = new EventTarget()
  try {
    const server = await startServer({
      engine,
      folder: host.folder,
      port: settings.port,
      log: logTo(host),
      onPageLeft: () => pageLeft.dispatchEvent(new Event('left')),
    })
    try {
      host.onEnter?.(() => printAddress(host, server))
      const window = await show(host, { server, ports, open: settings.open })
      await Promise.race([whenAborted(host.ended), ...(window ? [whenLeft({ host, server, window, pageLeft })] : [])])
    } finally {
      await server.close()
    }
  } finally {
    await engine.close()
    await close()
  }
}

interface Showing {
  server: HostServer
  ports: EnginePorts
  open: boolean
}

/** Opens a window or prints the address; answers the window when its browser is one of our own. */
async function show(host: HostProcess, { server, ports, open }: Showing): Promise<HostWindow | undefined> {
  const browser = hasDisplay(host.environment) && host.environment.GRANTLAB_BROWSER
  if (!open || !browser) {
    printAddress(host, server)
    // Without a window of our own a tab of the person's browser will do; the printed address works all the same.
    if (open) await ports.openAddress?.(server.newAddress()).catch(() => undefined)
    return undefined
  }
  const { dataFolder, environment, secretVariables } = ports
  const address = server.newAddress()
  const window = await openWindow({ browser, address, dataFolder, isRoot: host.isRoot, environment, secretVariables })
  const enter = host.onEnter ? ' Enter prints an address for another browser.' : ''
  host.print(`Grantlab is open in a window and serves ${server.origin}.${enter}`)
  return window
}

function hasDisplay({ DISPLAY, WAYLAND_DISPLAY }: HostProcess['environment']): boolean {
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY)
}

function printAddress(host: HostProcess, server: HostServer): void {
  const enter = host.onEnter ? '; Enter prints another' : ''
  host.print(`Open in a browser (works once${enter}): ${server.newAddress()}`)
}

function whenAborted(signal: AbortSignal): Promise<unknown> {
  return signal.aborted ? Promise.resolve() : once(signal, 'abort')
}

interface Leaving {
  host: HostProcess
  server: HostServer
  window: HostWindow
  pageLeft: EventTarget
}

/** Resolves once the window was closed and no page has been connected for the grace time; never when it failed. */
async function whenLeft({ host, server, window, pageLeft }: Leaving): Promise<void> {
  const { failed } = await window.ended
  if (failed) {
    host.printError('The browser did not start, or ended with an error. Open the address in another one:')
    printAddress(host, server)
    return new Promise(() => undefined)
  }
  for (;;) {
    if (server.pages > 0) await once(pageLeft, 'left')
    await setTimeout(graceMs, undefined, { ref: false })
    if (server.pages === 0) return
  }
}

function logTo(host: HostProcess): (error: unknown) => void {
  return (error) => host.printError(errorPlaceLine(error))
}
