import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, nativeTheme, screen, type BrowserWindowConstructorOptions } from 'electron'
import { pageAddress } from './page-address.ts'
import { keepWindowBounds, readWindowBounds, smallestWindow, type WindowBounds } from './window-bounds.ts'

/** What the window needs. */
export interface WindowOptions {
  dataFolder: string
  /** the built preload script */
  preload: URL
}

/** Opens the window; it shows itself once there is something to see. */
export function openWindow({ dataFolder, preload }: WindowOptions): BrowserWindow {
  const file = join(dataFolder, 'window.json')
  const bounds = readWindowBounds(
    file,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow(windowOptions(bounds, preload))
  if (bounds.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => keepWindowBounds(file, { ...window.getNormalBounds(), isMaximized: window.isMaximized() }))
  void window.loadURL(pageAddress).catch(() => undefined)
  return window
}

function windowOptions({ isMaximized: _, ...bounds }: WindowBounds, preload: URL): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Grantlab',
    // The ground of the page in both themes, so that nothing flashes.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#12151a' : '#f6f7f9',
    autoHideMenuBar: true,
    // SECURITY: a page that a server's text broke into must find nothing here: no Node, no Electron, no other world.
    webPreferences: {
      preload: fileURLToPath(preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Its dictionaries would be fetched from a host that nobody named.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  }
}
