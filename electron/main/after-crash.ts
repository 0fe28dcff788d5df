import { app, dialog, type BrowserWindow } from 'electron'

const againWithinMs = 60_000

/** Tells whether a page that crashed should be loaded anew: not when it crashed less than a minute before, too. */
export function createCrashJudge(now: () => number): () => 'reload' | 'stop' {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const before = last
    last = now()
    return last - before < againWithinMs ? 'stop' : 'reload'
  }
}

/** Loads a crashed page anew and says so; when it crashes again at once, Grantlab ends with 5. */
export function watchForCrash(window: BrowserWindow): void {
  const judge = createCrashJudge(() => performance.now())
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    if (judge() === 'stop') {
      dialog.showErrorBox('Grantlab stopped', `Its window ended twice within a minute (${reason}).`)
      app.exit(5)
      return
    }
    window.webContents.reload()
    void dialog.showMessageBox(window, {
      type: 'warning',
      message: 'The window ended unexpectedly and was loaded anew.',
      detail: `The engine went on: runs are where they were (${reason}).`,
    })
  })
}
