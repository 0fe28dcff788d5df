import { app, BrowserWindow, session } from 'electron'
import { createEngine, type createNodePorts } from '../../src/core/index.ts'
import { createEngineRouter } from '../../src/core/router.ts'
import { watchForCrash } from './after-crash.ts'
import { desktopPorts } from './desktop-ports.ts'
import { connectPage } from './engine-pipe.ts'
import { guardSession } from './guards.ts'
import { setMenu } from './menu.ts'
import { servePage } from './serve-page.ts'
import { openWindow } from './window.ts'

/** What the running desktop tells. */
export interface DesktopOptions {
  /** gets errors that are no problems; their text may hold secrets */
  log: (error: unknown) => void
}

/** Beside this file once it is built; from the sources, where the build puts it. */
const built = new URL(import.meta.url.endsWith('.ts') ? '../../out/' : '../', import.meta.url)

/**
 * Opens the one window over an engine of its own; Grantlab ends when it is closed.
 * @throws ProblemError data-folder-failed, or the file system's error when the window was not built
 */
export async function runDesktop(
  { ports, close }: Awaited<ReturnType<typeof createNodePorts>>,
  { log }: DesktopOptions,
): Promise<void> {
  let window: BrowserWindow | undefined
  const engine = await createEngine({ ...ports, ...desktopPorts(() => window) })
  endAfter(async () => {
    await engine.close()
    await close()
  })
  setMenu()
  guardSession(session.defaultSession)
  await servePage(session.defaultSession, new URL('renderer/', built))
  window = openWindow({ dataFolder: ports.dataFolder, preload: new URL('preload/index.cjs', built) })
  connectPage(window.webContents, createEngineRouter(engine, { log }))
  watchForCrash(window)
  app.on('second-instance', () => bringToFront(window))
}

/** Lets Grantlab end only after its runs were ended and their files closed; it has three seconds for that. */
function endAfter(close: () => Promise<void>): void {
  let isEnding = false
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (isEnding) return
    isEnding = true
    setTimeout(() => app.exit(0), 3000).unref()
    void close()
      .catch(() => undefined)
      .finally(() => app.exit(0))
  })
}

function bringToFront(window: BrowserWindow | undefined): void {
  if (!window || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
