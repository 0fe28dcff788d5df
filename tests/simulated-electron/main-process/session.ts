import { EventEmitter } from 'node:events'
import { expectReady } from './app.ts'
import { answers } from './desktop.ts'
import { preventable } from './preventable.ts'

type Handler = (request: Request) => Promise<Response>
type Check = (...args: [contents: null, permission: string, origin: string, details: object]) => boolean
type Ask = (
  ...args: [contents: null, permission: string, answer: (isGranted: boolean) => void, details: object]
) => void
type Before = (details: { url: string }, answer: (answer: { cancel?: boolean }) => void) => void

const schemes: unknown[] = []

/** Electron's `protocol`, as far as it is used before the app is ready. */
export const protocol = {
  registerSchemesAsPrivileged(list: unknown[]) {
    expectReady(false, 'registerSchemesAsPrivileged')
    schemes.push(...list)
  },
}

class Session extends EventEmitter {
  readonly handlers = new Map<string, Handler>()
  check: Check = () => true
  ask: Ask = (...[, , answer]) => answer(true)
  device: (details: object) => boolean = () => false
  before: Before = (_details, answer) => answer({})
  readonly protocol = { handle: (scheme: string, handler: Handler) => void this.handlers.set(scheme, handler) }
  readonly webRequest = { onBeforeRequest: (before: Before) => void (this.before = before) }
  setPermissionCheckHandler(check: Check): void {
    this.check = check
  }
  setPermissionRequestHandler(ask: Ask): void {
    this.ask = ask
  }
  setDevicePermissionHandler(device: (details: object) => boolean): void {
    this.device = device
  }
}

const defaultSession = new Session()

/** Electron's `session`. */
export const session = {
  get defaultSession() {
    expectReady(true, 'defaultSession')
    return defaultSession
  },
}

answers.schemes = () => schemes
answers.request = async (url: string, method: string) => {
  const handler = defaultSession.handlers.get(new URL(url).protocol.slice(0, -1))
  if (!handler) throw new Error(`nobody serves ${url}`)
  const response = await handler(new Request(url, { method }))
  const body = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}
answers.mayLoad = (url: string) => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  defaultSession.before({ url }, ({ cancel = false }) => resolve(!cancel))
  return promise
}
answers.isPermitted = (permission: string, { url, isMainFrame }: { url: string; isMainFrame: boolean }) => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const isChecked = defaultSession.check(null, permission, url, { isMainFrame, requestingUrl: url })
  defaultSession.ask(null, permission, resolve, { isMainFrame, requestingUrl: url })
  // Electron asks when a check says no, and takes either for a yes.
  return promise.then((isAnswered) => ({ isChecked, isAnswered, device: defaultSession.device({}) }))
}
answers.download = (url: string) => {
  const event = preventable()
  defaultSession.emit('will-download', event, { getURL: () => url })
  return { isPrevented: event.defaultPrevented }
}
