import { app, becomeReady, menus } from './main-process/app.ts'
import { BrowserWindow, dialog, ipcMain } from './main-process/window.ts'
import { protocol, session } from './main-process/session.ts'
import { desktop } from './main-process/desktop.ts'

/**
 * What the shell uses of Electron, as far as it can be had without its binary: the same calls in the same order, with
 * windows that another process shows in a real Chromium (chromium-desktop.ts) or only writes down.
 */
export { app, becomeReady, BrowserWindow, dialog, ipcMain, protocol, session }

/** The system's shell: what it opens, the other process opens or writes down. */
export const shell = { openExternal: (url: string) => desktop.ask('openExternal', url) }

/** One display of a usual size. */
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }

/** A light theme. */
export const nativeTheme = { shouldUseDarkColors: false }

/** The menu bar, written down. */
export const Menu = {
  setApplicationMenu: (menu: unknown) => menus.push(menu),
  buildFromTemplate: (template: unknown) => template,
}
