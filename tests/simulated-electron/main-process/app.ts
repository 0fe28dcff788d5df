import { EventEmitter } from 'node:events'
import { answers, desktop } from './desktop.ts'
import { preventable } from './preventable.ts'

/** Every menu that was set. */
export const menus: unknown[] = []

/** What can be closed before the application ends. */
export const openWindows = new Set<{ close(): boolean }>()

const ready = Promise.withResolvers<void>()
let isReady = false
let isOver = false
let isSandboxed = false

/** Called when the main file has come to its end: only then does Electron become ready. */
export function becomeReady(): void {
  if (isOver) return
  isReady = true
  ready.resolve()
  app.emit('ready')
}

/** Electron refuses some calls before it is ready, and others after. */
export function expectReady(expected: boolean, what: string): void {
  if (isReady !== expected) throw new Error(`${what} ${expected ? 'before' : 'after'} the app is ready`)
}

class App extends EventEmitter {
  readonly isPackaged = false
  readonly paths: Record<string, string> = {}
  readonly switches: string[] = []
  readonly commandLine = {
    hasSwitch: (name: string) => process.argv.includes(`--${name}`),
    appendSwitch: (...flag: string[]) => {
      expectReady(false, 'appendSwitch')
      this.switches.push(flag.join('='))
    },
  }
  whenReady(): Promise<void> {
    return ready.promise
  }
  enableSandbox(): void {
    expectReady(false, 'enableSandbox')
    isSandboxed = true
  }
  setPath(name: string, path: string): void {
    expectReady(false, 'setPath')
    this.paths[name] = path
  }
  requestSingleInstanceLock(): boolean {
    return process.env.SIMULATED_SECOND_INSTANCE === undefined
  }
  quit(): void {
    if (isOver) return
    this.emit('before-quit', preventable())
    for (const window of openWindows) if (!window.close()) return
    this.endUnlessPrevented()
  }
  exit(code = 0): void {
    if (isOver) return
    isOver = true
    void desktop.flushed().then(() => process.exit(code))
  }
  /** Called when a window was closed by somebody. */
  windowClosed(): void {
    if (openWindows.size > 0 || isOver) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }
  private endUnlessPrevented(): void {
    const event = preventable()
    this.emit('will-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }
}

/** Electron's `app`. */
export const app = new App()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
process.on('disconnect', () => process.exit(1))

answers.facts = () => ({ menus, paths: app.paths, switches: app.switches, isSandboxed })
answers.secondInstance = () => void app.emit('second-instance', preventable(), [], '')
