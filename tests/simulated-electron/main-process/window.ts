import { EventEmitter } from 'node:events'
import { app, expectReady, openWindows } from './app.ts'
import { answers, desktop } from './desktop.ts'
import { preventable } from './preventable.ts'

/** Who sends a message, as the other process saw it. */
export interface SimulatedSender {
  /** which window's contents; 0 is none of the application's own */
  contents: number
  url: string
  isTop: boolean
}

/** Electron's `ipcMain`. */
export const ipcMain = new EventEmitter()

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

class WebContents extends EventEmitter {
  private readonly owner: BrowserWindow
  openHandler: OpenHandler = () => ({ action: 'allow' })
  constructor(owner: BrowserWindow) {
    super()
    this.owner = owner
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  isDestroyed(): boolean {
    return this.owner.isDestroyed()
  }
  send(channel: string, ...data: unknown[]): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed')
    void desktop.ask('send', channel, ...data)
  }
  reload(): void {
    void desktop.ask('reload')
  }
}

/** Electron's `BrowserWindow`; the application has one. */
export class BrowserWindow extends EventEmitter {
  readonly options: object
  readonly webContents: WebContents
  private isOpen = true
  constructor(options: object) {
    super()
    expectReady(true, 'a window')
    this.options = options
    this.webContents = new WebContents(this)
    windows.push(this)
    openWindows.add(this)
    app.emit('web-contents-created', preventable(), this.webContents)
    void desktop.ask('createWindow', options)
  }
  async loadURL(url: string): Promise<void> {
    await desktop.ask('load', url)
    this.emit('ready-to-show')
  }
  close(): boolean {
    const event = preventable()
    this.emit('close', event)
    if (event.defaultPrevented) return false
    this.isOpen = false
    openWindows.delete(this)
    void desktop.ask('closeWindow')
    this.webContents.emit('destroyed')
    this.emit('closed')
    return true
  }
  isDestroyed(): boolean {
    return !this.isOpen
  }
  show(): void {
    void desktop.ask('show')
  }
  focus(): void {
    void desktop.ask('focus')
  }
  isMinimized(): boolean {
    return false
  }
  isMaximized(): boolean {
    return false
  }
  getNormalBounds(): object {
    return { x: 20, y: 30, width: 1000, height: 700 }
  }
}

const windows: BrowserWindow[] = []

/** Electron's `dialog`; the other process answers for the person. */
export const dialog = {
  showErrorBox: (title: string, content: string) => void desktop.ask('showErrorBox', { title, content }),
  showMessageBox: (_window: unknown, options: object) => desktop.ask('showMessageBox', options),
  showOpenDialog: (...args: object[]) => desktop.ask('showOpenDialog', args.at(-1)),
}

function contents(): WebContents {
  const latest = windows.at(-1)
  if (!latest) throw new Error('there is no window')
  return latest.webContents
}

answers.post = ({ contents: id, url, isTop }: SimulatedSender, channel: string, ...data: unknown[]) => {
  const senderFrame = { url, parent: isTop ? null : {} }
  return void ipcMain.emit(channel, { sender: id === 0 ? new EventEmitter() : contents(), senderFrame }, ...data)
}
answers.navigate = (url: string, isByPage: boolean) => {
  const event = preventable({ url, isMainFrame: true, isSameDocument: false })
  if (isByPage) contents().emit('will-navigate', event)
  if (!event.defaultPrevented) contents().emit('did-start-navigation', event)
  return { isPrevented: event.defaultPrevented }
}
answers.navigateFrame = (url: string) => {
  const event = preventable({ url, isMainFrame: false, isSameDocument: false })
  contents().emit('will-frame-navigate', event)
  return { isPrevented: event.defaultPrevented }
}
answers.openWindow = (url: string) => contents().openHandler({ url })
answers.attachWebview = () => {
  const event = preventable()
  contents().emit('will-attach-webview', event, {}, {})
  return { isPrevented: event.defaultPrevented }
}
answers.crash = (reason: string) => void contents().emit('render-process-gone', {}, { reason, exitCode: 1 })
answers.closeByPerson = () => {
  if (windows.at(-1)?.close()) app.windowClosed()
}
